import type { PushMessage, TestNoticeResponse } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { discard, update } from '../domain/change.ts';
import { mostCounted, waitingSentence } from '../domain/notices.ts';
import { Refusal } from '../domain/refusal.ts';
import type { PushSubscriptionRow } from '../domain/rows.ts';
import { whoAsks } from '../domain/who-asks.ts';
import { unsubscribeUrl } from '../mail/unsubscribe-link.ts';
import { waitingMail } from '../mail/waiting-mail.ts';
import { decide } from './decide.ts';
import { myWorkteams } from './my-workteams.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** Milliseconds between two tests of a worker: they make this server send things to others. */
const testEveryMs = 20_000;

type Result = TestNoticeResponse['results'][number];

/** POST notices/test: sends what would be sent, at once, whatever the hour. */
export async function testNotice(visit: WorkerVisit): Promise<Reply> {
  const { store, worker, now } = visit;
  const { settings } = await claimTest(visit);
  const workteamIds = (await myWorkteams(store, worker)).map(({ id }) => id);
  const waiting = await store.countOfferedTasks({ ...whoAsks(worker), workteamIds, now }, mostCounted);
  const results = await Promise.all([
    ...(settings.push ? [testPush(visit, waiting)] : []),
    ...(settings.mail ? [testMail(visit, waiting)] : []),
  ]);
  const reply: TestNoticeResponse = { results };
  return json(reply);
}

/** @throws Refusal `bad-request` when nothing is on, `too-many-attempts` when one was just sent. */
async function claimTest({ store, worker, now }: WorkerVisit) {
  const { row } = await decide(store, async () => {
    const row = await store.workerNotices(worker.id);
    if (row?.wanted !== 1)
      throw new Refusal('bad-request', 'Turn on push messages or mail first, and save: then one can be sent.');
    if (row.testedAt !== null && now - row.testedAt < testEveryMs)
      throw new Refusal('too-many-attempts', 'One was just sent. Wait half a minute before the next one.');
    return { row, changes: [update('workerNotices', row, { testedAt: now })] };
  });
  return row;
}

async function testPush(visit: WorkerVisit, waiting: number): Promise<Result> {
  const { store, worker, now } = visit;
  const subscriptions = await store.pushSubscriptionsOfWorker(worker.id);
  const sessions = new Map((await store.sessionsOfWorker(worker.id)).map((one) => [one.idHash, one]));
  const live = subscriptions.filter(({ sessionId }) => (sessions.get(sessionId)?.expiresAt ?? 0) > now);
  if (live.length === 0)
    return {
      way: 'push',
      sent: false,
      sentence: 'No browser takes push messages for you: allow them on this page first.',
    };
  const sent = await Promise.all(live.map((subscription) => pushTo(visit, subscription, waiting)));
  const taken = sent.filter((error) => error === undefined).length;
  const [error] = sent.filter((one) => one !== undefined);
  return {
    way: 'push',
    sent: taken > 0,
    sentence:
      taken === 0
        ? `The push message was not taken: ${error}`
        : `A push message is on its way to ${taken === 1 ? 'one browser' : `${taken} browsers`}.`,
  };
}

/** @returns what went wrong. */
async function pushTo(
  { store, push }: WorkerVisit,
  to: PushSubscriptionRow,
  waiting: number,
): Promise<string | undefined> {
  const message: PushMessage = { waiting, test: true };
  const result = await push.send(to, message);
  if (result.pushed) return undefined;
  if (result.gone) await store.save([discard('pushSubscriptions', to.id)]);
  return result.error;
}

async function testMail(
  { worker, mailer, installation, linkSecret, log }: WorkerVisit,
  waiting: number,
): Promise<Result> {
  const { publicUrl } = installation;
  const unsubscribe = unsubscribeUrl(publicUrl, linkSecret, worker.id);
  const mail = waitingMail({ to: worker.emailAsGiven, sentence: waitingSentence(waiting), publicUrl, unsubscribe });
  try {
    await mailer.send(mail);
    return { way: 'mail', sent: true, sentence: `A mail is on its way to ${worker.emailAsGiven}.` };
  } catch (error) {
    log.warn({ workerId: worker.id, error: (error as Error).message }, 'test mail not taken');
    const sentence = mailer.isSetUp
      ? 'The mail could not be sent. Those who run this server find the reason in its log.'
      : 'This server sends no mail.';
    return { way: 'mail', sent: false, sentence };
  }
}
