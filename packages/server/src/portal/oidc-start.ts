import { attemptCookie, newAttempt } from '../auth/oidc/attempt.ts';
import { oidcConfigOf } from '../auth/oidc/identity-provider.ts';
import type { Reply } from '../context.ts';
import { goTo } from './reply.ts';
import type { OidcVisit } from './visit.ts';

/** Where the provider sends the browser back to (SageMaker developer guide, "Create a private workforce using OIDC"). */
export const redirectUri = ({ installation }: OidcVisit): string => `${installation.publicUrl}/oauth2/idpresponse`;

/** GET /portal/oidc/start?to=PAGE: begins an attempt and leads to the identity provider. */
export async function startOidc(visit: OidcVisit): Promise<Reply> {
  const { exchange, installation, workforce, oidc, now } = visit;
  const config = oidcConfigOf(workforce);
  if (!config) return goTo('/portal/sign-in');
  const query = new URLSearchParams(exchange.rawQuery);
  // The way back leads to the public address, where a cookie of another host would be missing. Once only: behind a proxy
  // that is not trusted the address never looks like the public one.
  if (new URL(installation.publicUrl).origin !== exchange.origin && !query.has('moved')) {
    query.set('moved', '');
    return goTo(`${installation.publicUrl}/portal/oidc/start?${query}`);
  }
  const attempt = newAttempt(config.Issuer, pageOf(query.get('to')), now);
  const url = await oidc.authorizationUrl(config, attempt, redirectUri(visit));
  return goTo(url, [attemptCookie(attempt, visit.linkSecret, exchange.secure)]);
}

/** Only pages of the portal, so that a crafted link cannot send a worker elsewhere after signing in. */
const pageOf = (path: string | null): string =>
  path !== null && path.length <= 200 && /^\/portal\/work\/[\w%-]+$/.test(path) ? path : '/portal';
