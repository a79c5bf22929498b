import { ApiError, type DraftResponse, type SaveDraftResponse } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { saveDraft as decideSave, draftId } from '../domain/draft.ts';
import { Refusal } from '../domain/refusal.ts';
import { isoTime } from './assignment-view.ts';
import { decide } from './decide.ts';
import { loadAssignment } from './load-assignment.ts';
import { isObject, readJson } from './read-json.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** POST assignments/{id}/draft: keeps what was entered so far, whatever it is; nobody but the worker sees it. */
export async function saveDraft(visit: WorkerVisit, id: string): Promise<Reply> {
  const { store, exchange, settings, now } = visit;
  const body = await readJson(exchange, settings.answerLimitBytes).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.name !== 'RequestEntityTooLargeException') throw error;
    throw new Refusal('answer-too-large', 'What was entered is too large to be kept as a draft.');
  });
  const draft = Object.hasOwn(body, 'draft') ? body.draft : undefined;
  if (!isObject(draft)) throw new Refusal('bad-request', "'draft' must be a JSON object.");
  const content = JSON.stringify(draft);
  await decide(store, async () => {
    const { assignment } = await loadAssignment(visit, id);
    return decideSave({ assignment, draft: await store.draft(draftId(assignment)), content, now });
  });
  const reply: SaveDraftResponse = { savedAt: isoTime(now) };
  return json(reply);
}

/** GET assignments/{id}/draft: what was entered last, in this turn or an earlier one of the same worker. */
export async function showDraft(visit: WorkerVisit, id: string): Promise<Reply> {
  const { assignment } = await loadAssignment(visit, id);
  const draft = await visit.store.draft(draftId(assignment));
  const reply: DraftResponse = { draft: draft ? JSON.parse(draft.content) : null };
  return json(reply);
}
