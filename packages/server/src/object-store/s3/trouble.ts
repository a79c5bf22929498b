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

/** Undefined when the answer is about one request only. */
export function troubleOf(error: unknown, place: S3Place): Trouble | undefined {
  const { name = '', code = '', message = '', $metadata } = error as Failure;
  const status = $metadata?.httpStatusCode;
  const where = `The object store ${shownPlace(place)}`;
  const tell = (sentence: string, isAboutCredentials = false): Trouble => ({ sentence, isAboutCredentials });
  if (name === 'CredentialsProviderError')
    return tell(`There are no credentials for the object store: ${message}`, true);
  if (credentialErrors.has(name)) return tell(`${where} does not accept the credentials (${name}).`, true);
  if (name === 'NoSuchBucket') return tell(`${where} cannot be used: there is no bucket ${place.bucket}.`);
  if (elsewhere.has(name) || status === 301)
    return tell(`${where} is in another region than ${place.region ?? 'the one of the AWS settings'} (${name}).`);
  if (message.startsWith('Region is missing')) return tell(`${where} needs a region: add ?region=… to it.`);
  const minutesOff = status === 403 ? Math.round(clockDifference(error as Failure) / 60_000) : 0;
  if (minutesOff >= clockMinutes || name === 'RequestTimeTooSkewed')
    return tell(
      `${where} refuses access, because its clock and that of this server differ${minutesOff > 0 ? ` by ${minutesOff} minutes` : ''}.`,
    );
  if (status === 401 || status === 403)
    return { ...tell(`${where} refuses access (${named(name, status)}).`, true), mayBeOfOne: true };
  if (status !== undefined && (status === 429 || (status >= 500 && status !== 501)))
    return tell(`${where} cannot serve now (${named(name, status)}).`);
  if (status !== undefined && status >= 200 && status < 300) return tell(`${where} is no S3 server: ${message}`);
  if (status === undefined && networkErrors.test(code)) return tell(`${where} cannot be reached (${code}).`);
  if (status === undefined && name === 'TimeoutError') return tell(`${where} does not answer in time.`);
  return undefined;
}

/** Minutes; S3 takes signatures whose time differs by less than 15, some servers by less than 5. */
const clockMinutes = 5;

/** Milliseconds by which the clock of the server that answered and this one differ; 0 where it does not say its time. */
function clockDifference({ $response }: Failure): number {
  const theirs = Date.parse($response?.headers?.date ?? '');
  return Number.isNaN(theirs) ? 0 : Math.abs(theirs - Date.now());
}

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
