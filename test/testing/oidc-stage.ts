// A server whose workforce signs in at an identity provider, both made for one test file.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts';
import { makeCertificate } from './make-certificate.ts';
import { startTestServer, type TestServer, temporaryFolder } from './test-server.ts';
import { createWebVisitor, type Seen, type WebVisitor } from './web-visitor.ts';

export interface OidcStage {
  readonly server: TestServer;
  readonly provider: IdentityProvider;
  visitor(): WebVisitor;
  /** Goes to the provider, says who it is, and stops at the address that leads back. */
  comeBack(visitor: WebVisitor, user?: string, to?: string): Promise<URL>;
  /** The whole way; what the portal answers in the end. */
  signIn(visitor: WebVisitor, user?: string, to?: string): Promise<Seen>;
  close(): Promise<void>;
}

/** The claims of somebody who may sign in. */
export const account = (name: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  'sagemaker:groups': ['reviewers'],
  'sagemaker:sub': `sub-of-${name}`,
  'sagemaker:client_id': 'holdpoint',
  'sagemaker:name': name,
  ...more,
});

/** The directory keeps one worker from before, `directory@example.com`. */
export async function openOidcStage(): Promise<OidcStage> {
  const certificate = makeCertificate();
  const folder = await temporaryFolder();
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificate.certificate);
  const server = await startTestServer({ config: { caFile } });
  const provider = await startIdentityProvider({ certificate, redirectUri: `${server.url}/oauth2/idpresponse` });
  await server.hire('directory@example.com');
  await server.client.call('DeleteWorkteam', { WorkteamName: 'reviewers' });
  await server.client.call('DeleteWorkforce', { WorkforceName: 'default' });
  await server.client.call('CreateWorkforce', { WorkforceName: 'sso', OidcConfig: provider.config });

  async function comeBack(visitor: WebVisitor, user = 'ada', to = ''): Promise<URL> {
    const start = `${server.url}/portal/oidc/start${to && `?to=${encodeURIComponent(to)}`}`;
    const page = await visitor.open(start, { stop: isWayBack });
    if (isWayBack(page.url)) return page.url;
    if (!page.text.includes('User name')) throw new Error(`The provider showed no sign-in:\n${page.text}`);
    return (await visitor.open(page.url.href, { form: `user=${user}`, stop: isWayBack })).url;
  }

  return {
    server,
    provider,
    visitor: () => createWebVisitor(certificate.certificate),
    comeBack,
    signIn: async (visitor, user, to) => visitor.open((await comeBack(visitor, user, to)).href),
    async close() {
      await provider.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

const isWayBack = (url: URL): boolean => url.pathname === '/oauth2/idpresponse';
