/** Browsers that take push messages for a worker: one row each, bound to the session in which they were allowed. */
import type { Reply } from '../context.ts';
import { discard, insert, update } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import { decide } from './decide.ts';
import { isObject, type JsonObject, readJson, smallBody, textOf } from './read-json.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** Browsers of one worker; the oldest makes room for one more. */
const mostBrowsers = 10;
const longestEndpoint = 2048;

/** POST notices/subscribe: the browser's own words; said again by each page that is opened, so that the session is the last one. */
export async function subscribe({
  store,
  worker,
  session,
  exchange,
  push,
  now,
  ...visit
}: WorkerVisit): Promise<Reply> {
  const body = await readJson(exchange, smallBody);
  const endpoint = textOf(body, 'endpoint', longestEndpoint);
  const problem = endpointProblem(endpoint, visit.targetUrlProblem);
  if (problem !== undefined) throw new Refusal('bad-request', problem);
  const { p256dh, auth } = keysOf(body);
  if (!push.areKeys(p256dh, auth))
    throw new Refusal('bad-request', "'keys' must be the keys of a push subscription of this browser.");
  const id = push.idOf(endpoint);
  await decide(store, async () => {
    const known = await store.pushSubscription(id);
    const set = { workerId: worker.id, sessionId: session.idHash, p256dh, auth };
    if (known && known.workerId === worker.id) {
      const isSame = known.sessionId === set.sessionId && known.p256dh === p256dh && known.auth === auth;
      return { changes: isSame ? [] : [update('pushSubscriptions', known, set)] };
    }
    // Somebody else's browser is mine now: what was told to the other is not told to me.
    const others = await store.pushSubscriptionsOfWorker(worker.id);
    return {
      changes: [
        ...(known ? [discard('pushSubscriptions', id)] : []),
        ...others
          .slice(0, Math.max(0, others.length + 1 - mostBrowsers))
          .map((old) => discard('pushSubscriptions', old.id)),
        insert('pushSubscriptions', {
          id,
          endpoint,
          ...set,
          createdAt: now,
          pushedAt: null,
          pushedUpTo: null,
          warnedUpTo: null,
        }),
      ],
    };
  });
  return json({});
}

/** POST notices/unsubscribe. */
export async function unsubscribe({ store, worker, exchange, push }: WorkerVisit): Promise<Reply> {
  const id = push.idOf(textOf(await readJson(exchange, smallBody), 'endpoint', longestEndpoint));
  const known = await store.pushSubscription(id);
  if (known?.workerId === worker.id) await store.save([discard('pushSubscriptions', id)]);
  return json({});
}

function keysOf(body: JsonObject): { readonly p256dh: string; readonly auth: string } {
  const keys = Object.hasOwn(body, 'keys') ? body.keys : undefined;
  if (!isObject(keys)) throw new Refusal('bad-request', "'keys' must be an object.");
  return { p256dh: textOf(keys, 'p256dh', 200), auth: textOf(keys, 'auth', 100) };
}

function endpointProblem(endpoint: string, targetUrlProblem: (url: URL) => string | undefined): string | undefined {
  const url = URL.parse(endpoint);
  if (url?.protocol !== 'https:') return "'endpoint' must be an https URL.";
  if (url.username !== '' || url.password !== '') return "'endpoint' must not hold a user name or password.";
  return targetUrlProblem(url);
}
