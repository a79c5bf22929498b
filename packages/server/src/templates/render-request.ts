import type { Finding } from './check/findings.ts';

/** How `grant_read_access` signs: where the S3 endpoint is, with which key, and for how long. */
export interface PresignSettings {
  /** Base URL of the S3 endpoint, path style, e.g. `http://localhost:7800`. */
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** How long the task can be worked on; signatures last as long, within 900 and 604,800 seconds. */
  expiresInSeconds: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now: number;
  /** The page is for a worker: its links work only where the portal does (`task-link.ts`). */
  forWorker?: boolean;
}

export interface RenderRequest {
  /** Liquid source of the human task UI. */
  template: string;
  /** JSON text of the input content; templates see it as `task.input`. */
  input: string;
  presign: PresignSettings;
  /** Base of our own asset URLs, e.g. `/assets` or `https://host/assets`. */
  assetsUrl: string;
  /** Only the errors are wanted: `html` of the result is empty. */
  check?: boolean;
  /** Everything that can be said about the template is wanted, in `findings` of the result; the input may be empty then. */
  inspect?: boolean;
}

/**
 * One reason why a page could not be made. `UndefinedTemplateVariable` and `InvalidParameters` are AWS's codes; it
 * documents no others, so `TemplateSyntaxError`, `TemplateRenderError`, `RenderLimitExceeded` and `InternalError` are ours.
 */
export interface RenderFault {
  code: string;
  message: string;
}

export interface RenderResult {
  /** The page; with errors, as much of it as could be rendered; empty when only checked. */
  html: string;
  /** Empty when the page is fine. */
  errors: readonly RenderFault[];
  /** When they were asked for. */
  findings?: readonly Finding[];
}
