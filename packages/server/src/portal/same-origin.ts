/**
 * Refuses requests that another site's page made the worker's browser send. Such a page can send neither this header nor
 * this content type without asking first, and it is never allowed to; its `Origin` gives it away as well. The task frame
 * has an opaque origin (`null`) and is refused like any other site.
 */
import { portalRequestHeader } from '@holdpoint/protocol';
import type { Exchange } from '../context.ts';
import { Refusal } from '../domain/refusal.ts';

/** @throws Refusal `forbidden` or `bad-request`. */
export function requireSameOrigin(exchange: Exchange, publicUrl: string): void {
  if (exchange.header(portalRequestHeader.name.toLowerCase()) !== portalRequestHeader.value)
    throw new Refusal('forbidden', `This request needs the header ${portalRequestHeader.name}.`);
  const origin = exchange.header('origin');
  if (origin !== undefined && !ownOrigins(exchange, publicUrl).includes(origin))
    throw new Refusal('forbidden', 'This request came from a page of another site.');
  const type = exchange.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new Refusal('bad-request', 'This request must have the content type application/json.');
}

/** The origins under which this portal is reached: as the request says, and as links say. */
export const ownOrigins = (exchange: Exchange, publicUrl: string): readonly string[] =>
  [...new Set([exchange.origin, publicUrl].map(originOf))].filter((origin) => origin !== 'null');

/** In the form that browsers use (lower case, no default port); `null` for what is no plain host, since it goes into policies. */
function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null';
  const { origin, hostname } = new URL(url);
  return /^[a-z0-9._:[\]-]+$/.test(hostname) ? origin : 'null';
}
