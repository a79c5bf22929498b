import { afterEach, expect, it } from 'vitest';
import { createMailer } from '../mail/mailer.ts';
import { createWorker } from '../operations/worker/create-worker.ts';
import { disableWorker } from '../operations/worker/disable-worker.ts';
import { resetWorker } from '../operations/worker/reset-worker.ts';
import { openMailServer } from '../testing/mail-server.ts';
import { openPortalScenario, type PortalScenario, password } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;
const closing: (() => Promise<void>)[] = [];
const email = 'ada@example.com';
const api = '/portal/api/';

async function open(refuse?: (address: string) => number | undefined) {
  const server = await openMailServer({ tls: 'none', ...(refuse && { refuse }) });
  const mailer = createMailer({ url: `smtp://127.0.0.1:${server.port}`, from: 'reviews@example.com' });
  scenario = await openPortalScenario({ mailer });
  closing.push(server.close, () => scenario.close(), mailer.close);
  return server;
}
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const ask = (address: unknown) => scenario.browser().post(`${api}forgot-password`, { email: address });
const tokenIn = (raw: string): string => /\/portal\/link#([\w-]{43})/.exec(raw.replaceAll('=\r\n', ''))![1]!;

it('S2 a lost password is replaced by a link in a mail, which opens nothing by itself and works once, within an hour', async () => {
  const server = await open();
  await scenario.hire('Ada@Example.com');
  expect((await ask(' ada@example.com ')).json).toEqual({});
  await expect.poll(() => server.received.length).toBe(1);
  const [mail] = server.received;
  expect(mail).toMatchObject({ from: 'reviews@example.com', to: ['Ada@example.com'] });
  const token = tokenIn(mail!.raw);
  // What looks at links asks for the page, without the fragment.
  expect((await scenario.browser().get('/portal/link')).status).toBe(200);
  const set = (chosen: string) => scenario.browser().post(`${api}set-password`, { token, password: chosen });
  expect((await scenario.browser().post(`${api}use-link`, { token })).json).toMatchObject({ purpose: 'set-password' });
  expect((await scenario.browser().post(`${api}sign-in`, { email, password })).status).toBe(200);
  expect((await set('another password')).status).toBe(200);
  expect((await set('a third password')).code).toBe('link-invalid');
  await ask(email);
  await expect.poll(() => server.received.length).toBe(2);
  scenario.clock.pass(60 * 60_000);
  const late = { token: tokenIn(server.received[1]!.raw), password: 'a third password' };
  expect((await scenario.browser().post(`${api}set-password`, late)).code).toBe('link-invalid');
});

it('S2 the answer is the same whoever asks, and only workers who may sign in get mail', async () => {
  const server = await open();
  await scenario.hire(email);
  await scenario.hire('off@example.com');
  await disableWorker(scenario.operationContext(), { Email: 'off@example.com' });
  const replies = [];
  for (const address of ['nobody@example.com', 'off@example.com', 'no address', '', email])
    replies.push(await ask(address));
  expect(new Set(replies.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['200 {}']));
  await expect.poll(() => server.received.map(({ to }) => to)).toEqual([[email]]);
  expect((await ask(7)).code).toBe('bad-request');
  expect((await ask('x'.repeat(300))).code).toBe('bad-request');
});

it('S2 links for one address are limited, alike whether it is known', async () => {
  const server = await open();
  await scenario.hire(email);
  for (const address of [email, 'nobody@example.com']) {
    for (let time = 0; time < 5; time++) expect((await ask(address)).status).toBe(200);
    expect((await ask(address)).code).toBe('too-many-attempts');
  }
  await expect.poll(() => server.received.length).toBe(5);
});

it('S2 without a mail server a link cannot be asked for, and the page does not offer it', async () => {
  scenario = await openPortalScenario();
  closing.push(() => scenario.close());
  expect((await ask(email)).json.error.message).toBe(
    'This portal sends no mail. Please ask the people who run it for a new link.',
  );
  expect((await scenario.browser().get('/portal/sign-in')).text).not.toContain('holdpoint-mails-links');
});

it('S2 an invitation is mailed; what cannot be mailed is answered, with the reason', async () => {
  const server = await open((address) => (address.startsWith('no-') ? 550 : undefined));
  expect((await scenario.browser().get('/portal/sign-in')).text).toContain(
    '<meta name="holdpoint-mails-links" content="true">',
  );
  const invited = await createWorker(scenario.operationContext(), { Email: email, SendInvitation: true });
  expect(invited).toMatchObject({ SentTo: email });
  expect(invited).not.toHaveProperty('SetPasswordUrl');
  expect(server.received[0]?.raw).toContain('Subject: You are invited to review');
  const token = tokenIn(server.received[0]!.raw);
  expect((await scenario.browser().post(`${api}set-password`, { token, password })).status).toBe(200);
  const failed = await createWorker(scenario.operationContext(), { Email: 'no-one@example.com', SendInvitation: true });
  expect(failed).toMatchObject({
    SetPasswordUrl: expect.stringMatching(/\/portal\/link#/),
    MailProblem: expect.stringMatching(/does not take mail for no-one@example\.com: 550/),
  });
  expect(await resetWorker(scenario.operationContext(), { Email: email, SendInvitation: true })).toMatchObject({
    SentTo: email,
  });
});
