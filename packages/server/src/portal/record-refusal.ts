import type { PortalErrorCode } from '@holdpoint/protocol';
import { RefusedPasskey } from '../auth/passkeys/refused-passkey.ts';
import { activity, unknownActor } from '../domain/activity.ts';
import { Refusal } from '../domain/refusal.ts';
import { newId } from '../id.ts';
import type { Visit } from './visit.ts';

/** Rows of refused sign-ins in a minute: whoever is nobody must not be able to fill the database. */
const perMinute = 100;

/**
 * Writes into the activity log that somebody was not let in. Beyond a hundred in a minute they are counted, and the next row
 * tells how many.
 *
 * @param tried the address that was given, where one was; kept only when it looks like one, since people type passwords
 *   into the wrong field.
 */
export async function recordRefusal(visit: Visit, refusal: { reason: string; tried?: string }): Promise<void> {
  const { store, exchange, refusals, now } = visit;
  const minute = Math.floor(now / 60_000);
  if (refusals.minute !== minute) Object.assign(refusals, { minute, written: 0 });
  if (refusals.written >= perMinute) {
    refusals.unwritten += 1;
    return;
  }
  const { unwritten } = refusals;
  Object.assign(refusals, { written: refusals.written + 1, unwritten: 0 });
  const tried = refusal.tried !== undefined && /^[^\s@]+@[^\s@]+$/.test(refusal.tried) ? refusal.tried : '';
  const details = () => ({ reason: refusal.reason, ...(unwritten > 0 && { notRecordedBefore: unwritten }) });
  const actor = { ...unknownActor, actorName: tried };
  const { clientAddress, requestId } = exchange;
  const resource = tried === '' ? undefined : { type: 'worker', name: tried };
  const facts = { actor, clientAddress, requestId, action: 'sign-in-refused', resource, details, at: now };
  await store.save([activity(facts, newId(now))]);
}

/** For the `catch` of a decision about what somebody gave to get in: records that it was wrong, and throws it on. */
export const recordWrong =
  (visit: Visit, tried?: string) =>
  async (error: unknown): Promise<never> => {
    const reason = wrongOf(error);
    if (reason !== undefined) await recordRefusal(visit, { reason, ...(tried !== undefined && { tried }) });
    throw error;
  };

function wrongOf(error: unknown): PortalErrorCode | undefined {
  if (error instanceof RefusedPasskey) return 'passkey-refused';
  if (!(error instanceof Refusal)) return undefined;
  return error.code === 'wrong-credentials' || error.code === 'wrong-code' ? error.code : undefined;
}
