/** What a failed command says in its one line, and with which code it ends: 1 for wrong use, 2 for a failure, 130 for Ctrl-C. */
import { ConfigError } from '../config.ts';
import { Interrupted } from './interruption.ts';
import { UsageError } from './usage-error.ts';

/** Errors of the client that say what is wrong with what it was given; told by name, so that nothing has to be loaded. */
const settingErrors = new Set([
  'InvalidEndpointError',
  'InvalidRegionError',
  'NoCredentialsError',
  'NoRegionError',
  'ParamValidationError',
  'PartialCredentialsError',
  'ProfileNotFound',
]);

export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return Interrupted.exitCode;
  const isUse = error instanceof UsageError || error instanceof ConfigError;
  return isUse || (error instanceof Error && (settingErrors.has(error.name) || isConstraint(error))) ? 1 : 2;
}

export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const say = sentences[error.name];
  return say === undefined ? error.message : say(error as Failure);
}

type Failure = Error & { readonly cause?: unknown; readonly url?: string; readonly report?: readonly string[] };

const sentences: Readonly<Record<string, (error: Failure) => string>> = {
  EndpointConnectionError: (error) =>
    `The server at ${originOf(error)} cannot be reached (${reasonOf(error.cause)}). Is it running?`,
  ConnectTimeoutError: (error) =>
    `The server at ${originOf(error)} cannot be reached (no connection in time). Is it running?`,
  ReadTimeoutError: (error) => `The server at ${originOf(error)} did not answer in time.`,
  ConnectionClosedError: (error) => `The server at ${originOf(error)} closed the connection without an answer.`,
  NoRegionError: () => 'No region is set: give --region, or set AWS_REGION.',
  NoCredentialsError: ({ message }) =>
    `${message.replace(/^Unable to locate credentials\.?/, 'There are no credentials:').trim()} ${
      message === 'Unable to locate credentials'
        ? 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile.'
        : ''
    }`.trim(),
  PartialCredentialsError: ({ message }) => `${message}.`,
  ProfileNotFound: ({ message }) => `${message}.`,
  ParamValidationError: ({ report = [] }) => report.map(readableLength).join(' '),
  InvalidEndpointError: ({ message }) => `${message}. An endpoint is an http or https URL.`,
  UnrecognizedClientException: () =>
    'The server does not know this access key, or its session token: see "holdpoint key list" on the server.',
  InvalidSignatureException: ({ message }) =>
    /does not match/.test(message)
      ? 'The secret access key is not the one that belongs to the access key id.'
      : message,
  ExpiredTokenException: () => 'The credentials have expired; get new ones and try again.',
  ValidationException: ({ message }) => readable(message),
};

const originOf = ({ url = '' }: Failure): string => (URL.canParse(url) ? new URL(url).origin : 'the endpoint');

/** The code inside what the runtime says: below the surface when several addresses failed. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no connection';
  const { code } = cause as { code?: unknown };
  if (typeof code === 'string') return code;
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  return cause.cause === undefined ? cause.message : reasonOf(cause.cause);
}

const constraints = /^\d+ validation errors? detected: (.*)$/s;

/** Something that was given is no such thing, on any server. */
const isConstraint = ({ name, message }: Error): boolean => name === 'ValidationException' && constraints.test(message);

/** The API's wording of constraints, for people: `'a_b' is not the name of a flow: …`, `taskTitle must have …`. */
function readable(message: string): string {
  const violations = constraints.exec(message)?.[1];
  if (violations === undefined) return message;
  const sentences = violations.split(/; (?=Value)/).map(
    (violation) =>
      readableName(violation) ??
      violation
        .replace(
          /^Value (?:'([^']*)' |null )?at '([^']+)' failed to satisfy constraint: Member must/s,
          (_all, value: string | undefined, path: string) => `${path}${value === undefined ? '' : ` '${value}'`} must`,
        )
        .replace('satisfy regular expression pattern: ', 'match the pattern ')
        .replace('satisfy enum value set: ', 'be one of ')
        .replace(/\.?$/, '.'),
  );
  return [...new Set(sentences)].join(' ');
}

/** What people type most often, in words instead of patterns. */
const kinds: Readonly<Record<string, string>> = {
  accessKeyId: 'the id of an access key',
  deliveryIds: 'the id of a delivery',
  email: 'an e-mail address',
  eventBus: 'the ARN or name of an event bus',
  flowDefinitionArn: 'the ARN of a flow',
  flowDefinitionName: 'the name of a flow: lower-case letters, digits and hyphens inside, at most 63',
  humanLoopName: 'the name of a human loop: letters, digits and hyphens inside, at most 63',
  humanTaskUiName: 'the name of a template: lower-case letters, digits and hyphens inside, at most 63',
  topicArn: 'the ARN of a topic',
  workforceName: 'the name of a workforce: letters, digits and hyphens, at most 63',
  workteamName: 'the name of a workteam: letters, digits and hyphens inside, at most 63',
  workteams: 'the name of a workteam: letters, digits and hyphens inside, at most 63',
};

function readableName(violation: string): string | undefined {
  const [, value, path = ''] = /^Value '([^']*)' at '([^']+)' failed /.exec(violation) ?? [];
  const kind = kinds[path.replace(/\.\d+\.member$/, '')];
  return value === undefined || kind === undefined ? undefined : `'${value}' is not ${kind}.`;
}

function readableLength(line: string): string {
  const [, name = '', length, least] =
    /^Invalid length for parameter (\w+), value: (\d+), valid min length: (\d+)$/.exec(line) ?? [];
  if (length === undefined) return line;
  const kind = kinds[name.charAt(0).toLowerCase() + name.slice(1)];
  if (length === '0') return kind === undefined ? `${name} is empty.` : `An empty text is not ${kind}.`;
  return `${name} has a length of ${length}; it has to be at least ${least}.`;
}
