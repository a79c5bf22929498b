import { createHash } from 'node:crypto';
import { ApiError, humanTaskUiArn } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { insert } from '../../domain/change.ts';
import { tagsOf } from '../../domain/tags.ts';
import { newId } from '../../id.ts';
import { decide, isSameCall } from '../decide.ts';

export const createHumanTaskUi: OperationHandler<'CreateHumanTaskUi'> = async (context, input) => {
  const { HumanTaskUiName: name } = input;
  const content = input.UiTemplate.Content;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const tags = tagsOf(input.Tags);
  await decide(context, async () => {
    const existing = await context.store.humanTaskUiByName(name);
    if (existing && isSameCall(context, existing)) return { changes: [] };
    if (existing)
      throw new ApiError(
        'ResourceInUse',
        `The HumanTaskUi with HumanTaskUiName ${name} already exists. Choose a different name or delete it first.`,
      );
    return {
      changes: [
        insert('templates', { sha256, content }, { ifAbsent: true }),
        insert('humanTaskUis', {
          id: newId(context.now),
          name,
          contentSha256: sha256,
          tags,
          createdAt: context.now,
          invocation: context.invocation,
        }),
      ],
    };
  });
  return { HumanTaskUiArn: humanTaskUiArn(context.installation, name) };
};
