import { ApiError, type SubmitAnswerResponse, secondsOfTag } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { submitAnswer as decideSubmit } from '../domain/assignment.ts';
import { Refusal } from '../domain/refusal.ts';
import { decide } from './decide.ts';
import { loadAssignment } from './load-assignment.ts';
import { isObject, type JsonObject, readJson } from './read-json.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** Deeper answers come from no form; what writes them out again goes down one call a level. */
const maxDepth = 200;

/** POST assignments/{id}/submit: a JSON object. The same answer again, after a lost reply say, is no error. */
export async function submitAnswer(visit: WorkerVisit, id: string): Promise<Reply> {
  const { store, worker, settings, now } = visit;
  const answerContent = JSON.stringify(await readAnswer(visit));
  const { finalAt } = await decide(store, async () => {
    const state = await loadAssignment(visit, id);
    const { assignment, humanLoop, task } = state;
    // A task that asks one worker has no other answers; where they decide how many are asked they are there.
    const mayHaveAnswers = assignment.status === 'submitted' || task.answersNeeded > 1 || state.counting !== undefined;
    const answers = mayHaveAnswers ? await store.answersOfHumanLoop(humanLoop.id) : [];
    const undoSeconds = secondsOfTag(humanLoop.extensionTags, 'holdpoint:undo-seconds', settings.undoSeconds);
    return decideSubmit({ ...state, worker, answerContent, answers, undoSeconds });
  });
  const reply: SubmitAnswerResponse = { undoMs: Math.max(0, finalAt - now) };
  return json(reply);
}

async function readAnswer({ exchange, settings }: WorkerVisit): Promise<JsonObject> {
  const limit = settings.answerLimitBytes;
  const body = await readJson(exchange, limit).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.name !== 'RequestEntityTooLargeException') throw error;
    const size = limit < 1_048_576 ? `${Math.floor(limit / 1024)} KB` : `${Math.floor(limit / 1_048_576)} MB`;
    throw new Refusal('answer-too-large', `This answer is too large; at most ${size} can be submitted.`);
  });
  const answer = Object.hasOwn(body, 'answerContent') ? body.answerContent : undefined;
  if (!isObject(answer)) throw new Refusal('answer-invalid', 'The answer must be a JSON object.');
  if (isDeeperThan(answer, maxDepth))
    throw new Refusal('answer-invalid', `The answer is nested too deeply; ${maxDepth} levels are the most.`);
  return answer;
}

/** Level by level instead of by recursion: the input may be as deep as its size allows. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
