/** What pages of the documentation and their live examples may do in a browser. */
import { createHash } from 'node:crypto';

export interface DocsPolicySettings {
  /** The origins under which this server is reached, e.g. `http://localhost:7800`. */
  readonly origins: readonly string[];
  /** Whether the browser came by https. */
  readonly secure: boolean;
}

/** Where the live examples lie, below /docs/. */
export const examplesFolder = 'examples/';

/**
 * Headers of a page. It shares its origin with the portal and the buckets, so its scripts come from /docs/ alone, and it
 * may not connect to anything but its own list of pages: whatever runs in it cannot call the portal's API.
 */
export function docsPageHeaders(html: string, settings: DocsPolicySettings): Record<string, string> {
  const at = (path: string): string => settings.origins.map((origin) => `${origin}${path}`).join(' ') || "'none'";
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `script-src ${[at('/docs/'), ...inlineScripts(html)].join(' ')}`,
      `style-src ${at('/docs/')}`,
      `img-src ${at('/docs/')} data:`,
      `connect-src ${at('/docs/hashmap.json')}`,
      `frame-src ${at(`/docs/${examplesFolder}`)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...commonHeaders(settings),
  };
}

/**
 * Headers of a live example: a task page in a sandbox of its own origin, as in templates/frame-policy.ts, but a tighter
 * one. The examples are ours and need nothing of any other place.
 */
export function docsExampleHeaders(settings: DocsPolicySettings): Record<string, string> {
  const assets = settings.origins.map((origin) => `${origin}/assets/`).join(' ');
  return {
    'Content-Security-Policy': [
      'sandbox allow-scripts allow-forms',
      "default-src 'none'",
      // Templates are programs: inline scripts and on… attributes are part of what is shown.
      `script-src 'unsafe-inline' ${assets}`,
      `style-src 'unsafe-inline' ${assets}`,
      `img-src ${assets} data: blob:`,
      // Tools read masks, and work on them beside the page.
      `connect-src ${assets} data: blob:`,
      'worker-src blob: data:',
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
    ].join('; '),
    ...commonHeaders(settings),
  };
}

/** Of all pages that are for people to read. */
export const commonHeaders = ({ secure }: DocsPolicySettings): Record<string, string> => ({
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  ...(secure ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
});

/** Inline scripts by their hashes, as a policy names them. */
function inlineScripts(html: string): string[] {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi)].map(([, text]) => text!);
  return scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}
