/**
 * The requests of the authorization-code flow (RFC 6749; OpenID Connect Core 1.0) as `CreateWorkforce` describes them:
 * the code goes to TokenEndpoint; what is known of the worker comes from the access token if that is a JWT, else from
 * UserInfoEndpoint (SageMaker developer guide, "Create a private workforce using OIDC").
 */
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import type { Configuration } from 'openid-client';
import type { OidcAttempt } from './attempt.ts';
import type { OidcConfig } from './identity-provider.ts';
import { asked, unverified } from './refused-sign-in.ts';
import { createTrustingFetch, type TrustingFetch } from './trusting-fetch.ts';

export type Claims = Readonly<Record<string, unknown>>;

export interface OidcClient {
  /** Where the browser is sent to begin an attempt. */
  authorizationUrl(config: OidcConfig, attempt: OidcAttempt, redirectUri: string): Promise<string>;
  /**
   * Exchanges a code for what the provider says of the worker, and the ID token, when there is one, which it is shown again
   * at sign-out.
   *
   * @param now milliseconds since 1970, by which the tokens' times are judged
   * @throws RefusedSignIn when the provider says no, cannot be reached, or says what cannot be verified
   */
  claims(
    config: OidcConfig,
    way: { attempt: OidcAttempt; code: string; redirectUri: string; now: number },
  ): Promise<{ readonly claims: Claims; readonly idToken: string | undefined }>;
}

/** Signatures that the provider's public keys can verify; `none` and shared secrets are not among them. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const scopeOf = (config: OidcConfig): string => config.Scope ?? 'openid';
/** Seconds by which the provider's clock may differ. */
const clockTolerance = 60;

/** The libraries are loaded with the first sign-in: a server without a provider never needs them. */
const load = async () => ({ oidc: await import('openid-client'), jose: await import('jose') });
type Libraries = Awaited<ReturnType<typeof load>>;

/** @param ca certificates in PEM form that are trusted besides those that Node trusts */
export function createOidcClient({ ca }: { ca: string | undefined }): OidcClient {
  let fetch: TrustingFetch | undefined;
  let keys: { uri: string; find: JWTVerifyGetKey } | undefined;
  const trustingFetch = (): TrustingFetch => {
    fetch ??= createTrustingFetch(ca);
    return fetch;
  };

  /** Keys stay in memory for ten minutes; a key that is not among them makes them be fetched again, once. */
  function keysOf({ JwksUri }: OidcConfig, { jose }: Libraries): JWTVerifyGetKey {
    if (keys?.uri !== JwksUri) {
      // No pause between two fetches: only tokens that the provider itself has just handed out are verified.
      const options = { cooldownDuration: 0, [jose.customFetch]: trustingFetch() };
      keys = { uri: JwksUri, find: jose.createRemoteJWKSet(new URL(JwksUri), options) };
    }
    return keys.find;
  }

  function configuration(config: OidcConfig, { oidc }: Libraries, now: number): Configuration {
    const server = {
      issuer: config.Issuer,
      authorization_endpoint: config.AuthorizationEndpoint,
      token_endpoint: config.TokenEndpoint,
      userinfo_endpoint: config.UserInfoEndpoint,
      jwks_uri: config.JwksUri,
      id_token_signing_alg_values_supported: algorithms,
    };
    const metadata = {
      [oidc.clockSkew]: Math.round((now - Date.now()) / 1000),
      [oidc.clockTolerance]: clockTolerance,
    };
    const secret = oidc.ClientSecretPost(config.ClientSecret);
    const made = new oidc.Configuration(server, config.ClientId, metadata, secret);
    made[oidc.customFetch] = trustingFetch();
    made.timeout = 10;
    return made;
  }

  return {
    async authorizationUrl(config, attempt, redirectUri) {
      const libraries = await load();
      const { oidc } = libraries;
      const url = oidc.buildAuthorizationUrl(configuration(config, libraries, Date.now()), {
        ...config.AuthenticationRequestExtraParams,
        client_id: config.ClientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: scopeOf(config),
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },

    async claims(config, { attempt, code, redirectUri, now }) {
      const libraries = await load();
      const { oidc, jose } = libraries;
      const made = configuration(config, libraries, now);
      const verify = (token: string): Promise<JWTPayload> => {
        const currentDate = new Date(now);
        const options = { issuer: config.Issuer, algorithms, clockTolerance, currentDate, requiredClaims: ['exp'] };
        return jose.jwtVerify(token, keysOf(config, libraries), options).then(({ payload }) => payload);
      };
      const tokens = await asked('token request', () =>
        oidc.genericGrantRequest(made, 'authorization_code', {
          code,
          redirect_uri: redirectUri,
          code_verifier: attempt.verifier,
        }),
      );
      const idToken = tokens.id_token;
      if (idToken !== undefined) {
        await asked('ID token', () => verify(idToken));
        if (tokens.claims()?.nonce !== attempt.nonce) throw unverified('ID token: nonce');
      }
      if (isJwt(tokens.access_token)) {
        const claims = await asked('access token', () => verify(tokens.access_token));
        requireClient(claims, config);
        return { claims, idToken };
      }
      const claims = await asked('user information', async () => {
        const url = new URL(config.UserInfoEndpoint);
        const response = await oidc.fetchProtectedResource(made, tokens.access_token, url, 'POST');
        if (response.status !== 200) throw unverified(`user information: status ${response.status}`);
        const signed = response.headers.get('content-type')?.startsWith('application/jwt') === true;
        const claims: unknown = signed ? await verify(await response.text()) : await response.json();
        if (typeof claims !== 'object' || claims === null) throw unverified('user information: no object');
        // Else it could be somebody else's (OpenID Connect Core 1.0, 5.3.2).
        const { sub } = claims as Claims;
        if (idToken !== undefined && sub !== tokens.claims()?.sub) throw unverified('user information: sub');
        return claims as Claims;
      });
      return { claims, idToken };
    },
  };
}

/** An access token is for whoever it was made for (RFC 9068): where it names a client, that is us. */
function requireClient(claims: JWTPayload, config: OidcConfig): void {
  for (const name of ['client_id', 'azp'])
    if (claims[name] !== undefined && claims[name] !== config.ClientId) throw unverified(`access token: ${name}`);
}

/** Three parts, of which the first says how the third was made. */
function isJwt(token: string): boolean {
  const parts = token.split('.');
  if (parts.length !== 3) return false;
  try {
    const header: unknown = JSON.parse(Buffer.from(parts[0]!, 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && 'alg' in header;
  } catch {
    return false;
  }
}
