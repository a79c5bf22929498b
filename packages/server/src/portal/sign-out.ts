import type { SignOutResponse } from '@holdpoint/protocol';
import { oidcConfigOf } from '../auth/oidc/identity-provider.ts';
import { endedCookie, endSession, findSession } from '../auth/sessions.ts';
import type { Reply } from '../context.ts';
import { guard } from '../domain/change.ts';
import { json } from './reply.ts';
import type { Visit } from './visit.ts';

/** POST sign-out; harmless when nobody is signed in. With an identity provider the browser goes on to its LogoutEndpoint. */
export async function signOut({ exchange, store, workforce, now }: Visit): Promise<Reply> {
  const found = await findSession(store, exchange, now);
  // With the worker as read, the activity log knows who it was; a worker whose row changes meanwhile signs out all the same.
  const ended = endSession(exchange);
  if (found && (await store.save([guard('workers', found.worker), ...ended])) === 'conflict') await store.save(ended);
  const config = oidcConfigOf(workforce);
  const reply: SignOutResponse = config ? { goOn: logoutUrl(config.LogoutEndpoint, config.ClientId) } : {};
  return json(reply, { 'Set-Cookie': endedCookie(exchange.secure) });
}

/**
 * The client is named as OpenID Connect RP-Initiated Logout 1.0 has it. Where the browser goes on to is the operator's to
 * put into LogoutEndpoint: an address that the provider does not know makes it refuse the whole sign-out.
 */
function logoutUrl(endpoint: string, clientId: string): string {
  const url = new URL(endpoint);
  if (!url.searchParams.has('client_id')) url.searchParams.set('client_id', clientId);
  return url.href;
}
