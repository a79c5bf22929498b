/** How a worker wants to hear of tasks: what was chosen, and choosing. */

import type { NoticeChoices, NoticesResponse, WaitingResponse } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { insert, update } from '../domain/change.ts';
import { defaultNotices, isTimeZone, mostCounted } from '../domain/notices.ts';
import { Refusal } from '../domain/refusal.ts';
import { whoAsks } from '../domain/who-asks.ts';
import { isoTime } from './assignment-view.ts';
import { decide } from './decide.ts';
import { myWorkteams } from './my-workteams.ts';
import { type JsonObject, readJson, smallBody } from './read-json.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** GET notices. */
export async function showNotices({ store, worker, mailer, push }: WorkerVisit): Promise<Reply> {
  const [row, subscriptions] = await Promise.all([
    store.workerNotices(worker.id),
    store.pushSubscriptionsOfWorker(worker.id),
  ]);
  const reply: NoticesResponse = {
    choices: row?.settings ?? null,
    defaults: defaultNotices,
    email: worker.emailAsGiven,
    // What a mail server said is for operators.
    mailProblem: mailer.isSetUp ? null : 'This server sends no mail.',
    publicKey: push.publicKey,
    browsers: subscriptions.length,
  };
  return json(reply);
}

/** POST notices. */
export async function saveNotices(visit: WorkerVisit): Promise<Reply> {
  const { store, worker, exchange } = visit;
  const settings = choicesOf(await readJson(exchange, smallBody));
  const wanted = settings.push || settings.mail ? 1 : 0;
  await decide(store, async () => {
    const row = await store.workerNotices(worker.id);
    const fresh = { workerId: worker.id, settings, wanted, mailedAt: null, mailedUpTo: null, testedAt: null } as const;
    return { changes: [row ? update('workerNotices', row, { settings, wanted }) : insert('workerNotices', fresh)] };
  });
  return showNotices(visit);
}

/** GET waiting: what the pages say of tasks that are not shown: how many wait, and which time is over soon. */
export async function showWaiting({ store, worker, now }: WorkerVisit): Promise<Reply> {
  const workteamIds = (await myWorkteams(store, worker)).map(({ id }) => id);
  const held = (await store.heldTasks(worker.id))
    .filter(({ assignment }) => assignment.stoppedAt === null && assignment.deadline > now)
    .sort((a, b) => a.assignment.deadline - b.assignment.deadline)[0];
  const reply: WaitingResponse = {
    held: held
      ? { assignmentId: held.assignment.id, title: held.task.title, deadline: isoTime(held.assignment.deadline) }
      : null,
    serverTime: isoTime(now),
    waiting: await store.countOfferedTasks({ ...whoAsks(worker), workteamIds, now }, mostCounted),
  };
  return json(reply);
}

/** @throws Refusal `bad-request` */
function choicesOf(body: JsonObject): NoticeChoices {
  const quietFrom = timeOf(body, 'quietFrom');
  const quietUntil = timeOf(body, 'quietUntil');
  if ((quietFrom === null) !== (quietUntil === null))
    throw new Refusal('bad-request', 'Quiet hours need both a beginning and an end.');
  return {
    inPage: flagOf(body, 'inPage'),
    sound: flagOf(body, 'sound'),
    push: flagOf(body, 'push'),
    mail: flagOf(body, 'mail'),
    mailAfterMinutes: minutesOf(body, 'mailAfterMinutes', 1, 1440),
    mailEveryMinutes: minutesOf(body, 'mailEveryMinutes', 15, 10_080),
    quietFrom,
    quietUntil,
    timeZone: timeZoneOf(body),
  };
}

const member = (body: JsonObject, name: string): unknown => (Object.hasOwn(body, name) ? body[name] : undefined);

function flagOf(body: JsonObject, name: keyof NoticeChoices): boolean {
  const value = member(body, name);
  if (typeof value !== 'boolean') throw new Refusal('bad-request', `'${name}' must be true or false.`);
  return value;
}

function minutesOf(body: JsonObject, name: keyof NoticeChoices, least: number, most: number): number {
  const value = member(body, name);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw new Refusal('bad-request', `'${name}' must be a whole number of minutes from ${least} to ${most}.`);
  return value;
}

function timeOf(body: JsonObject, name: keyof NoticeChoices): string | null {
  const value = member(body, name) ?? null;
  if (value === null) return null;
  if (typeof value !== 'string' || !/^([01]\d|2[0-3]):[0-5]\d$/.test(value))
    throw new Refusal('bad-request', `'${name}' must be a time of day such as 22:00.`);
  return value;
}

function timeZoneOf(body: JsonObject): string {
  const value = member(body, 'timeZone');
  if (typeof value !== 'string' || value.length > 100 || !isTimeZone(value))
    throw new Refusal('bad-request', "'timeZone' must be the name of a time zone, such as Europe/Berlin.");
  return value;
}
