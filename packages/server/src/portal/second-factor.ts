/** The second step of signing in: what is asked for, and the ways to give it. */
import type { PasskeyOptionsResponse, SecondFactorResponse } from '@holdpoint/protocol';
import { endOfChallenge, isSpent, newChallenge, spendChallenge } from '../auth/passkeys/challenge.ts';
import { requestOptions } from '../auth/passkeys/options.ts';
import { passkeyPlace } from '../auth/passkeys/place.ts';
import { hostOf, namedPasskey, overdue, unknownPasskey, verifyPasskey } from '../auth/passkeys/verify.ts';
import { isRecoveryCode, recoveryCodeHash } from '../auth/recovery-codes.ts';
import { codesLeft, factorsOf, hasApp, hasFactor } from '../auth/second-factor.ts';
import { totpStep } from '../auth/totp.ts';
import type { Reply } from '../context.ts';
import { type Change, guard, update } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Passkey, SecondFactor, Worker } from '../domain/rows.ts';
import { decide } from './decide.ts';
import { signedInNow } from './first-step.ts';
import { readJson, smallBody, textOf } from './read-json.ts';
import { recordWrong } from './record-refusal.ts';
import { json } from './reply.ts';
import { sessionReply } from './session.ts';
import { tooManyAttempts } from './sign-in.ts';
import { signedOut } from './signed-out.ts';
import type { StepVisit, Visit } from './visit.ts';

/** GET second-factor */
export async function showSecondFactor({ store, worker, installation }: StepVisit): Promise<Reply> {
  const factors = await factorsOf(store, worker.id);
  const reply: SecondFactorResponse = {
    secondFactor: hasFactor(factors) ? 'give' : 'set-up',
    email: worker.emailAsGiven,
    passkey: factors.passkeys.length > 0,
    app: hasApp(factors),
    recoveryCodesLeft: codesLeft(factors),
    place: placeView(installation.publicUrl),
  };
  return json(reply);
}

export function placeView(publicUrl: string): SecondFactorResponse['place'] {
  const { origin, problem } = passkeyPlace(publicUrl);
  return { origin, ...(problem !== undefined && { problem }) };
}

/** POST second-factor/code: the code of the app, or one for recovery. Neither works twice. */
export async function giveCode(visit: StepVisit): Promise<Reply> {
  const { exchange, store, now } = visit;
  const code = textOf(await readJson(exchange, smallBody), 'code', 100);
  const attempt = beginAttempt(visit, visit.worker);
  if (!attempt.allowed) return tooManyAttempts(attempt.retryAfterSeconds);
  const { worker, cookies } = await decide(store, async () => {
    const worker = await stillAsking(visit);
    const factor = await store.secondFactor(worker.id);
    const used = factor && takeCode(factor, code, now);
    if (!used) throw wrongCode(factor);
    const opened = await signedInNow(visit, worker);
    return { worker, cookies: opened.cookies, changes: [guard('workers', worker), used, ...opened.changes] };
  }).catch(recordWrong(visit, visit.worker.emailAsGiven));
  attempt.succeeded();
  return sessionReply(visit, worker, { 'Set-Cookie': cookies });
}

/** The change that uses a code up; undefined when it is none that works now. */
function takeCode(factor: SecondFactor, code: string, now: number): Change | undefined {
  if (isRecoveryCode(code)) {
    const left = factor.recoveryCodeHashes.filter((hash) => hash !== recoveryCodeHash(code));
    if (left.length === factor.recoveryCodeHashes.length) return undefined;
    return update('secondFactors', factor, { recoveryCodeHashes: left });
  }
  if (factor.totpSecret === null) return undefined;
  const step = totpStep(factor.totpSecret, code.replace(/\s/g, ''), factor.totpLastStep, now);
  return step === undefined ? undefined : update('secondFactors', factor, { totpLastStep: step });
}

const wrongCode = (factor: SecondFactor | undefined): Refusal =>
  new Refusal(
    'wrong-code',
    (factor?.totpSecret ?? null) === null
      ? 'This recovery code is wrong or was used already.'
      : 'This code is wrong, over, or was used already. Please wait for the next one, or use a recovery code.',
  );

/** POST second-factor/options */
export async function secondFactorOptions({ store, worker, installation, linkSecret, now }: StepVisit): Promise<Reply> {
  const rpId = hostOf(passkeyPlace(installation.publicUrl));
  const passkeys = await store.passkeysOfWorker(worker.id);
  const challenge = newChallenge({ purpose: 'second-factor', workerId: worker.id, secret: linkSecret }, now);
  const reply: PasskeyOptionsResponse = { publicKey: requestOptions({ challenge, rpId, passkeys }) };
  return json(reply);
}

/** POST second-factor/passkey */
export async function givePasskey(visit: StepVisit): Promise<Reply> {
  const { exchange, store } = visit;
  const { credential } = await readJson(exchange, smallBody);
  const attempt = beginAttempt(visit, visit.worker);
  if (!attempt.allowed) return tooManyAttempts(attempt.retryAfterSeconds);
  const { worker, cookies } = await decide(store, async () => {
    const worker = await stillAsking(visit);
    const { passkey, changes } = await takePasskey(visit, credential, 'second-factor', worker.id);
    if (passkey.workerId !== worker.id) throw unknownPasskey();
    const opened = await signedInNow(visit, worker);
    return { worker, cookies: opened.cookies, changes: [guard('workers', worker), ...changes, ...opened.changes] };
  }).catch(recordWrong(visit, visit.worker.emailAsGiven));
  attempt.succeeded();
  return sessionReply(visit, worker, { 'Set-Cookie': cookies });
}

/**
 * The passkey that signed a challenge, and the changes that count it and use the challenge up.
 *
 * @param workerId whose challenge it is; '' where that is not known before
 * @throws RefusedPasskey
 */
export async function takePasskey(
  { store, installation, linkSecret, now }: Visit,
  credential: unknown,
  purpose: 'sign-in' | 'second-factor',
  workerId: string,
): Promise<{ passkey: Passkey; changes: readonly Change[] }> {
  const { id, userHandle } = namedPasskey(credential);
  const passkey = await store.passkey(id);
  if (!passkey || (userHandle !== undefined && userHandle !== passkey.workerId)) throw unknownPasskey();
  let expiresAt = 0;
  const isOpen = (challenge: string): boolean => {
    const end = endOfChallenge(challenge, { purpose, workerId, secret: linkSecret }, now);
    expiresAt = end ?? 0;
    return end !== undefined;
  };
  const place = passkeyPlace(installation.publicUrl);
  const { counter, challenge } = await verifyPasskey(credential, passkey, { place, isOpen });
  if (await isSpent(store, challenge)) throw overdue();
  const changes = [
    update('passkeys', passkey, { counter, lastUsedAt: now }),
    ...(await spendChallenge(store, challenge, expiresAt, now)),
  ];
  return { passkey, changes };
}

/** Guesses of codes are counted by worker, whoever makes them. */
const beginAttempt = ({ rareAttempts, exchange, now }: Visit, { id }: Worker) =>
  rareAttempts.begin({ email: `code ${id}`, address: exchange.clientAddress, now });

/** The worker as the step saw it: whoever was disabled or reset in this moment is out. */
async function stillAsking({ store, worker }: StepVisit): Promise<Worker> {
  const found = await store.worker(worker.id);
  if (found?.version !== worker.version) throw signedOut();
  return found;
}
