import type { Clock } from '../clock.ts';
import type { EventSender, SendResult } from './event-sender.ts';
import { networkError } from './network-error.ts';
import { type PostAnswer, type PostSettings, post } from './post.ts';
import { publicLookup } from './private-address.ts';
import { signWebhook } from './sign-webhook.ts';

export interface WebhookSettings {
  /** Lets targets be on loopback and private addresses. */
  readonly allowPrivateTargets: boolean;
  readonly clock: Clock;
  /** How long one attempt may take in all, in milliseconds; default 15 s. */
  readonly timeoutMs?: number;
  /** Certificates in PEM form that are trusted instead of the system's. */
  readonly ca?: string;
}

const maxRedirects = 3;

/**
 * Sends events as webhooks: a POST of the event's JSON, signed as Standard Webhooks describes. Any status from 200 to 299
 * is a delivery; 410 says that the receiver wants no more (Standard Webhooks, "Operational considerations"), so that is
 * final. Redirects are followed only where they keep method and body (307, 308).
 */
export function createWebhookSender(settings: WebhookSettings): EventSender {
  const lookup = settings.allowPrivateTargets ? undefined : publicLookup();
  const timeoutMs = settings.timeoutMs ?? 15_000;

  return async (target, deliveryId, event) => {
    const url = webUrl(target.url);
    if (!url) return { delivered: false, error: 'The URL is not an http or https URL.', permanent: true };
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Holdpoint-Webhooks/1',
      ...signWebhook(target.secret, deliveryId, settings.clock.now(), event),
    };
    try {
      return resultOf(await follow(url, { headers, body: event, lookup, signal, ca: settings.ca }));
    } catch (error) {
      const late = signal.aborted ? `There was no answer within ${timeoutMs / 1000} seconds.` : undefined;
      return { delivered: false, error: late ?? networkError(error as NodeJS.ErrnoException) };
    }
  };
}

async function follow(first: URL, settings: PostSettings): Promise<PostAnswer> {
  let url = first;
  for (let redirects = 0; ; redirects++) {
    const answer = await post(url, settings);
    if (answer.status !== 307 && answer.status !== 308) return answer;
    if (redirects === maxRedirects) throw new Error(`There were more than ${maxRedirects} redirects.`);
    const next = webUrl(answer.location ?? '', url);
    if (!next || answer.location === undefined)
      throw new Error(`The answer ${answer.status} names no http or https URL.`);
    if (url.protocol === 'https:' && next.protocol === 'http:')
      throw new Error('A redirect from https to http is not followed.');
    url = next;
  }
}

function resultOf({ status: statusCode }: PostAnswer): SendResult {
  if (statusCode >= 200 && statusCode < 300) return { delivered: true, statusCode };
  const error = `The answer was ${statusCode}.`;
  return { delivered: false, statusCode, error, ...(statusCode === 410 && { permanent: true }) };
}

function webUrl(text: string, base?: URL): URL | undefined {
  const url = URL.parse(text, base?.href);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}
