import { frameDataSources, frameHeaders } from './frame-policy.ts';
import { taskPage } from './task-page.ts';

export interface RenderedPage {
  /** The rendered template. */
  readonly html: string;
  /** Base of our own assets as the page names them, e.g. `/assets` or `https://host/assets`. */
  readonly assetsUrl: string;
  /** Origin of our own server, as the browser reaches it. */
  readonly assetsOrigin: string;
  /** Base URL of the S3 endpoint that links to objects lead to. */
  readonly objectEndpoint: string;
  /** Pictures and videos are blurred until they are asked for. */
  readonly isSensitive?: boolean;
}

/** The document of the worker's frame, and the headers that go with it. */
export function frameDocument({ html, assetsUrl, assetsOrigin, objectEndpoint, isSensitive = false }: RenderedPage): {
  headers: Record<string, string>;
  body: string;
} {
  return {
    headers: frameHeaders({ assetsOrigin, dataSources: frameDataSources(html, objectEndpoint) }),
    body: taskPage({ html, preludeUrl: `${assetsUrl}/task-frame.js`, isSensitive }),
  };
}
