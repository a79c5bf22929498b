/** What is told to be wrong before any server is asked. */
import { printable } from './table.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError for what cannot be an e-mail address. */
export function parseEmail(text: string): string {
  if (/^[^\s@]+@[^\s@]+$/.test(text.trim()) && text.trim().length <= 254) return text.trim();
  throw new UsageError(`'${printable(text)}' is not an e-mail address.`);
}

/** @throws UsageError for what no event can be posted to. */
export function parseWebUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new UsageError(`'${printable(text)}' is not an http or https URL.`);
  if (url.username !== '' || url.password !== '')
    throw new UsageError('The URL must not hold a user name or password; events are signed instead.');
  return text;
}
