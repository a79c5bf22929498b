import type { QueueResponse } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { Refusal } from '../domain/refusal.ts';
import type { FlowDefinition } from '../domain/rows.ts';
import { myWorkteams } from './my-workteams.ts';
import { json } from './reply.ts';
import { flowsOf } from './task-wish.ts';
import type { WorkerVisit } from './visit.ts';

/** A day on which the clocks are put back has 25 hours. */
const longestDay = 25 * 60 * 60;

/** GET queue?today=SECONDS: what sends the worker tasks, and what the worker has done since midnight. */
export async function showQueue({ exchange, store, worker, now }: WorkerVisit): Promise<Reply> {
  const since = now - secondsOf(new URLSearchParams(exchange.rawQuery).get('today')) * 1000;
  const workteams = await myWorkteams(store, worker);
  const [flows, today] = await Promise.all([
    flowsOf(store, workteams),
    store.countAnswersOfWorker(worker.id, Math.max(0, since)),
  ]);
  const active = flows.filter(({ status }) => status === 'Active').sort((a, b) => (a.name < b.name ? -1 : 1));
  const reply: QueueResponse = {
    workteams: workteams.map(({ id, name }) => ({
      name,
      flowDefinitions: active
        .filter(({ workteamId }) => workteamId === id)
        .map((flow) => ({ name: flow.name, title: flow.config.HumanLoopConfig.TaskTitle })),
    })),
    keywords: keywordsOf(active),
    today: { answers: today.answers, seconds: Math.round(today.seconds) },
  };
  return json(reply);
}

/** The seconds since midnight, not the moment: a browser whose calendar is wrong may know the time of day. */
function secondsOf(text: string | null): number {
  if (text === null || text === '') return 0;
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  if (seconds > longestDay)
    throw new Refusal('bad-request', `'today' must be a number of seconds from 0 to ${longestDay}.`);
  return seconds;
}

function keywordsOf(flows: readonly FlowDefinition[]): string[] {
  const counts = new Map<string, number>();
  for (const { config } of flows)
    for (const word of new Set(config.HumanLoopConfig.TaskKeywords ?? []))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1)).map(([word]) => word);
}
