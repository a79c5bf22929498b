/** What follows the right password, or a link: a session, or the question for the second factor. */
import type { SecondFactorNeeded, SecondFactorStep } from '@holdpoint/protocol';
import { factorsOf, hasFactor, mustHaveFactor } from '../auth/second-factor.ts';
import { endedCookie, endSession, openSession } from '../auth/sessions.ts';
import { endedStepCookies, stepCookie } from '../auth/sign-in-step.ts';
import type { Reply } from '../context.ts';
import type { Change } from '../domain/change.ts';
import type { Worker } from '../domain/rows.ts';
import { json } from './reply.ts';
import { sessionReply } from './session.ts';
import type { Visit } from './visit.ts';

export interface FirstStep {
  /** Undefined when the session is open. */
  readonly secondFactor: SecondFactorStep | undefined;
  readonly cookies: readonly string[];
  readonly changes: readonly Change[];
}

/**
 * For the decision in which the first factor is taken, which also guards the worker's row.
 *
 * @param worker as it will be after that commit
 */
export async function firstStep(visit: Visit, worker: Worker): Promise<FirstStep> {
  const { store, exchange, linkSecret, now } = visit;
  const secondFactor = await stepOf(visit, worker);
  if (secondFactor === undefined) return { secondFactor, ...(await signedInNow(visit, worker)) };
  const cookies = [stepCookie(exchange, worker, linkSecret, now), endedCookie(exchange.secure)];
  // Whoever was signed in in this browser is not the one who signs in now, or will be again in a moment.
  return { secondFactor, cookies, changes: endSession(exchange) };

  async function stepOf({ settings }: Visit, { id }: Worker): Promise<SecondFactorStep | undefined> {
    if (hasFactor(await factorsOf(store, id))) return 'give';
    return mustHaveFactor(worker, settings.requireSecondFactor) ? 'set-up' : undefined;
  }
}

/** Opens the session, and ends the step that led to it. */
export async function signedInNow(
  { store, exchange, settings, now }: Visit,
  worker: Worker,
): Promise<{ cookies: readonly string[]; changes: readonly Change[] }> {
  const { cookie, changes } = await openSession(store, exchange, { worker, limits: settings.sessions, now });
  return { cookies: [cookie, ...endedStepCookies(exchange)], changes };
}

export function firstStepReply(visit: Visit, worker: Worker, { secondFactor, cookies }: FirstStep): Reply {
  if (secondFactor === undefined) return sessionReply(visit, worker, { 'Set-Cookie': cookies });
  const needed: SecondFactorNeeded = { secondFactor };
  return json(needed, { 'Set-Cookie': cookies });
}
