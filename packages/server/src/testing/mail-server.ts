/** A mail server on loopback that keeps what it was given, and refuses as it is told. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { tlsCertificate, tlsKey } from './tls.ts';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: string | undefined;
  /** The whole message as it was sent. */
  readonly raw: string;
}

export interface MailServerOptions {
  /** `starttls` unless given; `none` offers no encryption. */
  readonly tls?: 'at-once' | 'starttls' | 'none';
  /** Asks for it; without one nobody has to sign in. */
  readonly credentials?: { readonly user: string; readonly password: string };
  /** The code with which a recipient is refused; undefined where it is taken. */
  readonly refuse?: (address: string) => number | undefined;
  readonly port?: number;
}

export async function openMailServer({ tls = 'starttls', credentials, refuse, port = 0 }: MailServerOptions = {}) {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    key: tlsKey,
    cert: tlsCertificate,
    secure: tls === 'at-once',
    hideSTARTTLS: tls === 'none',
    disabledCommands: [...(tls === 'none' ? ['STARTTLS'] : []), ...(credentials ? [] : ['AUTH'])],
    allowInsecureAuth: tls === 'none',
    disableReverseLookup: true,
    authOptional: credentials === undefined,
    closeTimeout: 1,
    onAuth: ({ username, password }, _, done) => {
      if (username === credentials?.user && password === credentials?.password)
        done(null, { user: username as string });
      else done(Object.assign(new Error('Who are you?'), { responseCode: 535 }));
    },
    onRcptTo: ({ address }, _, done) => {
      const responseCode = refuse?.(address);
      done(responseCode === undefined ? null : Object.assign(new Error('No such mailbox'), { responseCode }));
    },
    onData: (stream, session, done) => {
      void text(stream).then((raw) => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: session.user as string | undefined,
          raw,
        });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
