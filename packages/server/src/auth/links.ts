/**
 * One-time links: a worker's way in without a password. The token stands behind `#`, so that it reaches no log of a
 * server or proxy; its hash is kept. A sign-in link ends when it is used, a set-password link when the password is set.
 */
import { type Change, insert, remove } from '../domain/change.ts';
import type { OneTimeLink, Worker } from '../domain/rows.ts';
import { newSecret } from '../id.ts';
import type { Store } from '../store/store.ts';
import { hashSecret, isSecret } from './secrets.ts';

/** Milliseconds that a link can be used. */
const linkLifetimes = { 'sign-in': 30 * 60_000, 'set-password': 7 * 86_400_000 } as const;

/** Makes a link for a worker; `url` is shown once and cannot be found again. */
export function createLink(input: {
  worker: Worker;
  purpose: OneTimeLink['purpose'];
  publicUrl: string;
  now: number;
  /** Milliseconds, where it is not that of the purpose. */
  lifetime?: number;
}): { url: string; expiresAt: number; changes: readonly Change[] } {
  const token = newSecret();
  const expiresAt = input.now + (input.lifetime ?? linkLifetimes[input.purpose]);
  const row = { tokenHash: hashSecret(token), workerId: input.worker.id, purpose: input.purpose, expiresAt };
  return { url: `${input.publicUrl}/portal/link#${token}`, expiresAt, changes: [insert('oneTimeLinks', row)] };
}

/** The link of a token and its worker, or undefined when there is none, it is over or the worker is disabled. */
export async function findLink(
  store: Store,
  token: string,
  now: number,
): Promise<{ link: OneTimeLink; worker: Worker } | undefined> {
  const link = isSecret(token) ? await store.oneTimeLink(hashSecret(token)) : undefined;
  if (!link || link.expiresAt <= now) return undefined;
  const worker = await store.worker(link.workerId);
  return worker?.status === 'active' ? { link, worker } : undefined;
}

/** Uses a link up; of two saves that do so one is refused. */
export const useUpLink = (link: OneTimeLink): Change => remove('oneTimeLinks', link);
