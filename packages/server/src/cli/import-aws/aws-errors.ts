/** What of AWS's errors ends the reading, in sentences that say what to do. */
import { UsageError } from '../usage-error.ts';
import { oneSentence } from './sentences.ts';

/** Somebody asked for what is not there. */
export class NotAtAws extends Error {}

/** Errors after which no other call would fare better. */
const refusals: Readonly<Record<string, string>> = {
  ExpiredTokenException:
    'The AWS credentials have expired; get new ones (for example by "aws sso login") and run this again.',
  ExpiredToken: 'The AWS credentials have expired; get new ones (for example by "aws sso login") and run this again.',
  UnrecognizedClientException:
    'AWS does not know the access key or its session token; check the profile that --aws-profile names.',
  InvalidClientTokenId: 'AWS does not know the access key; check the profile that --aws-profile names.',
  InvalidSignatureException:
    'AWS refused the signature: the secret access key is not the one that belongs to the access key id.',
  MissingAuthenticationTokenException:
    'AWS found no credentials in the request; check the profile that --aws-profile names.',
};

const withoutCredentials = new Set(['NoCredentialsError', 'PartialCredentialsError', 'CredentialRetrievalError']);
const withoutAnswer = new Set(['EndpointConnectionError', 'ConnectTimeoutError', 'SSLError']);

/** The error that ends everything; undefined for one that only costs what the call was about. */
export function fatalOf(error: unknown, endpointUrl: string): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  if (error instanceof NotAtAws) return new UsageError(message);
  if (Object.hasOwn(refusals, name)) return new Error(refusals[name]);
  if (withoutCredentials.has(name))
    return new UsageError(
      `There are no usable AWS credentials (${message}): name a profile with --aws-profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    );
  if (withoutAnswer.has(name))
    return new Error(
      `AWS cannot be reached at ${endpointUrl}: ${oneSentence(error.cause ?? error)} The files of the aws CLI do as well: see --from-directory.`,
    );
  return undefined;
}
