/** `/metrics`, for Prometheus: figures of the loops, and of the process that answers. */
import { timingSafeEqual } from 'node:crypto';
import type { AccessKeys } from '../auth/access-keys.ts';
import type { Exchange, Handler, Reply, Rooms } from '../context.ts';
import { brieflyKept } from '../store/briefly-kept.ts';
import { contentType, exposition } from './exposition.ts';
import { createLoopFigures } from './loop-figures.ts';
import { createProcessFigures } from './process-figures.ts';
import type { RequestFigures } from './request-figures.ts';

export interface Metrics {
  /** For whoever reaches the listener of its own. */
  readonly open: Handler;
  /** For whoever has an access key. */
  readonly guarded: Handler;
  close(): void;
}

export function createMetrics(rooms: Rooms, accessKeys: Pick<AccessKeys, 'find'>, requests: RequestFigures): Metrics {
  const loopFigures = createLoopFigures();
  const processFigures = createProcessFigures();
  // Several that scrape cost one look.
  const text = brieflyKept(async (store, now) => {
    const [loops, process] = await Promise.all([loopFigures.families(store, now), processFigures.families(rooms, now)]);
    return exposition([...loops, ...requests.families(), ...process]);
  });

  async function open(exchange: Exchange): Promise<Reply> {
    if (exchange.method !== 'GET' && exchange.method !== 'HEAD')
      return { ...plainReply(405, 'Metrics are read with GET.'), headers: { ...plainHeaders, allow: 'GET, HEAD' } };
    return {
      status: 200,
      headers: { ...plainHeaders, 'content-type': contentType },
      body: await text(rooms.store, rooms.clock.now()),
    };
  }

  async function guarded(exchange: Exchange): Promise<Reply> {
    const given = credentialsOf(exchange.header('authorization'));
    const key = given && (await accessKeys.find(given.accessKeyId));
    if (!key || key.kind === 'internal' || !isEqual(key.secretAccessKey, given.secretAccessKey)) {
      const reply = plainReply(
        401,
        'Metrics need an access key: its id as user name and its secret as password (Basic), or ID:SECRET as bearer token.',
      );
      return {
        ...reply,
        headers: { ...reply.headers, 'www-authenticate': 'Basic realm="Holdpoint metrics", charset="UTF-8"' },
      };
    }
    return open(exchange);
  }

  return { open, guarded, close: () => processFigures.close() };
}

function credentialsOf(header: string | undefined): { accessKeyId: string; secretAccessKey: string } | undefined {
  const [, scheme, value] = /^(basic|bearer) +(\S+) *$/i.exec(header ?? '') ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  const text = scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString('utf8') : value;
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { accessKeyId: text.slice(0, colon), secretAccessKey: text.slice(colon + 1) };
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const plainHeaders = {
  'content-type': 'text/plain; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'no-store',
} as const;

const plainReply = (status: number, body: string): Reply => ({ status, headers: plainHeaders, body });
