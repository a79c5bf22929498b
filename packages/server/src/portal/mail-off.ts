/**
 * Turns off the mails of the worker whom the link of such a mail names; nobody need be signed in. Looking at the address
 * changes nothing, since programs follow links of mails; the page's button and mail programs (RFC 8058) send POST.
 */
import type { Reply } from '../context.ts';
import { guard, update } from '../domain/change.ts';
import { readUnsubscribe } from '../mail/unsubscribe-link.ts';
import { decide } from './decide.ts';
import { noticePage } from './page.ts';
import type { Visit } from './visit.ts';

const link = { href: '/portal/notices', text: 'Choose how you hear of tasks' };

/** GET mail-off. */
export async function showMailOff({ exchange, linkSecret }: Visit): Promise<Reply> {
  if (readUnsubscribe(exchange.rawQuery, linkSecret) === undefined) return noSuchLink(exchange);
  return noticePage(exchange, {
    status: 200,
    title: 'No more mails about tasks?',
    sentence:
      'Press the button, and no mail tells you of waiting tasks any more. You can turn them on again in the portal.',
    button: 'Turn these mails off',
  });
}

/** POST mail-off, from wherever: the link itself says who may. */
export async function mailOff({ exchange, linkSecret, store }: Visit): Promise<Reply> {
  const workerId = readUnsubscribe(exchange.rawQuery, linkSecret);
  if (workerId === undefined) return noSuchLink(exchange);
  await decide(store, async () => {
    const row = await store.workerNotices(workerId);
    const worker = row?.settings.mail && (await store.worker(workerId));
    if (!worker) return { changes: [] };
    const settings = { ...row.settings, mail: false };
    // The activity log reads off the worker's row whose mails these were.
    return {
      changes: [guard('workers', worker), update('workerNotices', row, { settings, wanted: settings.push ? 1 : 0 })],
    };
  });
  return noticePage(exchange, {
    status: 200,
    title: 'No more mails about tasks',
    sentence: 'No mail tells you of waiting tasks any more.',
    link,
  });
}

const noSuchLink = (exchange: Visit['exchange']): Reply =>
  noticePage(exchange, {
    status: 404,
    title: 'This link does nothing',
    sentence: 'It is not complete, or not of this server. You can turn mails off in the portal.',
    link,
  });
