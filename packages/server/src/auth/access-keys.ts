/**
 * Access keys by id, and the signing keys made from their secrets: both cached, both forgotten when a key changes. A key may
 * have been changed by another node, which tells nobody for sure: it is read again after a second.
 */
import { type Scope, signingKey } from '@holdpoint/protocol';
import type { AccessKey } from '../domain/rows.ts';
import type { Store } from '../store/store.ts';
import { hashing } from './hashing.ts';
import { createRecent } from './recent.ts';

export interface AccessKeys {
  /** The key of this id; undefined when there is none. Unknown ids are not cached: a new key works at once. */
  find(accessKeyId: string): Promise<AccessKey | undefined>;
  /** The cached key, without a look into the store. */
  cached(accessKeyId: string): AccessKey | undefined;
  signingKey(accessKey: AccessKey, scope: Scope): SigningKey;
  /** Must be called, and has its effect at once, when a key was revoked or changed. */
  forget(accessKeyId: string): void;
}

export interface SigningKey {
  readonly bytes: Uint8Array;
  /** Keeps the key for the next request of this scope. Called after a signature was right, so that nobody can fill the cache. */
  remember(): void;
}

/** In milliseconds: how long a key is believed that was read. */
const believedMs = 1000;

/**
 * @param elapsed milliseconds of a clock that never jumps
 * @param limit how many access keys, and how many signing keys, are remembered
 */
export function createAccessKeys(
  store: Pick<Store, 'accessKey'>,
  elapsed: () => number = () => performance.now(),
  limit = 1000,
): AccessKeys {
  const keys = createRecent<{ readonly key: AccessKey; readonly until: number }>(limit);
  const signingKeys = createRecent<Uint8Array>(limit);
  let forgotten = 0;

  function cached(accessKeyId: string): AccessKey | undefined {
    const known = keys.get(accessKeyId);
    return known && known.until > elapsed() ? known.key : undefined;
  }

  return {
    async find(accessKeyId) {
      const known = cached(accessKeyId);
      if (known) return known;
      const before = forgotten;
      const until = elapsed() + believedMs;
      const found = await store.accessKey(accessKeyId);
      // A key that was revoked while it was being read must not come back to life in the cache.
      if (found && forgotten === before) keys.set(accessKeyId, { key: found, until });
      else if (!found) keys.delete(accessKeyId);
      return found;
    },
    cached,
    signingKey(accessKey, { date, region, service }) {
      const name = `${accessKey.accessKeyId}/${accessKey.version}/${date}/${region}/${service}`;
      const cached = signingKeys.get(name);
      if (cached) return { bytes: cached, remember: () => {} };
      const bytes = signingKey(hashing, accessKey.secretAccessKey, date, region, service);
      const before = forgotten;
      return {
        bytes,
        remember() {
          if (forgotten === before) signingKeys.set(name, bytes);
        },
      };
    },
    forget(accessKeyId) {
      forgotten += 1;
      keys.delete(accessKeyId);
      signingKeys.deleteWhere((name) => name.startsWith(`${accessKeyId}/`));
    },
  };
}
