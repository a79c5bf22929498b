// The console speaks English whatever the portal does: what it has from the portal, in English.
import * as dialogs from '../components/confirm.ts';
import * as messages from '../components/message.ts';
import * as failures from '../portal-error.ts';
import * as times from '../time.ts';
import { english } from '../words/en.ts';
import { formatter, localeOf } from '../words/locale.ts';

export const confirm = (question: dialogs.Question) => dialogs.confirm(question, english);

export const sentenceOf = (error: unknown) => failures.sentenceOf(error, english);
export const failurePanel = (error: unknown, again: () => void) => messages.failurePanel(error, again, english);
export const notice = (text: string | undefined, close: () => void, tone: 'info' | 'warning' = 'info') =>
  messages.notice(text, close, tone, english);

export const exactTime = (time: Date) => times.exactTime(time.toISOString(), english);
/** To the second. */
export const preciseTime = (time: Date) =>
  formatter(
    'precise',
    (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium' }),
    localeOf('en', navigator.languages),
  ).format(time);
export const relativeTime = (time: Date, now = Date.now()) => times.relativeTime(time.toISOString(), now, english);
export const duration = (seconds: number) => times.duration(seconds, english);
