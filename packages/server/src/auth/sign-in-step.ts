/**
 * The time between the right password, or link, and the second factor: no session yet, and good for nothing else. It is a
 * sealed cookie of the browser, and over with any change of the worker's row, so that whoever is disabled or reset meanwhile
 * does not get in.
 */
import type { Exchange } from '../context.ts';
import type { Worker } from '../domain/rows.ts';
import type { Store } from '../store/store.ts';
import { cookiesNamed } from './cookies.ts';
import { seal, unseal } from './sealed.ts';

interface SignInStep {
  readonly workerId: string;
  readonly workerVersion: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Milliseconds for finding the phone, or for setting up a second factor. */
const stepLifetime = 15 * 60_000;
const use = 'holdpoint sign-in step';

/** The `Set-Cookie` value that keeps the step. */
export function stepCookie(exchange: Exchange, worker: Worker, secret: string, now: number): string {
  const step: SignInStep = { workerId: worker.id, workerVersion: worker.version, expiresAt: now + stepLifetime };
  return cookie(seal(step, secret, use), stepLifetime / 1000, exchange.secure);
}

/** The `Set-Cookie` value that makes a browser forget its step, if it has one. */
export const endedStepCookies = (exchange: Exchange): readonly string[] =>
  cookiesNamed(exchange, cookieName(exchange.secure)).length === 0 ? [] : [cookie('', 0, exchange.secure)];

/** The worker who has given the first factor in this browser; undefined when nobody has, or it is over. */
export async function findStep(
  store: Store,
  exchange: Exchange,
  secret: string,
  now: number,
): Promise<Worker | undefined> {
  for (const value of cookiesNamed(exchange, cookieName(exchange.secure))) {
    const step = unseal<SignInStep>(value, secret, use);
    if (!step || step.expiresAt <= now) continue;
    const worker = await store.worker(step.workerId);
    return worker?.status === 'active' && worker.version === step.workerVersion ? worker : undefined;
  }
  return undefined;
}

const cookieName = (secure: boolean): string => (secure ? '__Host-holdpoint-step' : 'holdpoint-step');

function cookie(value: string, maxAgeSeconds: number, secure: boolean): string {
  const attributes = [
    'Path=/',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(secure ? ['Secure'] : []),
  ];
  return [`${cookieName(secure)}=${value}`, ...attributes].join('; ');
}
