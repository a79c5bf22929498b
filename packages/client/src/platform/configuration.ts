/** Settings from the environment and the shared files (AWS SDKs and Tools Reference Guide), in botocore's order. */
import type { ServiceName } from '../endpoint.ts';
import { InvalidConfigError, ProfileNotFound } from '../errors.ts';
import { findCredentials } from './find-credentials.ts';
import type { Configuration, ConfigurationOptions, Environment } from './platform.ts';
import { type Profile, readProfile } from './profile.ts';

/** Services as variables and the `services` section name them. Holdpoint's own operations are served where `sagemaker` is. */
const configNames = {
  sagemaker: 'sagemaker',
  'sagemaker-a2i-runtime': 'sagemaker_a2i_runtime',
  holdpoint: 'sagemaker',
  s3: 's3',
} as const;

export function configure({ profile: named, environment = process.env }: ConfigurationOptions): Configuration {
  const fromVariable = environment.AWS_DEFAULT_PROFILE || environment.AWS_PROFILE || undefined;
  const name = named || fromVariable || 'default';
  const profile = readProfile(name, environment);
  if (profile === undefined && (named || fromVariable)) throw new ProfileNotFound(name);
  /** A variable, or the key of the profile that says the same. */
  const setting = (variable: string, key: string): string | undefined => {
    const configured = profile?.settings[key];
    return environment[variable] || (typeof configured === 'string' ? configured : undefined);
  };
  const isSet = (variable: string, key: string): boolean => setting(variable, key)?.toLowerCase() === 'true';
  return {
    profileName: profile?.name,
    region: environment.AWS_REGION || setting('AWS_DEFAULT_REGION', 'region'),
    endpointOf: isSet('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'ignore_configured_endpoint_urls')
      ? undefined
      : (service) => configuredEndpoint(service, environment, profile),
    variants: {
      fips: isSet('AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint'),
      dualstack: isSet('AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint'),
    },
    credentials: () => findCredentials(environment, profile, Boolean(named)),
    maxAttempts: maxAttempts(
      setting('AWS_MAX_ATTEMPTS', 'max_attempts'),
      setting('AWS_RETRY_MODE', 'retry_mode') ?? 'legacy',
    ),
    caBundle: setting('AWS_CA_BUNDLE', 'ca_bundle'),
  };
}

/** `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services` section, its `endpoint_url`. */
function configuredEndpoint(
  service: ServiceName | 's3',
  environment: Environment,
  profile: Profile | undefined,
): string | undefined {
  const name = configNames[service];
  const fromVariable = environment[`AWS_ENDPOINT_URL_${name.toUpperCase()}`] || environment.AWS_ENDPOINT_URL;
  if (fromVariable || profile === undefined) return fromVariable || undefined;
  const { services, settings } = profile;
  if (services === undefined)
    throw new InvalidConfigError(
      `The profile is configured to use the services section but the "${settings.services}" services configuration does not exist.`,
    );
  const section = services[name];
  const candidates = [typeof section === 'object' ? section.endpoint_url : undefined, settings.endpoint_url];
  return candidates.find((url): url is string => typeof url === 'string');
}

/** botocore's numbers: `legacy`, boto3's default, tries five times in all, the others three times. */
function maxAttempts(given: string | undefined, mode: string): number {
  if (!retryModes.includes(mode))
    throw new InvalidConfigError(
      `Invalid value provided to "mode": "${mode}" must be one of: ${retryModes.join(', ')}`,
    );
  if (given === undefined) return mode === 'legacy' ? 5 : 3;
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidConfigError(
    `Value provided to "max_attempts": ${given} must be an integer greater than or equal to 1.`,
  );
}

const retryModes = ['legacy', 'standard', 'adaptive'];
