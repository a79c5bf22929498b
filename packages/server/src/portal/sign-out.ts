import type { SignOutResponse } from '@holdpoint/protocol';
import { oidcConfigOf } from '../auth/oidc/identity-provider.ts';
import { endedCookie, endSession, findSession, idTokenOf } from '../auth/sessions.ts';
import { endedStepCookies } from '../auth/sign-in-step.ts';
import type { Reply } from '../context.ts';
import { guard } from '../domain/change.ts';
import { json } from './reply.ts';
import type { Visit } from './visit.ts';

/** POST sign-out; harmless when nobody is signed in. With an identity provider the browser goes on to its LogoutEndpoint. */
export async function signOut({ exchange, store, workforce, now }: Visit): Promise<Reply> {
  const found = await findSession(store, exchange, now);
  const config = oidcConfigOf(workforce);
  const idToken = config && (await idTokenOf(store, exchange));
  // With the worker as read, the activity log knows who it was; a worker whose row changes meanwhile signs out all the same.
  const ended = endSession(exchange);
  const isEnded = found && (await store.save([guard('workers', found.worker), ...ended])) === 'saved';
  if (!isEnded) await store.save(ended);
  const reply: SignOutResponse = config ? { goOn: logoutUrl(config.LogoutEndpoint, config.ClientId, idToken) } : {};
  return json(reply, { 'Set-Cookie': [endedCookie(exchange.secure), ...endedStepCookies(exchange)] });
}

/**
 * The client is named, and the ID token shown by which the provider knows whom it signed in, so that it need not ask: as
 * OpenID Connect RP-Initiated Logout 1.0 has it. Where the browser goes on to is the operator's to
 * put into LogoutEndpoint: an address that the provider does not know makes it refuse the whole sign-out.
 */
function logoutUrl(endpoint: string, clientId: string, idToken: string | undefined): string {
  const url = new URL(endpoint);
  if (!url.searchParams.has('client_id')) url.searchParams.set('client_id', clientId);
  if (idToken !== undefined && !url.searchParams.has('id_token_hint')) url.searchParams.set('id_token_hint', idToken);
  return url.href;
}
