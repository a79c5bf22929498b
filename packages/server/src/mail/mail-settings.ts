/** Where mail is handed over: what `--mail-url` and `--mail-from` say. */
import { isIP } from 'node:net';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps`), or later by STARTTLS, or by STARTTLS only where it is offered. */
  readonly tls: 'at-once' | 'required' | 'if-offered';
  readonly user: string | undefined;
  readonly password: string;
}

const urlForm = 'smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT';

/**
 * Reads `--mail-url`. The port is 587 for smtp and 465 for smtps unless given. What goes to another machine is encrypted,
 * unless `?starttls=optional` says otherwise.
 *
 * @returns what it says, or one sentence about what is wrong, without the password
 */
export function readMailUrl(text: string): MailServer | string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = url?.protocol;
  if (!url || (scheme !== 'smtp:' && scheme !== 'smtps:') || url.hostname === '')
    return `--mail-url must be ${urlForm}.`;
  if (!['', '/'].includes(url.pathname) || url.hash !== '')
    return `--mail-url must be ${urlForm}, with nothing after the port but ?starttls=optional.`;
  const credentials = readCredentials(url);
  if (credentials === undefined)
    return '--mail-url must have user and password together, with characters such as @ and / written as %40 and %2F.';
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'starttls');
  if (unknown !== undefined) return `--mail-url knows no '${unknown}' after the question mark, only starttls.`;
  const starttls = url.searchParams.get('starttls');
  if (starttls !== null && starttls !== 'optional' && starttls !== 'required')
    return `--mail-url must have starttls=required or starttls=optional, not '${starttls}'.`;
  if (starttls !== null && scheme === 'smtps:')
    return '--mail-url takes no starttls with smtps: it is encrypted at once.';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const required = starttls === null ? !isLoopback(host) : starttls === 'required';
  return {
    host,
    port: url.port === '' ? (scheme === 'smtps:' ? 465 : 587) : Number(url.port),
    tls: scheme === 'smtps:' ? 'at-once' : required ? 'required' : 'if-offered',
    ...credentials,
  };
}

function readCredentials({ username, password }: URL): Pick<MailServer, 'user' | 'password'> | undefined {
  if (username === '' && password === '') return { user: undefined, password: '' };
  if (username === '' || password === '') return undefined;
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

const addressPattern = /^[^\s@<>(),;:"\\[\]]{1,64}@[^\s@<>(),;:"\\[\]]{1,255}$/;

/** Whether mail can be sent to this address; what stands in headers holds no line breaks and no second address. */
export const isMailAddress = (text: string): boolean => addressPattern.test(text);

/** Reads `reviews@example.com` or `Reviews <reviews@example.com>`; undefined when it is neither. */
export function readMailAddress(text: string): MailAddress | undefined {
  const [, name = '', address = ''] = /^\s*"?([^"<>\r\n]*?)"?\s*<([^<>]+)>\s*$/.exec(text) ?? ['', '', text.trim()];
  return isMailAddress(address) ? { name: name.trim(), address } : undefined;
}

/** What is wrong with the two settings together, in one sentence that names the setting; undefined when nothing is. */
export function mailSettingsProblem(url: string, from: string): string | undefined {
  if (url === '' && from === '') return undefined;
  if (url === '') return '--mail-from needs --mail-url too: the server that takes the mail.';
  const server = readMailUrl(url);
  if (typeof server === 'string') return server;
  if (from === '') return '--mail-url needs --mail-from too: the address that mail comes from.';
  if (readMailAddress(from) === undefined)
    return `--mail-from must be an address such as reviews@example.com or Reviews <reviews@example.com>, not '${from}'.`;
  return undefined;
}
