/**
 * Tells one worker that tasks wait: each of the worker's browsers by push, later by mail (`domain/notices.ts`). What was
 * sent is saved at once, before the job's own end: a job that is repeated sends nothing twice unless the server died between
 * sending and saving. While something may still be to say, the job stays and looks again.
 */
import type { PushMessage } from '@holdpoint/protocol';
import { discard, update } from '../domain/change.ts';
import { pushEveryMs, type Telling, tellByMail, tellByPush, waitingSentence, warnByPush } from '../domain/notices.ts';
import type { PushSubscriptionRow, WorkerNotices } from '../domain/rows.ts';
import { type Mail, MailError } from '../mail/mailer.ts';
import { unsubscribeUrl } from '../mail/unsubscribe-link.ts';
import { waitingMail } from '../mail/waiting-mail.ts';
import { backOff, type JobContext, type JobHandler, nothingToDo } from './job.ts';
import { type NoticeReader, readNotices } from './notice-reader.ts';

interface Told {
  /** When to look again. */
  readonly at?: number;
  /** What failed and is tried again. */
  readonly error?: string;
}

export const tellWorker: JobHandler = async (context, job) => {
  const { store, now } = context;
  const notices = await store.workerNotices(job.subject);
  if (notices?.wanted !== 1) return nothingToDo;
  const reader = await readNotices(store, job.subject, now);
  if (!reader) return nothingToDo;
  const subscriptions = await store.pushSubscriptionsOfWorker(job.subject);
  const told = [
    ...(await Promise.all(subscriptions.map((subscription) => push(context, notices, subscription, reader)))).flat(),
    await mail(context, notices, reader),
  ];
  const errors = told.flatMap(({ error }) => error ?? []);
  const looks = told.flatMap(({ at }) => at ?? []);
  if (errors.length > 0)
    return { done: false, error: errors.join(' '), retryAt: Math.min(now + backOff(job.attempts), ...looks) };
  if (looks.length > 0) return { done: false, error: null, retryAt: Math.min(...looks) };
  return nothingToDo;
};

async function push(
  context: JobContext,
  { settings }: WorkerNotices,
  subscription: PushSubscriptionRow,
  reader: NoticeReader,
): Promise<Told[]> {
  const { store, now } = context;
  const session = await store.session(subscription.sessionId);
  // Signed out, or the session is over: the next one at that browser may be somebody else.
  if (!session || session.expiresAt <= now || session.workerId !== subscription.workerId) {
    await store.save([discard('pushSubscriptions', subscription.id)]);
    return [];
  }
  const unseenSince = await reader.unseenSince(subscription.pushedUpTo);
  const warning = warnByPush({ settings, subscription, held: await reader.held(), now });
  const telling = tellByPush({ settings, subscription, unseenSince, now });
  const { deadline = 0 } = warning;
  const endsInMinutes = Math.max(1, Math.round((deadline - now) / 60_000));
  return [
    warning.tell === 'now'
      ? await pushOne(
          context,
          subscription,
          { waiting: await reader.waiting(), endsInMinutes },
          { warnedUpTo: deadline },
        )
      : laterOf(warning),
    telling.tell === 'now'
      ? await pushOne(context, subscription, { waiting: await reader.waiting() }, { pushedAt: now, pushedUpTo: now })
      : laterOf(telling),
  ];
}

async function pushOne(
  context: JobContext,
  subscription: PushSubscriptionRow,
  message: PushMessage,
  set: Partial<PushSubscriptionRow>,
): Promise<Told> {
  const { store, now, log } = context;
  const result = await context.push.send(subscription, message);
  if (!result.pushed) {
    log.info({ workerId: subscription.workerId, error: result.error, gone: result.gone }, 'push message not taken');
    if (result.gone) await store.save([discard('pushSubscriptions', subscription.id)]);
    if (!result.isFinal) return { error: result.error };
    if (result.gone) return {};
  }
  await keepSaying(async () => {
    const row = await store.pushSubscription(subscription.id);
    return row && update('pushSubscriptions', row, set);
  }, context);
  // Looked once more in any case: what came while the message was on its way queues no job, since this one is there.
  return { at: now + pushEveryMs };
}

async function mail(context: JobContext, notices: WorkerNotices, reader: NoticeReader): Promise<Told> {
  const { store, now, log, mailer } = context;
  const { workerId } = notices;
  const telling = tellByMail({ notices, unseenSince: await reader.unseenSince(notices.mailedUpTo), now });
  if (telling.tell !== 'now') return laterOf(telling);
  try {
    await mailer.send(mailTo(context, reader, await reader.waiting()));
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    log.warn({ workerId, error: error.message }, 'mail not taken');
    if (!error.isFinal) return { error: error.message };
  }
  await keepSaying(async () => {
    const row = await store.workerNotices(workerId);
    return row && update('workerNotices', row, { mailedAt: now, mailedUpTo: now });
  }, context);
  return { at: now + notices.settings.mailEveryMinutes * 60_000 };
}

function mailTo({ installation, linkSecret }: JobContext, { worker }: NoticeReader, waiting: number): Mail {
  const { publicUrl } = installation;
  return waitingMail({
    to: worker.emailAsGiven,
    sentence: waitingSentence(waiting),
    publicUrl,
    unsubscribe: unsubscribeUrl(publicUrl, linkSecret, worker.id),
  });
}

const laterOf = (telling: Telling): Told => (telling.tell === 'later' ? { at: telling.at } : {});

/** What was sent cannot be taken back, so that it was sent is saved whatever the worker changes at the same moment. */
async function keepSaying(
  change: () => Promise<ReturnType<typeof update> | undefined>,
  { store }: JobContext,
): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    const changes = await change();
    if (!changes || (await store.save([changes])) === 'saved') return;
  }
}
