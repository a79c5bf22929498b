/** The portal's page: an empty shell for the single-page app, with a policy that lets only that app run in it. */
import type { Exchange, Reply } from '../context.ts';
import { escapeHtml } from './plain-page.ts';
import { ownOrigins } from './same-origin.ts';

const shell = (head: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Holdpoint</title>
<link rel="icon" href="/assets/portal/icon.svg">
<link rel="stylesheet" href="/assets/portal/app.css">
${head}</head>
<body>
${body}
</body>
</html>
`;

const app = `<holdpoint-app></holdpoint-app>
<noscript>This portal needs JavaScript. Please turn it on and load the page again.</noscript>`;

/**
 * @param signIn what the sign-in page shows: the host at which people sign in, when it is not here, and whether a new password
 *   can be asked for
 */
export function portalPage(
  exchange: Exchange,
  publicUrl: string,
  signIn: { readonly identityProvider: string | undefined; readonly mailsLinks: boolean },
): Reply {
  const { identityProvider, mailsLinks } = signIn;
  const meta = [
    identityProvider === undefined ? '' : tag('holdpoint-identity-provider', identityProvider),
    mailsLinks ? tag('holdpoint-mails-links', 'true') : '',
  ].join('');
  const script = '<script type="module" src="/assets/portal/app.js"></script>\n';
  return { status: 200, headers: pageHeaders(exchange, publicUrl), body: shell(`${meta}${script}`, app) };
}

const tag = (name: string, content: string): string => `<meta name="${name}" content="${escapeHtml(content)}">\n`;

/** A page in the portal's dress that needs no script: what went wrong, and a link with which to go on. */
export function noticePage(
  exchange: Exchange,
  notice: {
    status: number;
    title: string;
    sentence: string;
    link?: { href: string; text: string };
    /** Sends POST to this very address. */
    button?: string;
  },
): Reply {
  const { status, title, sentence, link, button } = notice;
  const way = link ? `<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.text)}</a></p>` : '';
  const form = button
    ? `<form method="post"><button class="button button-primary" type="submit">${escapeHtml(button)}</button></form>`
    : '';
  const body = `<main class="sheet"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(sentence)}</p>${form}${way}</main>`;
  const headers = {
    ...pageHeaders(exchange, ''),
    'Content-Security-Policy': button === undefined ? noticePolicy : formPolicy,
    'Cache-Control': 'no-store',
  };
  return { status, headers, body: shell('', body) };
}

const noticePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const formPolicy = noticePolicy.replace("form-action 'none'", "form-action 'self'");

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
    `worker-src ${scripts}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
