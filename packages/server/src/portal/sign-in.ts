import { emailKey } from '../auth/email.ts';
import { isOfWorkforce, oidcConfigOf } from '../auth/oidc/identity-provider.ts';
import { TooManyPasswords, verifyPassword } from '../auth/passwords.ts';
import type { Reply } from '../context.ts';
import { guard } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Worker } from '../domain/rows.ts';
import { decide } from './decide.ts';
import { firstStep, firstStepReply } from './first-step.ts';
import { readJson, smallBody, textOf } from './read-json.ts';
import { recordWrong } from './record-refusal.ts';
import { refused } from './reply.ts';
import type { Visit } from './visit.ts';

/** POST sign-in: e-mail address and password. Unknown, disabled and without a password all look like a wrong password. */
export async function signIn(visit: Visit): Promise<Reply> {
  const { exchange, store, now } = visit;
  if (oidcConfigOf(visit.workforce)) throw signsInElsewhere();
  const body = await readJson(exchange, smallBody);
  const email = emailKey(textOf(body, 'email', 254));
  const password = textOf(body, 'password', 2000);
  const attempt = visit.attempts.begin({ email, address: exchange.clientAddress, now });
  if (!attempt.allowed) return tooManyAttempts(attempt.retryAfterSeconds);
  const verified = await checkPassword(await activeWorker(visit, email), password).catch(recordWrong(visit, email));
  attempt.succeeded();
  const { step, worker } = await decide(store, async () => {
    const worker = await activeWorker(visit, email);
    if (worker?.passwordHash !== verified.passwordHash) throw wrong();
    const step = await firstStep(visit, worker);
    return { step, worker, changes: [guard('workers', worker), ...step.changes] };
  });
  return firstStepReply(visit, worker, step);
}

async function activeWorker({ store, workforce }: Visit, email: string): Promise<Worker | undefined> {
  const worker = await store.workerByEmail(email);
  return worker?.status === 'active' && isOfWorkforce(worker, workforce) ? worker : undefined;
}

/** The page was loaded before the workforce got its identity provider. */
export const signsInElsewhere = (): Refusal =>
  new Refusal('forbidden', 'You sign in through your identity provider now. Please load this page again.');

async function checkPassword(worker: Worker | undefined, password: string): Promise<Worker> {
  try {
    const right = await verifyPassword(worker?.passwordHash ?? null, password);
    if (worker && right) return worker;
  } catch (error) {
    if (!(error instanceof TooManyPasswords)) throw error;
    throw new Refusal('try-again', 'Many people are signing in right now. Please try again in a moment.');
  }
  throw wrong();
}

const wrong = (): Refusal =>
  new Refusal('wrong-credentials', 'This e-mail address and password do not belong together.');

export function tooManyAttempts(seconds: number): Reply {
  const minutes = Math.ceil(seconds / 60);
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  const message = `Too many attempts to sign in. Please try again in ${wait}, or ask for a sign-in link.`;
  return refused('too-many-attempts', message, { 'Retry-After': String(seconds) });
}
