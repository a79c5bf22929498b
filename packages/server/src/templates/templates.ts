// Human task UIs (Liquid) and input content become pages: the face of this room.

export { failureReason } from './failure-reason.ts';
export type { PresignSettings, RenderFault, RenderRequest, RenderResult } from './render-request.ts';
export {
  createTemplateRenderer,
  type TemplateRenderer,
  type TemplateRendererSettings,
  TemplateRendererUnavailable,
} from './template-renderer.ts';
