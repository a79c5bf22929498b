/** Where a workforce's people sign in: at its OpenID Connect provider, or with passwords and links of this server. */
import { createHash } from 'node:crypto';
import type { Worker, WorkerIdentity, Workforce } from '../../domain/rows.ts';

/** `OidcConfig` of `CreateWorkforce`, with its secret. */
export interface OidcConfig {
  readonly ClientId: string;
  readonly ClientSecret: string;
  readonly Issuer: string;
  readonly AuthorizationEndpoint: string;
  readonly TokenEndpoint: string;
  readonly UserInfoEndpoint: string;
  readonly LogoutEndpoint: string;
  readonly JwksUri: string;
  readonly Scope?: string | undefined;
  readonly AuthenticationRequestExtraParams?: Readonly<Record<string, string>> | undefined;
}

/** The provider of a workforce; undefined when its people are in the built-in directory, or there is no workforce. */
export const oidcConfigOf = (workforce: Workforce | undefined): OidcConfig | undefined =>
  workforce?.config.OidcConfig as OidcConfig | undefined;

/**
 * Whether a worker is one of those who may sign in now. A workforce has one source of people (SageMaker API reference,
 * CreateWorkforce): with a provider it is that provider's accounts, and what is left of another provider or of the
 * built-in directory stays outside, though its groups may have the same names.
 */
export function isOfWorkforce(worker: Worker, workforce: Workforce | undefined): boolean {
  const { identityProviderType, issuer } = worker.identity;
  const config = oidcConfigOf(workforce);
  return config ? identityProviderType === 'Oidc' && issuer === config.Issuer : identityProviderType === 'Cognito';
}

/** Who the account `sub` of a provider is in `output.json`. */
export const oidcIdentity = (issuer: string, sub: string): WorkerIdentity => ({
  workerId: sha256(`${issuer}/${sub}`).slice(0, 16),
  identityProviderType: 'Oidc',
  issuer,
  sub,
});

/**
 * The id of that account's worker. It follows from provider and account, so that the table's own key finds the one and
 * refuses a second one; nothing else of the account, its e-mail address least of all, leads to a worker.
 */
export function oidcWorkerId(issuer: string, sub: string): string {
  const hex = sha256(JSON.stringify([issuer, sub]));
  // The form of a UUID of version 8 (RFC 9562), as ids of workers are UUIDs.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
