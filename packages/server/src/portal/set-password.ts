import { findLink, useUpLink } from '../auth/links.ts';
import { isOfWorkforce } from '../auth/oidc/identity-provider.ts';
import { hashPassword, passwordProblem, TooManyPasswords } from '../auth/passwords.ts';
import { endSessionsOf } from '../auth/sessions.ts';
import type { Reply } from '../context.ts';
import { discard, update } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import { decide } from './decide.ts';
import { firstStep, firstStepReply } from './first-step.ts';
import { readJson, smallBody, textOf } from './read-json.ts';
import { recordRefusal } from './record-refusal.ts';
import { invalidLink } from './use-link.ts';
import type { Visit } from './visit.ts';

/**
 * POST set-password: uses the link up, ends every session of the worker and opens one for whoever set the password, after
 * the second factor where there is one: a link by mail must not be a way around it.
 */
export async function setPassword(visit: Visit): Promise<Reply> {
  const { exchange, store } = visit;
  const body = await readJson(exchange, smallBody);
  const token = textOf(body, 'token', 200);
  const password = textOf(body, 'password', 2000);
  const { worker: owner } = await findSetPasswordLink(visit, token);
  const problem = passwordProblem(password, owner.email);
  if (problem) throw new Refusal('weak-password', problem);
  const passwordHash = await hash(password);
  const { worker, step } = await decide(store, async () => {
    const { link, worker } = await findSetPasswordLink(visit, token);
    const ended = await endSessionsOf(store, worker.id);
    // Whoever set a password needs no older link any more, and neither does anybody who found one.
    const others = (await store.oneTimeLinksOfWorker(worker.id)).filter((other) => other.tokenHash !== link.tokenHash);
    const step = await firstStep(visit, { ...worker, passwordHash, version: worker.version + 1 });
    const changes = [
      useUpLink(link),
      ...others.map((other) => discard('oneTimeLinks', other.tokenHash)),
      update('workers', worker, { passwordHash }),
      ...ended,
      ...step.changes,
    ];
    return { worker, step, changes };
  });
  return firstStepReply(visit, worker, step);
}

async function findSetPasswordLink(visit: Visit, token: string) {
  const found = await findLink(visit.store, token, visit.now);
  if (found?.link.purpose === 'set-password' && isOfWorkforce(found.worker, visit.workforce)) return found;
  await recordRefusal(visit, { reason: 'link-invalid' });
  throw invalidLink();
}

async function hash(password: string): Promise<string> {
  try {
    return await hashPassword(password);
  } catch (error) {
    if (!(error instanceof TooManyPasswords)) throw error;
    throw new Refusal('try-again', 'Many people are signing in right now. Please try again in a moment.');
  }
}
