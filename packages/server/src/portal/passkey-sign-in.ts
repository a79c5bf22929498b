/** Signing in by a passkey alone: it says who it is, and has checked who uses it, which is two factors in one. */
import type { PasskeyOptionsResponse } from '@holdpoint/protocol';
import { isOfWorkforce, oidcConfigOf } from '../auth/oidc/identity-provider.ts';
import { newChallenge } from '../auth/passkeys/challenge.ts';
import { requestOptions } from '../auth/passkeys/options.ts';
import { passkeyPlace } from '../auth/passkeys/place.ts';
import { hostOf, namedPasskey, unknownPasskey } from '../auth/passkeys/verify.ts';
import type { Reply } from '../context.ts';
import { guard } from '../domain/change.ts';
import { decide } from './decide.ts';
import { signedInNow } from './first-step.ts';
import { readJson, smallBody } from './read-json.ts';
import { recordWrong } from './record-refusal.ts';
import { json } from './reply.ts';
import { takePasskey } from './second-factor.ts';
import { sessionReply } from './session.ts';
import { signsInElsewhere, tooManyAttempts } from './sign-in.ts';
import type { Visit } from './visit.ts';

/** POST passkey/options: for whoever has a passkey of this host. */
export async function passkeyOptions({ installation, workforce, linkSecret, now }: Visit): Promise<Reply> {
  if (oidcConfigOf(workforce)) throw signsInElsewhere();
  const rpId = hostOf(passkeyPlace(installation.publicUrl));
  const challenge = newChallenge({ purpose: 'sign-in', workerId: '', secret: linkSecret }, now);
  const reply: PasskeyOptionsResponse = { publicKey: requestOptions({ challenge, rpId }) };
  return json(reply);
}

/** POST passkey/sign-in: a passkey that is unknown, and one of a worker who is disabled, look alike. */
export async function signInByPasskey(visit: Visit): Promise<Reply> {
  const { exchange, store, workforce, now } = visit;
  if (oidcConfigOf(workforce)) throw signsInElsewhere();
  const { credential } = await readJson(exchange, smallBody);
  const { id } = namedPasskey(credential);
  const attempt = visit.attempts.begin({ email: `passkey ${id}`, address: exchange.clientAddress, now });
  if (!attempt.allowed) return tooManyAttempts(attempt.retryAfterSeconds);
  const { worker, cookies } = await decide(store, async () => {
    const { passkey, changes } = await takePasskey(visit, credential, 'sign-in', '');
    const worker = await store.worker(passkey.workerId);
    if (worker?.status !== 'active' || !isOfWorkforce(worker, workforce)) throw unknownPasskey();
    const opened = await signedInNow(visit, worker);
    return { worker, cookies: opened.cookies, changes: [guard('workers', worker), ...changes, ...opened.changes] };
  }).catch(recordWrong(visit));
  attempt.succeeded();
  return sessionReply(visit, worker, { 'Set-Cookie': cookies });
}
