/**
 * Limits guessing of passwords: failures are counted in a sliding window, by e-mail address and by client address, in
 * memory. A refused attempt does not count, so every window lets some attempts through, and a client from which the
 * worker has signed in before has a count of its own: nobody can lock somebody else out by failing in their name.
 */
import ipaddr from 'ipaddr.js';

interface AttemptLimits {
  /** Failures for one e-mail address within the window. */
  readonly perEmail: number;
  /** Failures from one client address within the window. */
  readonly perAddress: number;
  /** Milliseconds. */
  readonly window: number;
  /** Keys that are remembered at most. */
  readonly maxKeys: number;
}

const defaultAttemptLimits: AttemptLimits = {
  perEmail: 10,
  perAddress: 100,
  window: 15 * 60_000,
  maxKeys: 20_000,
};

/** An attempt that may go on, or how long to wait. An attempt counts as failed until it is said to have succeeded. */
type Attempt =
  | { readonly allowed: true; readonly succeeded: () => void }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

export interface Attempts {
  begin(attempt: { email: string; address: string; now: number }): Attempt;
}

export function createAttempts(given: Partial<AttemptLimits> = {}): Attempts {
  const limits = { ...defaultAttemptLimits, ...given };
  const failures = new Map<string, number[]>();
  const known = new Map<string, true>();

  const recent = (key: string, now: number): number[] =>
    (failures.get(key) ?? []).filter((time) => time > now - limits.window);

  return {
    begin({ email, address, now }) {
      const client = network(address);
      const pair = `${client} ${email}`;
      const emailKey = known.has(pair) ? `known ${pair}` : `email ${email}`;
      const keys = [
        { key: emailKey, limit: limits.perEmail },
        { key: `address ${client}`, limit: limits.perAddress },
      ];
      const until = Math.max(...keys.map(({ key, limit }) => freeAt(recent(key, now), limit)));
      if (until > now) return { allowed: false, retryAfterSeconds: Math.ceil((until - now) / 1000) };
      for (const { key } of keys) remember(failures, key, [...recent(key, now), now], limits.maxKeys);
      return {
        allowed: true,
        succeeded() {
          for (const { key } of keys) forgetOne(failures, key, now);
          failures.delete(emailKey);
          remember(known, pair, true, limits.maxKeys);
        },
      };
    },
  };

  /** When enough failures have left the window for one more attempt, or 0 when there is room now. */
  function freeAt(times: readonly number[], limit: number): number {
    const blocking = times[times.length - limit];
    return blocking === undefined ? 0 : blocking + limits.window;
  }
}

/** Whoever has an IPv6 network has all its addresses: they count as one. */
function network(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? (parsed as ipaddr.IPv6).parts.slice(0, 4).join(':') : parsed.toString();
}

/** Puts the key last and drops the keys that were not used for longest. */
function remember<T>(map: Map<string, T>, key: string, value: T, maxKeys: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= maxKeys) break;
    map.delete(oldest);
  }
}

function forgetOne(failures: Map<string, number[]>, key: string, time: number): void {
  const times = failures.get(key);
  const index = times?.lastIndexOf(time) ?? -1;
  if (!times || index < 0) return;
  const rest = times.toSpliced(index, 1);
  if (rest.length === 0) failures.delete(key);
  else failures.set(key, rest);
}
