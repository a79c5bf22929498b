/** Where AWS serves a service (`endpoint-rule-set-1.json` of both services in botocore), and what an endpoint may be. */
import { InvalidEndpointError, InvalidRegionError, NoEndpointError } from './errors.ts';

export type ServiceName = 'sagemaker' | 'sagemaker-a2i-runtime' | 'holdpoint';

export interface EndpointVariants {
  readonly fips: boolean;
  readonly dualstack: boolean;
}

/** Region pattern, name suffix, suffix of dual-stack names. */
const partitions: readonly (readonly [region: RegExp, suffix: string, dualstackSuffix: string])[] = [
  [/^cn-/, 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  [/^eusc-/, 'amazonaws.eu', 'api.amazonwebservices.eu'],
  [/^us-iso-/, 'c2s.ic.gov', 'api.aws.ic.gov'],
  [/^us-isob-/, 'sc2s.sgov.gov', 'api.aws.scloud'],
  [/^eu-isoe-/, 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  [/^us-isof-/, 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
  [/^/, 'amazonaws.com', 'api.aws'],
];

/** @throws NoEndpointError for Holdpoint's own operations, which AWS does not have. */
export function awsEndpoint(
  service: ServiceName | 's3',
  region: string,
  { fips, dualstack }: EndpointVariants,
): string {
  if (service === 'holdpoint') throw new NoEndpointError();
  const [, suffix, dualstackSuffix] = partitions.find(([pattern]) => pattern.test(region))!;
  const end = `${region}.${dualstack ? dualstackSuffix : suffix}`;
  if (service === 's3') return `https://s3.${end}`;
  const prefix = service === 'sagemaker' ? 'api' : 'a2i-runtime';
  // In AWS's own and its government's partition the control plane has the older form of the name.
  const older = service === 'sagemaker' && !dualstack && suffix === 'amazonaws.com';
  const host = !fips ? `${prefix}.sagemaker` : older ? 'api-fips.sagemaker' : `${prefix}.sagemaker-fips`;
  return `https://${host}.${end}`;
}

/** Whether a host is one of AWS's, which has each service on hosts of its own. */
export const isAws = (url: string): boolean =>
  /^https?:\/\/[^/]+\.(amazonaws\.(com|eu)(\.cn)?|api\.aws)(:|\/|$)/.test(url);

/** @throws InvalidEndpointError for what is no http or https URL. */
export function parseEndpoint(url: string): URL {
  const endpoint = URL.canParse(url) ? new URL(url) : undefined;
  if (endpoint === undefined || !/^https?:$/.test(endpoint.protocol)) throw new InvalidEndpointError(url);
  return endpoint;
}

/** @throws InvalidRegionError for what cannot be a part of a host's name. */
export function checkRegion(region: string): void {
  if (!/^(?!-|\d+$)[a-zA-Z\d-]{1,63}(?<!-)$/.test(region)) throw new InvalidRegionError(region);
}

/** The path of a request to an endpoint that may have one of its own. Before `/` alone nothing is added, as botocore does it. */
export const pathAt = ({ pathname }: URL, path: string): string =>
  path === '/' ? pathname : pathname.replace(/\/$/, '') + path;
