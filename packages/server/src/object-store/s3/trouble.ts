/** What the operator's S3 server answers when it cannot or will not serve, apart from what it answers about one object. */
import { type S3Place, shownPlace } from './place.ts';

export interface Trouble {
  /** What is wrong, in one sentence. */
  readonly sentence: string;
  /** Whether other credentials may help. */
  readonly isAboutCredentials: boolean;
  /** Whether it may be about one object alone: a key that encrypts it, or where it was archived. */
  readonly mayBeOfOne?: true;
}

interface Failure {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  /** Where the bucket is, when it is elsewhere. */
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Credentials that are over or wrong; some servers answer 400 to them. */
const credentialErrors = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSecurity',
  'InvalidToken',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
]);
const elsewhere = new Set(['AuthorizationHeaderMalformed', 'IllegalLocationConstraintException', 'PermanentRedirect']);
const networkErrors = /^(?:E[A-Z]+(?:_[A-Z]+)*|UND_ERR_\w+|CERT_\w+|ERR_\w+|\w+_CERT\w*|\w+_SIGNATURE)$/;

/**
 * Undefined when the answer is about one request only.
 *
 * @param clockStepMs by how much the time that requests are signed with was corrected meanwhile: answers without a body do not
 *   say that it was wrong
 */
export function troubleOf(error: unknown, place: S3Place, clockStepMs = 0): Trouble | undefined {
  const { name = '', code = '', message = '', Region, $metadata, $response } = error as Failure;
  const region = Region ?? $response?.headers?.['x-amz-bucket-region'];
  const status = $metadata?.httpStatusCode;
  const where = `The object store ${shownPlace(place)}`;
  const tell = (sentence: string, isAboutCredentials = false): Trouble => ({ sentence, isAboutCredentials });
  if (name === 'CredentialsProviderError')
    return tell(`There are no credentials for the object store: ${message}`, true);
  if (credentialErrors.has(name)) return tell(`${where} does not accept the credentials (${name}).`, true);
  if (name === 'NoSuchBucket') return tell(`${where} cannot be used: there is no bucket ${place.bucket}.`);
  if (elsewhere.has(name) || status === 301)
    return tell(
      region === undefined
        ? `${where} is in another region than ${place.region ?? 'the one of the AWS settings'} (${name}).`
        : `${where} is in the region ${region}, not in ${place.region ?? 'the one of the AWS settings'}: its address needs region=${region}.`,
    );
  if (message.startsWith('Region is missing')) return tell(`${where} needs a region: add ?region=… to it.`);
  if (name === 'RequestTimeTooSkewed' || (status === 403 && clockStepMs >= mostStepMs))
    return tell(`${where} refuses access, because its clock or that of this server was set anew.`);
  if (status === 401 || status === 403)
    return { ...tell(`${where} refuses access (${named(name, status)}).`, true), mayBeOfOne: true };
  if (status !== undefined && (status === 429 || (status >= 500 && status !== 501)))
    return tell(`${where} cannot serve now (${named(name, status)}).`);
  if (status !== undefined && status >= 200 && status < 300) return tell(`${where} is no S3 server: ${message}`);
  if (status === undefined && networkErrors.test(code)) return tell(`${where} cannot be reached (${code}).`);
  if (status === undefined && name === 'TimeoutError') return tell(`${where} does not answer in time.`);
  return undefined;
}

/** Milliseconds; S3 takes signatures whose time differs by less than 15 minutes, some servers by less than 5. */
const mostStepMs = 4 * 60_000;

/** Answers without a body have no code. */
const named = (name: string, status: number): string =>
  /^[A-Z]\w+$/.test(name) && !['Error', 'Unknown', 'UnknownError', 'NotFound'].includes(name)
    ? name
    : `status ${status}`;

/** Whether an object is not there. */
export function isAbsent(error: unknown): boolean {
  const { name = '', $metadata } = error as Failure;
  return $metadata?.httpStatusCode === 404 && name !== 'NoSuchBucket';
}

export const statusOf = (error: unknown): number | undefined => (error as Failure).$metadata?.httpStatusCode;
