// Human task UIs (Liquid) and input content become pages: the face of this room.

export type { Finding } from './check/findings.ts';
export { failureReason } from './failure-reason.ts';
export type { PresignSettings, RenderFault, RenderRequest, RenderResult } from './render-request.ts';
export {
  createTemplateRenderer,
  type TemplateRenderer,
  type TemplateRendererSettings,
  TemplateRendererUnavailable,
} from './template-renderer.ts';
