/**
 * CORS: every origin may ask, because signatures alone decide and no cookie ever counts here. Task pages need it: they
 * run in a frame of opaque origin (`Origin: null`) and draw images from buckets.
 */
import type { Exchange, Reply } from '../context.ts';

/** Added to every reply of the buckets. */
export const corsHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'ETag, Content-Length, Content-Type, Content-Range, Accept-Ranges, Last-Modified, x-amz-request-id, x-amz-id-2, x-amz-bucket-region, x-amz-version-id, *',
};

export function isPreflight(exchange: Pick<Exchange, 'method' | 'header'>): boolean {
  return exchange.method === 'OPTIONS' && exchange.header('access-control-request-method') !== undefined;
}

export function preflightReply(exchange: Pick<Exchange, 'header'>): Reply {
  const wanted = exchange.header('access-control-request-headers') ?? '';
  // A wildcard would leave out Authorization, so the names are given back as they came.
  const names = /^[\w!#$%&'*+.^`|~, -]{0,4096}$/.test(wanted) ? wanted : '';
  return {
    status: 200,
    headers: {
      ...corsHeaders,
      'access-control-allow-methods': 'GET, HEAD, PUT, POST, DELETE',
      ...(names === '' ? {} : { 'access-control-allow-headers': names }),
      'access-control-max-age': '3000',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    },
  };
}
