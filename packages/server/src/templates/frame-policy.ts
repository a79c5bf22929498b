// The headers of the document in the worker's frame: a template may run anything, but reaches nothing of the portal.

import { reservedSegments } from '@holdpoint/protocol';

const mostSources = 50;
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Headers for the task page.
 *
 * The `sandbox` directive gives the document an origin of its own, also when its address is opened directly: no cookies,
 * no storage, no access to the portal's window or API.
 *
 * @param assetsOrigin origin of our own server, e.g. `http://localhost:7800`
 * @param dataSources addresses that scripts may also read from, each ending in `/`; see `frameDataSources`
 */
export function frameHeaders({
  assetsOrigin,
  dataSources = [],
}: {
  assetsOrigin: string;
  dataSources?: readonly string[];
}): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': framePolicy(new URL(assetsOrigin), dataSources),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
}

function framePolicy({ origin, hostname, protocol }: URL, dataSources: readonly string[]): string {
  // Libraries served next to a template under development; only where the server itself is for development.
  const local = protocol === 'http:' && loopback.test(hostname) ? ' http://localhost:* http://127.0.0.1:*' : '';
  const shown = `${origin} https: data: blob:${local}`;
  return [
    // - allow-forms: without it no submit event fires; form-action below stops real submissions.
    // - allow-popups and …-to-escape-sandbox: links to instructions and documents open as normal pages, where their own
    //   sign-in works. They cannot reach back: the frame's origin equals no other.
    // - No allow-same-origin (that would undo it all), no allow-top-navigation: a template must not replace the portal.
    'sandbox allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads',
    "default-src 'none'",
    // Templates are programs: inline scripts, on… attributes and compilers in the browser are all in use.
    `script-src 'unsafe-inline' 'unsafe-eval' ${shown}`,
    `style-src 'unsafe-inline' ${shown}`,
    `img-src ${shown}`,
    `media-src ${shown}`,
    `font-src ${shown}`,
    `frame-src ${shown}`,
    `object-src ${shown}`,
    'worker-src blob: data:',
    // Over http our own origin is open only where objects lie, so the portal's API is not reachable at all. Over https
    // `https:` includes it, which a policy cannot express otherwise; there the opaque origin (no cookies, no CORS) and
    // the API's required header keep it shut.
    `connect-src ${[`${origin}/assets/`, ...dataSources, 'https:', 'data:', 'blob:'].join(' ')}`,
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors 'self' ${origin}`,
  ].join('; ');
}

/**
 * The buckets that a page reads from, as sources for `frameHeaders`: every address of our S3 endpoint in the page counts,
 * whether it was made by `grant_read_access` or came signed in the input.
 *
 * @param html the rendered page
 * @param endpoint base URL of the S3 endpoint, path style
 */
export function frameDataSources(html: string, endpoint: string): string[] {
  const base = `${endpoint.replace(/\/+$/, '')}/`;
  const sources = new Set<string>();
  for (let at = html.indexOf(base); at >= 0 && sources.size < mostSources; at = html.indexOf(base, at + base.length)) {
    const [, bucket] =
      /^([a-z0-9][a-z0-9._-]{1,253}[a-z0-9])\//i.exec(html.slice(at + base.length, at + base.length + 256)) ?? [];
    const source = frameSourceOf(endpoint, bucket ?? '');
    if (source !== undefined) sources.add(source);
  }
  return [...sources];
}

/** The source for `frameHeaders` that one bucket is; undefined for what is no bucket. */
export const frameSourceOf = (endpoint: string, bucket: string): string | undefined =>
  /^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i.test(bucket) && !reservedSegments.has(bucket.toLowerCase())
    ? `${endpoint.replace(/\/+$/, '')}/${bucket}/`
    : undefined;
