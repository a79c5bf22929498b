import type { Reply } from '../context.ts';
import { declineAssignment as decideDecline } from '../domain/assignment.ts';
import { Refusal } from '../domain/refusal.ts';
import type { DeclineReason } from '../domain/rows.ts';
import { decide } from './decide.ts';
import { loadAssignment } from './load-assignment.ts';
import { type JsonObject, readJson, smallBody, textOf } from './read-json.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** The longest note (UTF-16 units). */
const maxNote = 1000;

/** POST assignments/{id}/decline: the worker never sees this task again; a reason is kept for operators. */
export async function declineAssignment(visit: WorkerVisit, id: string): Promise<Reply> {
  const body = await readJson(visit.exchange, smallBody);
  const said = { reason: reasonOf(body), note: body.note == null ? null : textOf(body, 'note', maxNote) };
  await decide(visit.store, async () => decideDecline({ ...(await loadAssignment(visit, id)), ...said }));
  return json({});
}

function reasonOf({ reason }: JsonObject): DeclineReason | null {
  if (reason == null) return null;
  if (reason === 'not-for-me' || reason === 'cannot-answer') return reason;
  throw new Refusal('bad-request', "'reason' must be not-for-me or cannot-answer.");
}
