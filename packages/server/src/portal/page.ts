/** The portal's page: an empty shell for the single-page app, with a policy that lets only that app run in it. */
import type { Exchange, Reply } from '../context.ts';
import { ownOrigins } from './same-origin.ts';

const shell = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Holdpoint</title>
<link rel="icon" href="/assets/portal/icon.svg">
<link rel="stylesheet" href="/assets/portal/app.css">
<script type="module" src="/assets/portal/app.js"></script>
</head>
<body>
<holdpoint-app></holdpoint-app>
<noscript>This portal needs JavaScript. Please turn it on and load the page again.</noscript>
</body>
</html>
`;

export function portalPage(exchange: Exchange, publicUrl: string): Reply {
  return { status: 200, headers: pageHeaders(exchange, publicUrl), body: shell };
}

function pageHeaders(exchange: Exchange, publicUrl: string): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': pagePolicy(ownOrigins(exchange, publicUrl)),
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...(exchange.secure ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

/**
 * Scripts come from the portal's own folder and nowhere else, not even from the rest of this origin: buckets on the same
 * listener hold objects that anybody may have written.
 */
function pagePolicy(origins: readonly string[]): string {
  const scripts = origins.map((origin) => `${origin}/assets/portal/`).join(' ') || "'none'";
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
