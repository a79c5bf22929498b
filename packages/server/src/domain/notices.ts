/**
 * When a worker is told that tasks wait. A task is *unseen* when its loop started after the worker was last in the portal.
 * Each browser that takes push messages hears of unseen tasks at once, then for some minutes no more, however many follow.
 * Mail comes second: only when a task was unseen for the worker's delay, and one mail in the worker's interval at most.
 * Browsers are also warned a few minutes before the time for a task that the worker holds is over, once for each deadline.
 * In the worker's quiet hours nothing is sent; what still waits at their end is told then.
 */
import type { NoticeChoices } from '@holdpoint/protocol';
import type { Assignment, PushSubscriptionRow, WorkerNotices } from './rows.ts';

const minute = 60_000;

/** Between two push messages to a browser. */
export const pushEveryMs = 5 * minute;
/** A loop is started a moment before its task can be seen; a worker who left in between has not seen it. */
const openingMs = 10_000;
/** So long before its deadline a worker is warned of a task, unless the task has hardly more time in all. */
export const warnBeforeMs = 5 * minute;
/** The most that is counted; more is "99+". */
export const mostCounted = 100;

/** Who never chose anything: told in the pages, and nowhere else. */
export const defaultNotices: NoticeChoices = {
  inPage: true,
  sound: false,
  push: false,
  mail: false,
  mailAfterMinutes: 30,
  mailEveryMinutes: 240,
  quietFrom: null,
  quietUntil: null,
  timeZone: 'UTC',
};

/** Up to which start of a loop the worker has seen what waits. */
export const seenUpTo = (lastSeenAt: number | undefined): number =>
  lastSeenAt === undefined ? 0 : lastSeenAt - openingMs;

export type Telling =
  /** To send now. */
  | { readonly tell: 'now' }
  /** To look again at a moment. */
  | { readonly tell: 'later'; readonly at: number }
  | { readonly tell: 'not' };

const not: Telling = { tell: 'not' };
const from = (at: number, now: number): Telling => (at <= now ? { tell: 'now' } : { tell: 'later', at });

/**
 * Whether one browser is told.
 *
 * @param unseenSince when the first loop started whose task waits unseen, and of which this browser was not told; undefined
 *   when there is none.
 */
export function tellByPush(input: {
  settings: NoticeChoices;
  subscription: PushSubscriptionRow;
  unseenSince: number | undefined;
  now: number;
}): Telling {
  const { settings, subscription, unseenSince, now } = input;
  if (!settings.push || unseenSince === undefined) return not;
  const next = subscription.pushedAt === null ? now : subscription.pushedAt + pushEveryMs;
  return from(Math.max(next, quietEnd(settings, now) ?? now), now);
}

/** Whether one browser is warned, and of which deadline. */
export function warnByPush(input: {
  settings: NoticeChoices;
  subscription: PushSubscriptionRow;
  held: readonly Assignment[];
  now: number;
}): Telling & { readonly deadline?: number } {
  const { settings, subscription, held, now } = input;
  const deadlines = held
    .filter(({ stoppedAt, deadline, acceptedAt }) => stoppedAt === null && deadline - acceptedAt >= 2 * warnBeforeMs)
    .map(({ deadline }) => deadline)
    .filter((deadline) => deadline > now && deadline > (subscription.warnedUpTo ?? 0));
  if (!settings.push || deadlines.length === 0) return not;
  const deadline = Math.min(...deadlines);
  const telling = from(Math.max(deadline - warnBeforeMs, quietEnd(settings, now) ?? now), now);
  return telling.tell === 'later' && telling.at >= deadline ? not : { ...telling, deadline };
}

/** Whether a mail is sent; `unseenSince` likewise, of loops of which no mail told. */
export function tellByMail(input: { notices: WorkerNotices; unseenSince: number | undefined; now: number }): Telling {
  const { notices, unseenSince, now } = input;
  const { settings, mailedAt } = notices;
  if (!settings.mail || unseenSince === undefined) return not;
  const waited = unseenSince + settings.mailAfterMinutes * minute;
  const next = mailedAt === null ? now : mailedAt + settings.mailEveryMinutes * minute;
  return from(Math.max(waited, next, quietEnd(settings, now) ?? now), now);
}

/** When the quiet hours end in which a moment is; undefined when it is in none. */
export function quietEnd(settings: NoticeChoices, now: number): number | undefined {
  const { quietFrom, quietUntil, timeZone } = settings;
  if (quietFrom === null || quietUntil === null || quietFrom === quietUntil) return undefined;
  const [begin, end] = [minutesOf(quietFrom), minutesOf(quietUntil)];
  const time = localMinutes(now, timeZone);
  const isQuiet = begin < end ? time >= begin && time < end : time >= begin || time < end;
  if (!isQuiet) return undefined;
  // Clocks may be put on or back on the way: then the first full minute at which they show the end, or are past it.
  const straight = Math.floor(now / minute) * minute + ((end - time + 1440) % 1440) * minute;
  const off = ((localMinutes(straight, timeZone) - end + 2160) % 1440) - 720;
  return straight - off * minute > now ? straight - off * minute : straight;
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** Minutes since midnight on the clocks of a time zone. */
function localMinutes(moment: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return minutesOf(format.format(moment));
}

/** Whether the name of a time zone is known here. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}

/** "1 task is waiting", "3 tasks are waiting", "99+ tasks are waiting". */
export function waitingSentence(waiting: number): string {
  const count = waiting >= mostCounted ? `${mostCounted - 1}+` : String(waiting);
  return waiting === 1 ? '1 task is waiting' : `${count} tasks are waiting`;
}
