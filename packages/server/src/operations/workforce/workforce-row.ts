import { isIP } from 'node:net';
import { ApiError, type OperationInput, type OperationOutput, workforceArn } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { Workforce } from '../../domain/rows.ts';

export type WireWorkforce = OperationOutput<'DescribeWorkforce'>['Workforce'];

/** A workforce as replies show it: never with the client secret. */
export function wireWorkforce(context: OperationContext, workforce: Workforce): WireWorkforce {
  const { OidcConfig, SourceIpConfig, WorkforceVpcConfig, ...config } = workforce.config;
  const { ClientSecret: _secret, ...oidc } = (OidcConfig ?? {}) as Record<string, unknown>;
  const vpc = WorkforceVpcConfig as Record<string, unknown> | undefined;
  return {
    WorkforceName: workforce.name,
    WorkforceArn: workforceArn(context.installation, workforce.name),
    LastUpdatedDate: new Date(workforce.updatedAt),
    CreateDate: new Date(workforce.createdAt),
    SubDomain: new URL(context.installation.publicUrl).host,
    SourceIpConfig: SourceIpConfig ?? { Cidrs: [] },
    Status: 'Active',
    ...config,
    ...(OidcConfig !== undefined && { OidcConfig: oidc }),
    ...(vpc?.VpcId !== undefined && { WorkforceVpcConfig: vpc }),
  } as WireWorkforce;
}

/** @throws ApiError ValidationException, in the words by which Terraform recognises a missing workforce. */
export async function loadWorkforce(context: OperationContext, name: string): Promise<Workforce> {
  const workforce = await context.store.workforceByName(name);
  if (!workforce) throw new ApiError('ValidationException', `No workforce found with name ${name}.`);
  return workforce;
}

/** @throws ApiError ValidationException when a block of addresses is not an IPv4 or IPv6 CIDR or there are more than ten. */
export function requireCidrs(sourceIpConfig: { Cidrs: readonly string[] } | undefined): void {
  const cidrs = sourceIpConfig?.Cidrs ?? [];
  if (cidrs.length > 10) throw new ApiError('ValidationException', 'SourceIpConfig can have at most 10 CIDR blocks.');
  for (const cidr of cidrs)
    if (!isCidr(cidr))
      throw new ApiError('ValidationException', `'${cidr}' in SourceIpConfig.Cidrs is not a CIDR block.`);
}

function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  const kind = isIP(address);
  return (kind === 4 && Number(bits) <= 32) || (kind === 6 && Number(bits) <= 128);
}

/** Parameters of the request to AuthorizationEndpoint that every sign-in sets itself (RFC 6749; RFC 7636; OpenID Connect Core 1.0). */
const ownParameters: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
]);

/** @throws ApiError ValidationException when an endpoint is no URL, or an extra parameter would replace one that keeps sign-in safe. */
export function requireOidcConfig(config: OperationInput<'UpdateWorkforce'>['OidcConfig']): void {
  if (!config) return;
  const { Issuer, AuthorizationEndpoint, TokenEndpoint, UserInfoEndpoint, LogoutEndpoint, JwksUri } = config;
  const endpoints = { Issuer, AuthorizationEndpoint, TokenEndpoint, UserInfoEndpoint, LogoutEndpoint, JwksUri };
  for (const [name, url] of Object.entries(endpoints))
    if (!URL.canParse(url)) throw new ApiError('ValidationException', `OidcConfig.${name} is not a URL.`);
  for (const name of Object.keys(config.AuthenticationRequestExtraParams ?? {}))
    if (ownParameters.has(name))
      throw new ApiError(
        'ValidationException',
        `OidcConfig.AuthenticationRequestExtraParams cannot have ${name}: every sign-in sets it itself.`,
      );
}
