// A real OpenID Connect provider (oidc-provider) on loopback, over https with a certificate of its own.
import { generateKeyPairSync, type JsonWebKey, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { decodeJwt, importJWK, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import type { Certificate } from './make-certificate.ts';

export type Account = Readonly<Record<string, unknown>>;
type Tokens = { access_token: string; id_token?: string; token_type?: string };

export interface IdentityProvider {
  readonly issuer: string;
  /** `OidcConfig` for CreateWorkforce. */
  readonly config: {
    ClientId: string;
    ClientSecret: string;
    Issuer: string;
    AuthorizationEndpoint: string;
    TokenEndpoint: string;
    UserInfoEndpoint: string;
    LogoutEndpoint: string;
    JwksUri: string;
  };
  /** By what is typed as user name; the claims of each. */
  readonly accounts: Map<string, Account>;
  /** How access tokens look from now on. */
  format: 'jwt' | 'opaque';
  /** Changes what the token endpoint answers. */
  tamper: ((tokens: Tokens) => Promise<Tokens> | Tokens) | undefined;
  /** Requests by path, since the start. */
  readonly asked: string[];
  /** Signs what is in a token, with changes, by the provider's key. */
  resign(token: string, changes: JWTPayload): Promise<string>;
  /** Another key under another name takes the place of the one there is. */
  rotateKeys(): void;
  close(): Promise<void>;
}

export const clientId = 'holdpoint';
const clientSecret = 'a secret with + & = and % in it';
const resource = 'https://portal.example';
/** The claims that A2I names; they are in every token. */
const claimNames = ['groups', 'sub', 'client_id', 'name'].flatMap((name) => [`sagemaker:${name}`, `sagemaker-${name}`]);

/** @param redirectUri the portal's `/oauth2/idpresponse` */
export async function startIdentityProvider(settings: {
  certificate: Certificate;
  redirectUri: string;
}): Promise<IdentityProvider> {
  const { certificate, redirectUri } = settings;
  const accounts = new Map<string, Account>();
  const asked: string[] = [];
  let key: JsonWebKey;
  let provider: Provider;
  const server = createServer({ key: certificate.key, cert: certificate.certificate }, (request, response) => {
    const path = new URL(request.url ?? '/', issuer).pathname;
    asked.push(path);
    if (path.startsWith('/interaction/')) void interact(request, response);
    else provider.callback()(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `https://localhost:${(server.address() as AddressInfo).port}`;

  /** The page on which people say who they are. */
  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/html');
      response.end('<form method="post"><label>User name <input name="user"></label> <button>Go on</button></form>');
      return;
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const user = new URLSearchParams(body).get('user') ?? '';
    const result = accounts.has(user)
      ? { login: { accountId: user } }
      : { error: 'access_denied', error_description: 'nobody' };
    await provider.interactionFinished(request, response, result);
  }

  const open = (): void => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256', use: 'sig' };
    provider = new Provider(issuer, configuration());
    provider.use(async (context, next) => {
      await next();
      const tokens = context.body as Tokens | undefined;
      if (context.oidc?.route === 'token' && self.tamper && tokens?.access_token)
        context.body = await self.tamper(tokens);
    });
  };

  const configuration = (): object => ({
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['of the tests'] },
    claims: { openid: ['sub', 'email', 'email_verified', ...claimNames] },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, id: string) => {
      const account = accounts.get(id);
      return account && { accountId: id, claims: async () => ({ sub: id, ...account }) };
    },
    extraTokenClaims: (_: unknown, token: { accountId: string }) => accounts.get(token.accountId),
    // Whoever signs in agrees.
    loadExistingGrant: async ({ oidc }: { oidc: NonNullable<import('oidc-provider').Context['oidc']> }) => {
      const grant = new provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope('openid email');
      grant.addResourceScope(resource, 'openid');
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => (self.format === 'jwt' ? resource : undefined),
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'openid', accessTokenFormat: 'jwt', audience: resource }),
      },
    },
  });

  const self: IdentityProvider = {
    issuer,
    config: {
      ClientId: clientId,
      ClientSecret: clientSecret,
      Issuer: issuer,
      AuthorizationEndpoint: `${issuer}/auth`,
      TokenEndpoint: `${issuer}/token`,
      UserInfoEndpoint: `${issuer}/me`,
      LogoutEndpoint: `${issuer}/session/end`,
      JwksUri: `${issuer}/jwks`,
    },
    accounts,
    asked,
    format: 'jwt',
    tamper: undefined,
    async resign(token, changes) {
      const header = { alg: 'RS256', kid: String(key.kid) };
      const payload = { ...decodeJwt(token), ...changes };
      return new SignJWT(payload).setProtectedHeader(header).sign(await importJWK(key as never, 'RS256'));
    },
    rotateKeys: open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  open();
  return self;
}
