import { ApiError } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import { nameInArn } from '../own-arn.ts';

/** Links to objects in a preview work for this long. */
const previewSeconds = 3600;

/** Renders a template with a sample input; what is wrong with it comes back as data. The role is not used. */
export const renderUiTemplate: OperationHandler<'RenderUiTemplate'> = async (context, input) => {
  const template = await templateOf(context, input);
  try {
    JSON.parse(input.Task.Input);
  } catch {
    throw new ApiError('ValidationException', 'Task.Input is not valid JSON.');
  }
  const { html, errors } = await context.templates.render({
    template,
    input: input.Task.Input,
    presign: context.presign(previewSeconds),
    assetsUrl: `${context.installation.publicUrl}/assets`,
  });
  return { RenderedContent: html, Errors: errors.map(({ code, message }) => ({ Code: code, Message: message })) };
};

/** The template that is meant. @throws ApiError unless it is exactly one, and there. */
export async function templateOf(
  context: OperationContext,
  input: { UiTemplate?: { Content: string } | undefined; HumanTaskUiArn?: string | undefined },
): Promise<string> {
  if ((input.UiTemplate === undefined) === (input.HumanTaskUiArn === undefined))
    throw new ApiError('ValidationException', 'Specify exactly one of UiTemplate and HumanTaskUiArn.');
  if (input.UiTemplate) return input.UiTemplate.Content;
  const name = nameInArn(context.installation, input.HumanTaskUiArn!, 'human-task-ui');
  const humanTaskUi = name === undefined ? undefined : await context.store.humanTaskUiByName(name);
  const template = humanTaskUi && (await context.store.template(humanTaskUi.contentSha256));
  if (!template) throw new ApiError('ResourceNotFound', `The HumanTaskUi '${input.HumanTaskUiArn}' does not exist.`);
  return template.content;
}
