/** What a worker signs in with besides the password, and what every change of it asks first. */
import type { FactorSetUpResponse, SecurityResponse } from '@holdpoint/protocol';
import { passkeyPlace } from '../auth/passkeys/place.ts';
import { newRecoveryCodes } from '../auth/recovery-codes.ts';
import { codesLeft, type Factors, factorsOf, hasApp, hasFactor, mustHaveFactor } from '../auth/second-factor.ts';
import type { Reply } from '../context.ts';
import { type Change, discard, guard, insert, remove, update } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import type { SecondFactor, Worker } from '../domain/rows.ts';
import { decide } from './decide.ts';
import { signedInNow } from './first-step.ts';
import { json } from './reply.ts';
import { placeView } from './second-factor.ts';
import { portalSession } from './session.ts';
import { signedOut } from './signed-out.ts';
import type { SettingUpVisit, WorkerVisit } from './visit.ts';

/** Milliseconds after signing in in which factors can be changed: a browser that is left open gives nobody a way in for good. */
const freshFor = 30 * 60_000;

/** GET security */
export async function showSecurity({ store, settings, installation, worker }: WorkerVisit): Promise<Reply> {
  requireDirectoryWorker(worker);
  const factors = await factorsOf(store, worker.id);
  const { rpId: here } = passkeyPlace(installation.publicUrl);
  const reply: SecurityResponse = {
    passkeys: factors.passkeys.map(({ id, name, createdAt, lastUsedAt, rpId }) => ({
      passkeyId: id,
      name,
      createdAt: new Date(createdAt).toISOString(),
      ...(lastUsedAt !== null && { lastUsedAt: new Date(lastUsedAt).toISOString() }),
      ...(rpId !== here && { otherHost: rpId }),
    })),
    app: hasApp(factors),
    recoveryCodesLeft: codesLeft(factors),
    required: mustHaveFactor(worker, settings.requireSecondFactor),
    place: placeView(installation.publicUrl),
  };
  return json(reply);
}

/** POST security/recovery-codes: new ones in place of those that are left. */
export async function renewRecoveryCodes(visit: WorkerVisit): Promise<Reply> {
  requireFresh(visit);
  const { store, worker } = visit;
  const { codes, hashes } = newRecoveryCodes();
  await decide(store, async () => {
    const factors = await factorsOf(store, worker.id);
    if (!hasFactor(factors)) throw new Refusal('bad-request', 'There is no second factor to recover.');
    return { changes: [saveFactor(factors.secondFactor, visit, { recoveryCodeHashes: hashes })] };
  });
  const reply: FactorSetUpResponse = { recoveryCodes: codes };
  return json(reply);
}

/** POST security/app/remove */
export async function removeApp(visit: WorkerVisit): Promise<Reply> {
  requireFresh(visit);
  const { store, worker } = visit;
  await decide(store, async () => {
    const factors = await factorsOf(store, worker.id);
    const { secondFactor } = factors;
    const owner = await store.worker(worker.id);
    if (!secondFactor || !owner) return { changes: [] };
    const rest: Factors = { ...factors, secondFactor: { ...secondFactor, totpSecret: null } };
    requireRest(visit, rest);
    const change = hasFactor(rest)
      ? update('secondFactors', secondFactor, { totpSecret: null })
      : remove('secondFactors', secondFactor);
    return { changes: [touched(owner), change] };
  });
  return json({});
}

/**
 * Takes a factor that was just set up into the worker's rows: with the first one come recovery codes, and whoever needed it
 * for signing in is signed in.
 *
 * @param change made inside the decision from the row that there is
 */
export async function setUpFactor(
  visit: SettingUpVisit,
  change: (factors: Factors) => Promise<{ changes: readonly Change[]; set?: Partial<SecondFactor> }>,
): Promise<Reply> {
  requireFresh(visit);
  const { store, settings } = visit;
  const { recovery, worker, cookies } = await decide(store, async () => {
    const worker = await store.worker(visit.worker.id);
    if (worker?.status !== 'active' || (!visit.session && worker.version !== visit.worker.version)) throw signedOut();
    const factors = await factorsOf(store, worker.id);
    // Whoever has the password alone can set up what is missing, and nothing beside what there is.
    if (!visit.session && hasFactor(factors)) throw signedOut();
    const recovery = codesLeft(factors) === 0 ? newRecoveryCodes() : undefined;
    const { changes, set = {} } = await change(factors);
    const saved = saveFactor(factors.secondFactor, visit, {
      ...set,
      ...(recovery && { recoveryCodeHashes: recovery.hashes }),
    });
    const opened = visit.session ? { cookies: [], changes: [] } : await signedInNow(visit, worker);
    return {
      recovery,
      worker,
      cookies: opened.cookies,
      changes: [touched(worker), saved, ...changes, ...opened.changes],
    };
  });
  const reply: FactorSetUpResponse = {
    ...(recovery && { recoveryCodes: recovery.codes }),
    ...(!visit.session && { session: portalSession(settings, worker) }),
  };
  return json(reply, cookies.length > 0 ? { 'Set-Cookie': cookies } : {});
}

/** Every change of a set of factors changes the worker's row too, so that of two at once one looks again. */
export const touched = (worker: Worker): Change => update('workers', worker, {});

function saveFactor(
  factor: SecondFactor | undefined,
  { worker, now }: SettingUpVisit,
  set: Partial<SecondFactor>,
): Change {
  if (factor)
    return Object.keys(set).length === 0 ? guard('secondFactors', factor) : update('secondFactors', factor, set);
  const empty = { workerId: worker.id, totpSecret: null, totpLastStep: 0, recoveryCodeHashes: [], createdAt: now };
  return insert('secondFactors', { ...empty, ...set });
}

/** What goes with the last factor. */
export const withLastFactor = (rest: Factors, workerId: string): readonly Change[] =>
  hasFactor(rest) ? [] : [discard('secondFactors', workerId)];

/** @throws Refusal when nothing would be left of what is required */
export function requireRest({ worker, settings }: WorkerVisit, rest: Factors): void {
  if (hasFactor(rest) || !mustHaveFactor(worker, settings.requireSecondFactor)) return;
  throw new Refusal('forbidden', 'You need a second factor here. Please add another one before you remove this one.');
}

/** @throws Refusal `sign-in-again` when the worker signed in some time ago */
export function requireFresh({ worker, session, now }: SettingUpVisit): void {
  requireDirectoryWorker(worker);
  if (session && session.createdAt + freshFor <= now)
    throw new Refusal(
      'sign-in-again',
      'You signed in some time ago. To change how you sign in, please sign in again first.',
    );
}

/** @throws Refusal for whoever signs in at an identity provider */
function requireDirectoryWorker({ identity }: Worker): void {
  if (identity.identityProviderType === 'Oidc')
    throw new Refusal('forbidden', 'You sign in through your identity provider, which also asks for a second factor.');
}
