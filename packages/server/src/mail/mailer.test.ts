import { afterEach, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { type MailServerOptions, openMailServer } from '../testing/mail-server.ts';
import { tlsCertificate } from '../testing/tls.ts';
import { createMailer, MailError, type MailerSettings } from './mailer.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: MailServerOptions = {}) {
  const server = await openMailServer(options);
  closing.push(server.close);
  return server;
}

function mailer(settings: Partial<MailerSettings> & { url: string }) {
  const made = createMailer({ from: 'Reviews <reviews@example.com>', ...settings });
  closing.push(made.close);
  return made;
}

const mail = { to: 'jane@example.com', subject: 'Three wait', text: 'Three tasks are waiting.' };
const credentials = { user: 'holdpoint@example.com', password: 'a/b:c' };
const signedIn = 'holdpoint%40example.com:a%2Fb%3Ac@';

it.each<[string, MailServerOptions, (port: number) => string, { secure: boolean; user?: string }]>([
  ['in the clear on loopback', { tls: 'none' }, (port) => `smtp://127.0.0.1:${port}`, { secure: false }],
  ['by STARTTLS', {}, (port) => `smtp://localhost:${port}?starttls=required`, { secure: true }],
  [
    'by STARTTLS, signed in',
    { credentials },
    (port) => `smtp://${signedIn}localhost:${port}`,
    { secure: true, user: credentials.user },
  ],
  [
    'encrypted at once',
    { tls: 'at-once', credentials },
    (port) => `smtps://${signedIn}localhost:${port}`,
    { secure: true, user: credentials.user },
  ],
])('R4 mail is handed over %s', async (_, options, url, expected) => {
  const server = await open(options);
  const sender = mailer({ url: url(server.port), ca: tlsCertificate });
  expect(sender.problem()).toBeUndefined();
  await sender.send({
    ...mail,
    html: '<p>Three tasks</p>',
    headers: { 'List-Unsubscribe': '<https://example.com/x>' },
  });
  expect(server.received).toMatchObject([{ from: 'reviews@example.com', to: [mail.to], ...expected }]);
  const raw = server.received[0]?.raw ?? '';
  for (const line of [
    'From: Reviews <reviews@example.com>',
    'To: jane@example.com',
    'Subject: Three wait',
    'List-Unsubscribe: <https://example.com/x>',
    'multipart/alternative',
    'Three tasks are waiting.',
    '<p>Three tasks</p>',
  ])
    expect(raw).toContain(line);
});

it.each<[string, MailServerOptions, string, boolean, RegExp]>([
  ['a recipient who is unknown', { refuse: () => 550 }, '', true, /does not take mail for jane@example\.com: 550/],
  ['a recipient who is asked to wait', { refuse: () => 451 }, '', false, /does not take mail for jane@.*: 451/],
  ['a wrong password', { credentials }, 'someone:else@', false, /refuses user or password of --mail-url: 535/],
  ['no STARTTLS where it is needed', { tls: 'none' }, '', false, /over TLS: .*\?starttls=optional of --mail-url/],
])('R4 mail meets %s', async (_, options, user, isFinal, sentence) => {
  const server = await open(options);
  const sender = mailer({ url: `smtp://${user}localhost:${server.port}?starttls=required`, ca: tlsCertificate });
  const failure = await sender.send(mail).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MailError);
  expect(failure).toMatchObject({ isFinal, message: expect.stringMatching(sentence) });
  expect(server.received).toEqual([]);
  if (isFinal) expect(sender.problem()).toBeUndefined();
  else expect(sender.problem()).toBe((failure as Error).message);
});

it('R4 mail is not sent to a server whose certificate is unknown', async () => {
  const server = await open();
  const sender = mailer({ url: `smtp://localhost:${server.port}?starttls=required` });
  await expect(sender.send(mail)).rejects.toThrow(
    /not trusted: self-signed certificate; --ca-file names certificates to trust/,
  );
  expect(server.received).toEqual([]);
});

it('R4 a mail server that is down is a problem until it is back', async () => {
  const server = await open({ tls: 'none' });
  const sender = mailer({ url: `smtp://127.0.0.1:${server.port}` });
  await server.close();
  await expect(sender.send(mail)).rejects.toThrow(
    /^The mail server 127\.0\.0\.1:\d+ could not be reached: .*ECONNREFUSED/,
  );
  expect(sender.problem()).toMatch(/could not be reached/);
  const back = await open({ tls: 'none', port: server.port });
  await sender.send(mail);
  expect(sender.problem()).toBeUndefined();
  expect(back.received).toHaveLength(1);
});

it('R4 a server that never greets is given up', async () => {
  const { createServer } = await import('node:net');
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => silent.close(() => resolve())));
  const { port } = silent.address() as { port: number };
  const sender = mailer({ url: `smtp://127.0.0.1:${port}`, timeoutMs: 50 });
  await expect(sender.send(mail)).rejects.toMatchObject({ isFinal: false });
});

it('R4 what would be a second recipient or header is no address', async () => {
  const server = await open({ tls: 'none' });
  const sender = mailer({ url: `smtp://127.0.0.1:${server.port}` });
  for (const to of ['a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com', 'a', ''])
    await expect(sender.send({ ...mail, to })).rejects.toThrow(/is not a mail address/);
  await sender.send({ ...mail, subject: 'One\r\nBcc: b@example.com' });
  expect(server.received).toMatchObject([{ to: [mail.to] }]);
  expect(server.received[0]?.raw).not.toMatch(/^Bcc:/m);
});

it('R4 without --mail-url there is no mail, and it says so', async () => {
  const sender = mailer({ url: '', from: '' });
  expect(sender.problem()).toBe('The server sends no mail: set --mail-url and --mail-from.');
  await expect(sender.send(mail)).rejects.toThrow('The server sends no mail: set --mail-url and --mail-from.');
});

it.each<[string, string, RegExp]>([
  ['', 'reviews@example.com', /^--mail-from needs --mail-url too/],
  ['smtp://mail.example.com', '', /^--mail-url needs --mail-from too/],
  ['mail.example.com:587', 'a@example.com', /^--mail-url must be smtp:\/\//],
  ['https://mail.example.com', 'a@example.com', /^--mail-url must be smtp:\/\//],
  ['smtp://mail.example.com/box', 'a@example.com', /^--mail-url must be .* with nothing after the port/],
  ['smtp://jane@mail.example.com', 'a@example.com', /^--mail-url must have user and password together/],
  ['smtp://jane:%@mail.example.com', 'a@example.com', /^--mail-url must have user and password together/],
  ['smtp://mail.example.com?tls=no', 'a@example.com', /^--mail-url knows no 'tls'/],
  ['smtp://mail.example.com?starttls=no', 'a@example.com', /^--mail-url must have starttls=required or/],
  ['smtps://mail.example.com?starttls=optional', 'a@example.com', /^--mail-url takes no starttls with smtps/],
  ['smtp://mail.example.com', 'Reviews', /^--mail-from must be an address/],
  ['smtp://mail.example.com', 'a@example.com, b@example.com', /^--mail-from must be an address/],
])('R4 --mail-url %s with --mail-from %s is refused at the start', (mailUrl, mailFrom, sentence) => {
  expect(() => readConfig({ mailUrl, mailFrom }, {})).toThrow(sentence);
});
