import { emailKey } from '../auth/email.ts';
import { endedAttemptCookie, findAttempt, type OidcAttempt } from '../auth/oidc/attempt.ts';
import { type OidcConfig, oidcConfigOf, oidcIdentity, oidcWorkerId } from '../auth/oidc/identity-provider.ts';
import { errorCodeOf, RefusedSignIn, unverified } from '../auth/oidc/refused-sign-in.ts';
import { openSession } from '../auth/sessions.ts';
import type { Reply } from '../context.ts';
import { guard } from '../domain/change.ts';
import { enrolWorker } from '../domain/enrol-worker.ts';
import { ClaimProblem, type OidcAccount, readOidcClaims } from '../domain/oidc-claims.ts';
import { Refusal } from '../domain/refusal.ts';
import { decide } from './decide.ts';
import { redirectUri } from './oidc-start.ts';
import { noticePage } from './page.ts';
import { recordRefusal } from './record-refusal.ts';
import { goTo, statusOf } from './reply.ts';
import type { OidcVisit } from './visit.ts';

/** GET /oauth2/idpresponse: the way back from the identity provider. Whatever happens, the attempt is used up. */
export async function finishOidc(visit: OidcVisit): Promise<Reply> {
  const { exchange } = visit;
  const used = endedAttemptCookie(exchange.secure);
  try {
    const { attempt, cookie } = await signIn(visit);
    return goTo(attempt.returnTo, [cookie, used]);
  } catch (error) {
    const reply = await refusalPage(visit, error);
    return { ...reply, headers: { ...reply.headers, 'Set-Cookie': used } };
  }
}

async function signIn(visit: OidcVisit): Promise<{ attempt: OidcAttempt; cookie: string }> {
  const { exchange, oidc, now } = visit;
  const query = new URLSearchParams(exchange.rawQuery);
  const { attempt, config } = begun(visit, query);
  const error = query.get('error');
  if (error !== null) throw saidNo(error);
  const code = query.get('code');
  if (code === null || code === '' || code.length > 8192) throw over('no code');
  // The address alone is counted: each attempt costs the provider a request.
  const limit = visit.attempts.begin({ email: attempt.state, address: exchange.clientAddress, now });
  if (!limit.allowed) throw tooMany();
  const { claims, idToken } = await oidc.claims(config, { attempt, code, redirectUri: redirectUri(visit), now });
  const account = readOidcClaims(claims, config.ClientId);
  const cookie = await openFor(visit, config, account, idToken);
  limit.succeeded();
  return { attempt, cookie };
}

/** What this browser began and the provider answers now. */
function begun(visit: OidcVisit, query: URLSearchParams): { attempt: OidcAttempt; config: OidcConfig } {
  const config = oidcConfigOf(visit.workforce);
  const attempt = findAttempt(visit.exchange, visit.linkSecret, visit.now);
  if (!attempt) throw over('no attempt');
  if (query.get('state') !== attempt.state) throw over('state');
  if (config?.Issuer !== attempt.issuer) throw over('another provider since');
  // Says who answers (RFC 9207), where a provider says it.
  const issuer = query.get('iss');
  if (issuer !== null && issuer !== config.Issuer) throw unverified('answer: iss');
  return { attempt, config };
}

async function openFor(
  visit: OidcVisit,
  { Issuer }: OidcConfig,
  account: OidcAccount,
  idToken: string | undefined,
): Promise<string> {
  const { store, exchange, settings, now } = visit;
  const id = oidcWorkerId(Issuer, account.sub);
  const { cookie } = await decide(store, async () => {
    const [workforce] = await store.workforces();
    if (!workforce || oidcConfigOf(workforce)?.Issuer !== Issuer) throw over('another provider since');
    const existing = await store.worker(id);
    const key = account.email === undefined ? undefined : emailKey(account.email);
    const address =
      key === undefined ? undefined : { key, asGiven: account.email!, owner: await store.workerByEmail(key) };
    const identity = oidcIdentity(Issuer, account.sub);
    const { worker, changes } = enrolWorker({ account, id, identity, existing, address, now });
    const session = await openSession(store, exchange, { worker, limits: settings.sessions, now, idToken });
    return { cookie: session.cookie, changes: [guard('workforces', workforce), ...changes, ...session.changes] };
  });
  return cookie;
}

async function refusalPage(visit: OidcVisit, error: unknown): Promise<Reply> {
  const { exchange, log } = visit;
  const refused = refusalOf(error);
  if (!refused) throw error;
  log.warn({ requestId: exchange.requestId, reason: refused.reason }, 'sign-in through the identity provider refused');
  await recordRefusal(visit, { reason: refused.reason });
  return noticePage(exchange, {
    status: refused.status,
    title: 'You are not signed in',
    sentence: refused.message,
    link: { href: '/portal/oidc/start', text: 'Try again' },
  });
}

/** Undefined for what is nobody's refusal. */
function refusalOf(error: unknown): RefusedSignIn | undefined {
  if (error instanceof RefusedSignIn) return error;
  if (error instanceof ClaimProblem) return new RefusedSignIn(error.message, `claim ${error.claim}`);
  if (error instanceof Refusal) return new RefusedSignIn(error.message, error.code, statusOf(error.code));
  return undefined;
}

const over = (reason: string): RefusedSignIn =>
  new RefusedSignIn(
    'This attempt to sign in is over, or it was begun in another window. Please try again.',
    reason,
    400,
  );

function saidNo(error: string): RefusedSignIn {
  const code = errorCodeOf(error);
  return new RefusedSignIn(`The identity provider did not sign you in (${code}).`, `provider: ${code}`);
}

const tooMany = (): RefusedSignIn =>
  new RefusedSignIn('Too many attempts to sign in. Please try again in some minutes.', 'too many attempts', 429);
