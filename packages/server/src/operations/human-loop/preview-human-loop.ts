import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { renderPreview } from '../human-task-ui/preview-ui-template.ts';
import { loadOwnHumanLoop } from './load-human-loop.ts';

/** The page of a loop's task as its workers see it, from the template and the input that it was started with. */
export const previewHumanLoop: OperationHandler<'PreviewHumanLoop'> = async (context, input) => {
  const humanLoop = await loadOwnHumanLoop(context, input.HumanLoopName);
  const [template, given] = await Promise.all([
    context.store.template(humanLoop.templateSha256),
    context.store.humanLoopInput(humanLoop.id),
  ]);
  if (!template || !given)
    throw new ApiError('ResourceNotFound', `The input of HumanLoop '${humanLoop.name}' is not kept any more.`);
  return renderPreview(context, { template: template.content, input: given.inputContent, origin: input.Origin });
};
