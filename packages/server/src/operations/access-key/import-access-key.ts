import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { decide } from '../decide.ts';
import { addAccessKey, ownerOf } from './access-key-row.ts';

/** Takes over a key pair that a program already signs with, since one AWS session signs for all services with one pair. */
export const importAccessKey: OperationHandler<'ImportAccessKey'> = async (context, input) => {
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = input;
  const description = input.Description ?? '';
  await decide(context, async () => {
    if (await context.store.accessKey(accessKeyId))
      throw new ApiError('ResourceInUse', `There already is an access key with the id ${accessKeyId}.`);
    const owner = await ownerOf(context, input.OwnerEmail);
    return { changes: [addAccessKey(context, { accessKeyId, secretAccessKey, description, ...owner })] };
  });
  return { AccessKeyId: accessKeyId, Description: description, CreationTime: new Date(context.now) };
};
