/** Hands mail to the operator's mail server, one connection for each. Without `--mail-url` there is no mail, and it says so. */
import { createSecureContext, getCACertificates } from 'node:tls';
import { isMailAddress, type MailServer, readMailAddress, readMailUrl } from './mail-settings.ts';

export interface Mail {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Further headers, such as `List-Unsubscribe`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Mail that was not taken; its message is one sentence, without passwords. */
export class MailError extends Error {
  /** Whether sending it again would fail again: the server refuses this mail or recipient for good. */
  readonly isFinal: boolean;
  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

export interface Mailer {
  /** Whether there is a mail server to hand mail to. */
  readonly isSetUp: boolean;
  /**
   * Resolves when the mail server has taken the mail.
   *
   * @throws MailError
   */
  send(mail: Mail): Promise<void>;
  /** Why no mail leaves, in one sentence: none is set up, or the last one failed. Undefined while all is well. */
  problem(): string | undefined;
  /** Waits for mail under way; after it none is sent. */
  close(): Promise<void>;
}

export interface MailerSettings {
  /** `--mail-url`; '' is no mail. */
  readonly url: string;
  /** `--mail-from`. */
  readonly from: string;
  /** Certificates in PEM form that are trusted besides those that Node trusts. */
  readonly ca?: string | undefined;
  /** Milliseconds that a mail server may take to connect and to greet, and three times as long between answers. */
  readonly timeoutMs?: number;
}

const notSetUp = 'The server sends no mail: set --mail-url and --mail-from.';

/**
 * Makes the mailer; nothing is connected until the first mail.
 *
 * @throws Error with the sentence about a setting that cannot be used
 */
export function createMailer({ url, from, ca, timeoutMs = 10_000 }: MailerSettings): Mailer {
  if (url === '') {
    const send = () => Promise.reject(new MailError(notSetUp, false));
    return { isSetUp: false, send, problem: () => notSetUp, close: async () => {} };
  }
  const server = readMailUrl(url);
  const sender = readMailAddress(from);
  if (typeof server === 'string') throw new Error(server);
  if (!sender) throw new Error(`--mail-from must be an address, not '${from}'.`);
  const underWay = new Set<Promise<unknown>>();
  let opened: ReturnType<typeof open> | undefined;
  let problem: string | undefined;
  let closed = false;

  async function open({ host, port, tls, user, password }: MailServer) {
    const { createTransport } = await import('nodemailer');
    const secureContext =
      ca === undefined ? undefined : createSecureContext({ ca: [...getCACertificates('default'), ca] });
    return createTransport({
      host,
      port,
      secure: tls === 'at-once',
      requireTLS: tls === 'required',
      ...(user !== undefined && { auth: { user, pass: password } }),
      ...(secureContext && { tls: { secureContext } }),
      connectionTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: 3 * timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async function hand({ to, subject, text, html, headers }: Mail): Promise<void> {
    if (closed) throw new MailError('The server is stopping and sends no more mail.', false);
    if (!isMailAddress(to)) throw new MailError(`'${to}' is not a mail address.`, true);
    try {
      opened ??= open(server as MailServer);
      const transport = await opened;
      await transport.sendMail({
        from: sender as NonNullable<typeof sender>,
        to: { name: '', address: to },
        subject,
        text,
        ...(html !== undefined && { html }),
        ...(headers && { headers }),
      });
      problem = undefined;
    } catch (error) {
      const failure = mailError(error, server as MailServer, to);
      // What one recipient's mailbox refuses says nothing about the next mail.
      if (!failure.isFinal) problem = failure.message;
      throw failure;
    }
  }

  return {
    isSetUp: true,
    send(mail) {
      const sending = hand(mail);
      underWay.add(sending);
      return sending.finally(() => underWay.delete(sending));
    },
    problem: () => problem,
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
      (await opened)?.close();
    },
  };
}

/** What went wrong, in the operator's terms; the mail server's own words are kept, in one line. */
function mailError(error: unknown, { host, port }: MailServer, to: string): MailError {
  const { code, command, responseCode, response, message } = error as {
    code?: string;
    command?: string;
    responseCode?: number;
    response?: string;
    message: string;
  };
  const said = (response ?? message).replaceAll(/\s+/g, ' ').slice(0, 300);
  const place = `The mail server ${host}:${port}`;
  if (code === 'EAUTH') return new MailError(`${place} refuses user or password of --mail-url: ${said}`, false);
  if (code === 'EENVELOPE' && command === 'RCPT TO')
    return new MailError(`${place} does not take mail for ${to}: ${said}`, (responseCode ?? 0) >= 500);
  if (code === 'EENVELOPE')
    return new MailError(`${place} does not take mail from the address of --mail-from: ${said}`, false);
  if (code === 'EMESSAGE') return new MailError(`${place} does not take the mail: ${said}`, (responseCode ?? 0) >= 500);
  if (/certificate|altnames/i.test(message))
    return new MailError(
      `${place} has a certificate that is not trusted: ${said.replace(/; if the root CA.*/, '')}; --ca-file names certificates to trust.`,
      false,
    );
  if (code === 'ETLS')
    return new MailError(
      `${place} could not be spoken to over TLS: ${said}; ?starttls=optional of --mail-url sends without.`,
      false,
    );
  return new MailError(`${place} could not be reached: ${said}`, false);
}
