import { ApiError, type OperationOutput } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import { frameDocument } from '../../templates/frame-document.ts';
import { templateOf } from './render-ui-template.ts';

/** Links to objects in a preview work for this long. */
const previewSeconds = 3600;

/** Makes the document of the portal's task frame; what is wrong with the template comes back as data. */
export const previewUiTemplate: OperationHandler<'PreviewUiTemplate'> = async (context, input) => {
  const template = await templateOf(context, input);
  if (!isJson(input.Task.Input)) throw new ApiError('ValidationException', 'Task.Input is not valid JSON.');
  return renderPreview(context, { template, input: input.Task.Input, origin: input.Origin });
};

/** @throws ApiError ValidationException when the origin is no address of a server. */
export async function renderPreview(
  context: OperationContext,
  given: { readonly template: string; readonly input: string; readonly origin: string | undefined },
): Promise<OperationOutput<'PreviewUiTemplate'>> {
  const { template, input } = given;
  const origin = given.origin ?? context.installation.publicUrl;
  if (!URL.canParse(origin)) throw new ApiError('ValidationException', `Origin ${origin} is no address of a server.`);
  const assetsUrl = `${origin}/assets`;
  const presign = { ...context.presign(previewSeconds), endpoint: origin };
  const { html, errors } = await context.templates.render({ template, input, presign, assetsUrl });
  const { headers, body } = frameDocument({ html, assetsUrl, assetsOrigin: origin, objectEndpoint: origin });
  return {
    Page: body,
    ContentSecurityPolicy: headers['Content-Security-Policy'] ?? '',
    Errors: errors.map(({ code, message }) => ({ Code: code, Message: message })),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
