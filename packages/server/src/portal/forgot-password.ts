import { emailKey } from '../auth/email.ts';
import { createLink } from '../auth/links.ts';
import { isOfWorkforce, oidcConfigOf } from '../auth/oidc/identity-provider.ts';
import { newPasswordMail } from '../auth/sign-in-mails.ts';
import type { Reply } from '../context.ts';
import { guard } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import { decide } from './decide.ts';
import { readJson, smallBody, textOf } from './read-json.ts';
import { json } from './reply.ts';
import { signsInElsewhere, tooManyAttempts } from './sign-in.ts';
import type { Visit } from './visit.ts';

/**
 * POST forgot-password: mails a link to the address if it is a worker's. The answer goes out before anything is looked up, so
 * that neither what it says nor the time it takes tells whether somebody has that address.
 */
export async function forgotPassword(visit: Visit): Promise<Reply> {
  const { exchange, settings, workforce, rareAttempts, now } = visit;
  if (oidcConfigOf(workforce)) throw signsInElsewhere();
  const email = emailKey(textOf(await readJson(exchange, smallBody), 'email', 254));
  if (!settings.mailsLinks)
    throw new Refusal('forbidden', 'This portal sends no mail. Please ask the people who run it for a new link.');
  const attempt = rareAttempts.begin({ email: `forgot ${email}`, address: exchange.clientAddress, now });
  if (!attempt.allowed) return tooManyAttempts(attempt.retryAfterSeconds);
  void mailLink(visit, email).catch((error: unknown) => {
    visit.log.warn({ requestId: exchange.requestId, err: error }, 'a link for a new password could not be mailed');
  });
  return json({});
}

async function mailLink(visit: Visit, email: string): Promise<void> {
  const { store, installation, mailer, workforce, settings, now } = visit;
  const { worker, link } = await decide(store, async () => {
    const worker = await store.workerByEmail(email);
    if (worker?.status !== 'active' || !isOfWorkforce(worker, workforce)) return { changes: [] };
    const { publicUrl } = installation;
    const link = createLink({ worker, purpose: 'set-password', publicUrl, now, lifetime: forgottenLifetime });
    return { worker, link, changes: [guard('workers', worker), ...link.changes] };
  });
  if (!worker || !link) return;
  await mailer.send({ to: worker.emailAsGiven, ...newPasswordMail(link.url, settings.organisation) });
}

/** Milliseconds. */
const forgottenLifetime = 60 * 60_000;
