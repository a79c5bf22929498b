/**
 * Every setting, once: its flag, its variable, its key in `DIR/config.json`, its default and what it does.
 * A flag wins over the variable, the variable over the file, the file over the default.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailSettingsProblem } from './mail/mail-settings.ts';
import { suggestion } from './nearest.ts';

export interface SettingDefinition {
  /** camelCase; the flag is `--kebab-case`, the variable `HOLDPOINT_SNAKE_CASE`. */
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean';
  readonly default: string | number | boolean;
  /** What stands after the flag in the help, for example `DIR`. */
  readonly value?: string;
  /** All that it can be, where that is few words. */
  readonly choices?: readonly string[];
  readonly sentence: string;
}

export const settingDefinitions = [
  {
    name: 'data',
    type: 'text',
    default: './data',
    value: 'DIR',
    sentence: 'The folder that holds everything: database, objects, credentials.',
  },
  {
    name: 'databaseUrl',
    type: 'text',
    default: '',
    value: 'URL',
    sentence:
      'A PostgreSQL database, postgres://USER:PASSWORD@HOST:PORT/NAME, instead of the file in --data; others see the command line, so prefer the variable.',
  },
  {
    name: 'databaseConnections',
    type: 'number',
    default: 10,
    value: 'N',
    sentence: 'Most connections that read from PostgreSQL at once; about ten more save and listen.',
  },
  {
    name: 'databasePartitions',
    type: 'number',
    default: 0,
    value: 'N',
    sentence: 'Into how many parts PostgreSQL splits the large tables, decided when they are made; 0 is not at all.',
  },
  {
    name: 'objectStore',
    type: 'text',
    default: '',
    value: 'PLACE',
    sentence:
      'Where objects are: folder:DIR, or s3://BUCKET/PREFIX with ?endpoint=URL, &region=NAME and &path-style=true|false as needed; by default the folder objects in --data. Credentials for S3 come from the AWS settings.',
  },
  {
    name: 'host',
    type: 'text',
    default: '127.0.0.1',
    value: 'H',
    sentence: 'The address to listen on; 0.0.0.0 or :: serves other machines.',
  },
  { name: 'port', type: 'number', default: 7800, value: 'N', sentence: 'The port to listen on; 0 takes a free one.' },
  {
    name: 'metricsListen',
    type: 'text',
    default: '',
    value: 'ADDRESS:PORT',
    sentence:
      'Serves /metrics also at an address and port of its own, over http and without a key, for a Prometheus that nobody else can reach it beside; without it /metrics needs an access key.',
  },
  {
    name: 'publicUrl',
    type: 'text',
    default: '',
    value: 'URL',
    sentence:
      'The base of every link that is handed out; by default http(s)://localhost:PORT. Its host and port are the SubDomain of workteams.',
  },
  {
    name: 'accountId',
    type: 'text',
    default: '',
    value: '12 DIGITS',
    sentence: 'The account id in ARNs; fixed at the first start (000000000000 unless given).',
  },
  {
    name: 'region',
    type: 'text',
    default: '',
    value: 'REGION',
    sentence: 'The region in ARNs and of the signatures; fixed at the first start (us-east-1 unless given).',
  },
  {
    name: 'tlsCert',
    type: 'text',
    default: '',
    value: 'FILE',
    sentence: 'A PEM file with the certificate chain; serves https together with --tls-key.',
  },
  { name: 'tlsKey', type: 'text', default: '', value: 'FILE', sentence: 'A PEM file with the private key.' },
  {
    name: 'caFile',
    type: 'text',
    default: '',
    value: 'FILE',
    sentence:
      'A PEM file with certificates that are trusted besides those that Node trusts, in requests to the identity provider of the workforce, to the mail server and to the AI services.',
  },
  {
    name: 'trustedProxy',
    type: 'text',
    default: '',
    value: 'ADDRESSES',
    sentence: 'Addresses or CIDR blocks, separated by commas, whose X-Forwarded-For, -Proto and -Host are believed.',
  },
  {
    name: 'allowPrivateTargets',
    type: 'boolean',
    default: false,
    sentence: 'Lets event targets and push services be on loopback and private addresses.',
  },
  {
    name: 'textractEndpoint',
    type: 'text',
    default: '',
    value: 'URL',
    sentence:
      'Where requests to Amazon Textract are passed on to: aws for AWS’s own of the region, or the URL of what speaks like it; without it they are refused. They are signed with the credentials of the AWS settings.',
  },
  {
    name: 'rekognitionEndpoint',
    type: 'text',
    default: '',
    value: 'URL',
    sentence: 'The same for Amazon Rekognition.',
  },
  {
    name: 'aiServicesRegion',
    type: 'text',
    default: '',
    value: 'REGION',
    sentence:
      'The region of --textract-endpoint and --rekognition-endpoint, whatever region their callers sign for; that of --region unless given.',
  },
  {
    name: 'aiServiceSeconds',
    type: 'number',
    default: 60,
    value: 'SECONDS',
    sentence: 'How long Textract or Rekognition may take to begin their answer to a request.',
  },
  {
    name: 'mailUrl',
    type: 'text',
    default: '',
    value: 'URL',
    sentence:
      'The server that takes mail, smtp://USER:PASSWORD@HOST:PORT (encrypted by STARTTLS) or smtps://…; without it no mail is sent. Others see the command line, so prefer the variable.',
  },
  {
    name: 'mailFrom',
    type: 'text',
    default: '',
    value: 'ADDRESS',
    sentence: 'The address that mail comes from, such as Reviews <reviews@example.com>.',
  },
  {
    name: 'pushContact',
    type: 'text',
    default: '',
    value: 'URL',
    sentence:
      'How the people of push services reach those who run this server: mailto:ADDRESS or an https URL; by default --mail-from, else the public URL.',
  },
  {
    name: 'gallery',
    type: 'boolean',
    default: true,
    value: 'true|false',
    sentence: 'Shows every element with an example to try under /gallery/, to whoever can reach the server.',
  },
  {
    name: 'logLevel',
    type: 'text',
    default: 'info',
    value: 'LEVEL',
    choices: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    sentence: 'The least serious messages that are logged.',
  },
  {
    name: 'clockSkewSeconds',
    type: 'number',
    default: 900,
    value: 'SECONDS',
    sentence: 'How far a signature’s date may be from this machine’s clock.',
  },
  {
    name: 'bodyLimitBytes',
    type: 'number',
    default: 48 * 1024 * 1024,
    value: 'BYTES',
    sentence: 'The largest body of an API request (objects in buckets are not limited by it).',
  },
  {
    name: 'bodiesInFlightBytes',
    type: 'number',
    default: 256 * 1024 * 1024,
    value: 'BYTES',
    sentence: 'The most bytes of request bodies held in memory at once; above it requests are throttled.',
  },
  {
    name: 'requestsInFlight',
    type: 'number',
    default: 1000,
    value: 'N',
    sentence:
      'Most requests of the API, of the portal and of the S3 endpoint, each, under way at once in this server; above it they are throttled, starts, submissions and uploads only above twice as many. 0 is no limit.',
  },
  {
    name: 'answerLimitBytes',
    type: 'number',
    default: 8 * 1024 * 1024,
    value: 'BYTES',
    sentence: 'The largest answer that a worker can submit.',
  },
  {
    name: 'operatorGroups',
    type: 'text',
    default: '',
    value: 'GROUPS',
    sentence:
      'Groups of the identity provider whose members are operators, who run the server in the console; several with spaces between them. Of the built-in directory those are operators who were made so.',
  },
  {
    name: 'undoSeconds',
    type: 'number',
    default: 5,
    value: 'SECONDS',
    sentence:
      'How long a worker can take a submitted answer back, where the flow definition’s tag holdpoint:undo-seconds does not say; its loop waits for so long before it is Completed. 0 makes answers final at once.',
  },
  {
    name: 'inFlightHumanLoops',
    type: 'number',
    default: 0,
    value: 'N',
    sentence: 'Quota of human loops that are InProgress or Stopping; 0 is no limit.',
  },
  {
    name: 'flowDefinitions',
    type: 'number',
    default: 0,
    value: 'N',
    sentence: 'Quota of flow definitions; 0 is no limit.',
  },
  {
    name: 'requestsPerSecond',
    type: 'number',
    default: 0,
    value: 'N',
    sentence: 'Quota of API requests a second; 0 is no limit.',
  },
  {
    name: 'retentionDays',
    type: 'number',
    default: 30,
    value: 'DAYS',
    sentence:
      'So long after its end the input and the answers of a loop are purged from the database; its output object stays. 0 keeps them.',
  },
  {
    name: 'activityDays',
    type: 'number',
    default: 365,
    value: 'DAYS',
    sentence: 'How long rows of the activity log (who changed what) are kept. 0 keeps them for ever.',
  },
  {
    name: 'stopDelaySeconds',
    type: 'number',
    default: 0,
    value: 'SECONDS',
    sentence:
      'How long a server that is told to stop goes on serving while /readyz says no, so that a load balancer looks elsewhere first.',
  },
  {
    name: 'drainSeconds',
    type: 'number',
    default: 10,
    value: 'SECONDS',
    sentence: 'How long requests under way may take to end when the server stops; after it their connections are cut.',
  },
  {
    name: 'renderSeconds',
    type: 'number',
    default: 2,
    value: 'SECONDS',
    sentence: 'How long the rendering of one template may take.',
  },
  {
    name: 'sessionIdleHours',
    type: 'number',
    default: 12,
    value: 'HOURS',
    sentence: 'A worker who did nothing for so long has to sign in again.',
  },
  {
    name: 'sessionDays',
    type: 'number',
    default: 7,
    value: 'DAYS',
    sentence: 'A worker has to sign in again after so long in any case.',
  },
  {
    name: 'requireSecondFactor',
    type: 'text',
    default: 'none',
    value: 'WHO',
    choices: ['none', 'operators', 'everyone'],
    sentence:
      'Who of the built-in directory must sign in with a second factor; whoever has one is always asked for it after the password.',
  },
] as const satisfies readonly SettingDefinition[];

type Definition = (typeof settingDefinitions)[number];
type ValueOf<D extends Definition> = D['type'] extends 'number'
  ? number
  : D['type'] extends 'boolean'
    ? boolean
    : string;
export type Config = { readonly [D in Definition as D['name']]: ValueOf<D> };

export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
export const variableOf = (name: string): string =>
  `HOLDPOINT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** What lies in a data directory: the database, or the name of a server whose rows are in PostgreSQL. */
export const databaseFile = 'holdpoint.db';
export const nodeFile = 'node';

/** Whether a server has ever started on a data directory. */
export const holdsData = (data: string): boolean =>
  existsSync(join(data, databaseFile)) || existsSync(join(data, nodeFile));

/** A setting that cannot be used; its message is one sentence that names the setting. */
export class ConfigError extends Error {}

/**
 * Reads all settings.
 *
 * @throws ConfigError that names the setting and where its value came from.
 */
export function readConfig(flags: Readonly<Record<string, unknown>>, environment: NodeJS.ProcessEnv): Config {
  const read = (definition: SettingDefinition, file: Readonly<Record<string, unknown>>): unknown => {
    const variable = ownValue(definition.name, environment[variableOf(definition.name)]);
    if (flags[definition.name] !== undefined) return parse(definition, flags[definition.name], flagOf(definition.name));
    if (variable !== undefined && variable !== '') return parse(definition, variable, variableOf(definition.name));
    if (file[definition.name] !== undefined)
      return parse(definition, file[definition.name], `"${definition.name}" in config.json`);
    return definition.default;
  };
  const data = read(settingDefinitions[0], {}) as string;
  const path = join(data, 'config.json');
  const file = readFile(path);
  const stray = Object.keys(file).find((key) => !names.has(key));
  // Not with its default: whoever wrote it would believe that it holds.
  if (stray !== undefined)
    throw new ConfigError(`"${stray}" in ${path} is no setting${suggestion(stray, names) || '.'}`);
  const values = settingDefinitions.map((definition) => [definition.name, read(definition, file)]);
  const config = { ...Object.fromEntries(values), data } as Config;
  check(config);
  return config;
}

const names: ReadonlySet<string> = new Set(settingDefinitions.map(({ name }) => name));

/** Named like settings, and none: of the command that started this one, of tests, and of Kubernetes, for services named alike. */
const others =
  /^HOLDPOINT_(?:COMMAND$|TEST_|BENCH_|(?:\w+_)?SERVICE_(?:HOST|PORT)(?:_|$)|(?:\w+_)?PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?)?$)/;

/** @returns a sentence on each variable that is named like a setting and is none: it may be misspelt. */
export function strayVariables(environment: NodeJS.ProcessEnv): readonly string[] {
  const variables = new Set([...names].map(variableOf));
  return Object.keys(environment)
    .filter((name) => name.startsWith('HOLDPOINT_') && !variables.has(name) && !others.test(name))
    .map((name) => `The variable ${name} is no setting, so it has no effect${suggestion(name, variables) || '.'}`);
}

function readFile(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Falls through to the one sentence below.
  }
  throw new ConfigError(`${path} is not a JSON object.`);
}

/** Kubernetes sets HOLDPOINT_PORT to an address, for a service of this name. */
const ownValue = (name: string, value: string | undefined): string | undefined =>
  name === 'port' && value !== undefined && /^(?:tcp|udp|sctp):\/\//.test(value) ? undefined : value;

function parse(definition: SettingDefinition, value: unknown, source: string): string | number | boolean {
  if (definition.type === 'boolean') {
    if (value === true || value === 'true' || value === '1') return true;
    if (value === false || value === 'false' || value === '0') return false;
    throw new ConfigError(`${source} must be true or false.`);
  }
  if (definition.type === 'text') return String(value);
  const number = Number(value);
  if (String(value).trim() === '' || !Number.isFinite(number) || number < 0)
    throw new ConfigError(`${source} must be a number that is not negative, not '${value}'.`);
  return number;
}

/** The address and the port of `ADDRESS:PORT`, an IPv6 address in brackets; undefined for anything else. */
export function parseListenAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, port] = /^(?:\[([\da-fA-F:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  return host === undefined || Number(port) > 65_535 ? undefined : { host, port: Number(port) };
}

/** Not repeated in a sentence: whoever puts a password into a URL does not want to read it in a log. */
const isEndpoint = (text: string): boolean => /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(text) && URL.canParse(text);

function check(config: Config): void {
  if (!Number.isInteger(config.port) || config.port > 65535)
    throw new ConfigError(`--port must be a whole number up to 65535, not '${config.port}'.`);
  if (config.metricsListen !== '' && !parseListenAddress(config.metricsListen))
    throw new ConfigError(
      `--metrics-listen must be ADDRESS:PORT such as 127.0.0.1:9464 or [::1]:9464, not '${config.metricsListen}'.`,
    );
  if (config.accountId !== '' && !/^\d{12}$/.test(config.accountId))
    throw new ConfigError(`--account-id must have 12 digits, not '${config.accountId}'.`);
  if (config.region !== '' && !/^[a-z0-9-]{1,63}$/.test(config.region))
    throw new ConfigError(`--region must be a region's name such as eu-central-1, not '${config.region}'.`);
  if (config.aiServicesRegion !== '' && !/^[a-z0-9-]{1,63}$/.test(config.aiServicesRegion))
    throw new ConfigError(
      `--ai-services-region must be a region's name such as eu-central-1, not '${config.aiServicesRegion}'.`,
    );
  if (config.aiServiceSeconds <= 0)
    throw new ConfigError(`--ai-service-seconds must be more than 0, not '${config.aiServiceSeconds}'.`);
  for (const name of ['textractEndpoint', 'rekognitionEndpoint'] as const)
    if (config[name] !== '' && config[name] !== 'aws' && !isEndpoint(config[name]))
      throw new ConfigError(`${flagOf(name)} must be aws or an http(s) URL without user, query and fragment.`);
  if ((config.tlsCert === '') !== (config.tlsKey === ''))
    throw new ConfigError('--tls-cert and --tls-key belong together: give both or none.');
  if (config.publicUrl !== '' && !/^https?:\/\/[^/\s?#]+\/?$/.test(config.publicUrl))
    throw new ConfigError(`--public-url must be http(s)://HOST[:PORT] without a path, not '${config.publicUrl}'.`);
  if (config.databaseUrl !== '' && !/^postgres(ql)?:\/\//.test(config.databaseUrl))
    throw new ConfigError('--database-url must be postgres://USER:PASSWORD@HOST:PORT/NAME.');
  if (!Number.isInteger(config.databaseConnections) || config.databaseConnections < 1)
    throw new ConfigError(`--database-connections must be a whole number from 1, not '${config.databaseConnections}'.`);
  if (!Number.isInteger(config.databasePartitions) || config.databasePartitions > 1024)
    throw new ConfigError(
      `--database-partitions must be a whole number up to 1024, not '${config.databasePartitions}'.`,
    );
  if (!['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'].includes(config.logLevel))
    throw new ConfigError(`--log-level must be trace, debug, info, warn, error or silent, not '${config.logLevel}'.`);
  if (config.pushContact !== '' && !/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(config.pushContact))
    throw new ConfigError(`--push-contact must be mailto:ADDRESS or an https URL, not '${config.pushContact}'.`);
  if (!['none', 'operators', 'everyone'].includes(config.requireSecondFactor))
    throw new ConfigError(
      `--require-second-factor must be none, operators or everyone, not '${config.requireSecondFactor}'.`,
    );
  const mailProblem = mailSettingsProblem(config.mailUrl, config.mailFrom);
  if (mailProblem !== undefined) throw new ConfigError(mailProblem);
}
