import { formatAmzDate, parseAmzDate } from '@holdpoint/protocol';
import type { ReceivedRequest } from './received-request.ts';
import type { Refuse } from './refusals.ts';

const maxExpires = 604_800;

/** The date under which a header signature was made, as `YYYYMMDDTHHMMSSZ`: `X-Amz-Date`, else `Date`. */
export function amzDateOf(exchange: ReceivedRequest, refuse: Refuse): string {
  const amzDate = exchange.header('x-amz-date');
  if (amzDate !== undefined) return amzDate;
  const date = exchange.header('date');
  if (date === undefined) {
    throw refuse('bad-date', "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  const moment = new Date(date);
  if (parseAmzDate(date) !== undefined || Number.isNaN(moment.getTime())) return date;
  return formatAmzDate(moment);
}

/** Refuses a header signature whose date is more than `skewMs` away from `now`. */
export function checkHeaderTime(amzDate: string, now: number, skewMs: number, refuse: Refuse): void {
  const moment = momentOf(amzDate, refuse);
  if (moment < now - skewMs) throw refuse('skewed', expired(amzDate, now, skewMs));
  checkNotYet('skewed', amzDate, moment, now, skewMs, refuse);
}

/** Refuses a presigned URL outside its time: from its date (less the skew) until its date plus `X-Amz-Expires`. */
export function checkUrlTime(
  url: { readonly amzDate: string; readonly expires: number | undefined },
  now: number,
  skewMs: number,
  refuse: Refuse,
): void {
  const moment = momentOf(url.amzDate, refuse);
  const { expires } = url;
  if (expires === undefined) throw refuse('incomplete', "AWS query-string parameters must include 'X-Amz-Expires'.");
  if (!(expires >= 1 && expires <= maxExpires)) {
    throw refuse('incomplete', `X-Amz-Expires must be a whole number of seconds from 1 to ${maxExpires}.`);
  }
  const end = moment + expires * 1000;
  if (now > end) {
    const [text, endText] = [formatAmzDate(new Date(now)), formatAmzDate(new Date(end))];
    throw refuse(
      'url-expired',
      `Signature expired: ${endText} is now earlier than ${text} (${url.amzDate} + ${expires} sec.)`,
    );
  }
  checkNotYet('not-yet', url.amzDate, moment, now, skewMs, refuse);
}

function momentOf(amzDate: string, refuse: Refuse): number {
  const moment = parseAmzDate(amzDate);
  if (moment !== undefined) return moment.getTime();
  throw refuse(
    'bad-date',
    `Date must be in ISO-8601 'basic format'. Got '${amzDate.slice(0, 64)}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  );
}

function checkNotYet(
  kind: 'skewed' | 'not-yet',
  amzDate: string,
  moment: number,
  now: number,
  skewMs: number,
  refuse: Refuse,
): void {
  if (moment <= now + skewMs) return;
  const [text, latest] = [formatAmzDate(new Date(now)), formatAmzDate(new Date(now + skewMs))];
  throw refuse(
    kind,
    `Signature not yet current: ${amzDate} is still later than ${latest} (${text} + ${minutes(skewMs)} min.)`,
  );
}

function expired(amzDate: string, now: number, skewMs: number): string {
  const [text, earliest] = [formatAmzDate(new Date(now)), formatAmzDate(new Date(now - skewMs))];
  return `Signature expired: ${amzDate} is now earlier than ${earliest} (${text} - ${minutes(skewMs)} min.)`;
}

function minutes(milliseconds: number): number {
  return Math.round(milliseconds / 6000) / 10;
}
