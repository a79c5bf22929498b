/** Links to the text of a template, as `DescribeHumanTaskUi` hands them out: named by hash, signed, for a limited time. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where such links lie. */
export const templatePath = '/assets/templates/';

/** @param link `expiresAt` in milliseconds since 1970. */
export function templateUrl(link: { publicUrl: string; secret: string; sha256: string; expiresAt: number }): string {
  const expires = Math.floor(link.expiresAt / 1000);
  const signature = sign(link.secret, link.sha256, expires);
  return `${link.publicUrl}${templatePath}${link.sha256}?Expires=${expires}&Signature=${signature}`;
}

/** The hash that a link names; undefined when it is not ours, was changed or is over. */
export function templateOfLink(rawPath: string, rawQuery: string, secret: string, now: number): string | undefined {
  const sha256 = rawPath.slice(templatePath.length);
  const query = new URLSearchParams(rawQuery);
  const expires = Number(query.get('Expires'));
  const given = Buffer.from(query.get('Signature') ?? '', 'utf8');
  if (!/^[0-9a-f]{64}$/.test(sha256) || !Number.isSafeInteger(expires) || expires * 1000 < now) return undefined;
  const expected = Buffer.from(sign(secret, sha256, expires), 'utf8');
  return given.length === expected.length && timingSafeEqual(given, expected) ? sha256 : undefined;
}

const sign = (secret: string, sha256: string, expires: number): string =>
  createHmac('sha256', secret).update(`template\n${sha256}\n${expires}`).digest('hex');
