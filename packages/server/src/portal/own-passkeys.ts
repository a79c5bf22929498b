/** A worker's own passkeys: added, named, removed. */
import type { PasskeyOptionsResponse } from '@holdpoint/protocol';
import { endOfChallenge, isSpent, newChallenge, spendChallenge } from '../auth/passkeys/challenge.ts';
import { creationOptions } from '../auth/passkeys/options.ts';
import { passkeyPlace } from '../auth/passkeys/place.ts';
import { hostOf, overdue, verifyNewPasskey } from '../auth/passkeys/verify.ts';
import { factorsOf } from '../auth/second-factor.ts';
import type { Reply } from '../context.ts';
import { insert, remove, update } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Passkey } from '../domain/rows.ts';
import { decide } from './decide.ts';
import { requireFresh, requireRest, setUpFactor, touched, withLastFactor } from './own-security.ts';
import { type JsonObject, readJson, smallBody, textOf } from './read-json.ts';
import { json } from './reply.ts';
import { signedOut } from './signed-out.ts';
import type { SettingUpVisit, WorkerVisit } from './visit.ts';

/** Passkeys of one worker. */
const most = 20;

/** POST security/passkeys/options */
export async function newPasskeyOptions(visit: SettingUpVisit): Promise<Reply> {
  requireFresh(visit);
  const { store, installation, settings, worker, linkSecret, now } = visit;
  const rpId = hostOf(passkeyPlace(installation.publicUrl));
  const passkeys = await store.passkeysOfWorker(worker.id);
  requireRoom(passkeys);
  const challenge = newChallenge({ purpose: 'add', workerId: worker.id, secret: linkSecret }, now);
  const rpName = settings.organisation ?? 'Holdpoint';
  const reply: PasskeyOptionsResponse = { publicKey: creationOptions({ challenge, rpId, rpName, worker, passkeys }) };
  return json(reply);
}

/** POST security/passkeys */
export async function addPasskey(visit: SettingUpVisit): Promise<Reply> {
  const { exchange, store, installation, worker, linkSecret, now } = visit;
  const body = await readJson(exchange, smallBody);
  const name = nameOf(body);
  requireFresh(visit);
  let expiresAt = 0;
  const isOpen = (challenge: string): boolean => {
    const end = endOfChallenge(challenge, { purpose: 'add', workerId: worker.id, secret: linkSecret }, now);
    expiresAt = end ?? 0;
    return end !== undefined;
  };
  const place = passkeyPlace(installation.publicUrl);
  const { passkey, challenge } = await verifyNewPasskey(body.credential, { place, isOpen });
  return setUpFactor(visit, async ({ passkeys }) => {
    requireRoom(passkeys);
    if (await isSpent(store, challenge)) throw overdue();
    if (await store.passkey(passkey.id)) throw new Refusal('passkey-refused', 'This passkey is known here already.');
    const row = { ...passkey, workerId: worker.id, name, createdAt: now, lastUsedAt: null };
    return { changes: [insert('passkeys', row), ...(await spendChallenge(store, challenge, expiresAt, now))] };
  });
}

/** POST security/passkeys/{id}/name */
export async function namePasskey(visit: WorkerVisit, id: string): Promise<Reply> {
  const name = nameOf(await readJson(visit.exchange, smallBody));
  requireFresh(visit);
  await decide(visit.store, async () => ({
    changes: [update('passkeys', await loadOwn(visit, id), { name })],
  }));
  return json({});
}

/** POST security/passkeys/{id}/remove: it opens nothing from then on. */
export async function removePasskey(visit: WorkerVisit, id: string): Promise<Reply> {
  requireFresh(visit);
  const { store, worker } = visit;
  await decide(store, async () => {
    const passkey = await loadOwn(visit, id);
    const owner = await store.worker(worker.id);
    if (!owner) throw signedOut();
    const factors = await factorsOf(store, worker.id);
    const rest = { ...factors, passkeys: factors.passkeys.filter((other) => other.id !== id) };
    requireRest(visit, rest);
    return { changes: [touched(owner), remove('passkeys', passkey), ...withLastFactor(rest, worker.id)] };
  });
  return json({});
}

/** Somebody else's is no other than one that is not there. */
async function loadOwn({ store, worker }: WorkerVisit, id: string): Promise<Passkey> {
  const passkey = await store.passkey(id);
  if (passkey?.workerId !== worker.id) throw new Refusal('not-found', 'There is no such passkey any more.');
  return passkey;
}

function nameOf(body: JsonObject): string {
  const name = textOf(body, 'name', 100).trim();
  if (name === '' || /\p{Cc}/u.test(name))
    throw new Refusal('bad-request', 'Please give the passkey a name of one line.');
  return name;
}

function requireRoom(passkeys: readonly Passkey[]): void {
  if (passkeys.length >= most)
    throw new Refusal('bad-request', `You have ${most} passkeys. Please remove one that you do not need.`);
}
