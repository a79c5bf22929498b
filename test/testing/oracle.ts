// What boto3 does, asked from a test: time is what the test says, retries do not wait, and only what is asked about is configured.
import { fileURLToPath } from 'node:url';
import { startLineProcess } from './line-process.ts';
import { pythonPath } from './tools.ts';

const program = fileURLToPath(new URL('./boto3_oracle.py', import.meta.url));

/** What a client is made with. */
export interface OracleClient {
  readonly service: 'sagemaker' | 'sagemaker-a2i-runtime';
  readonly region: string;
  readonly endpointUrl?: string | undefined;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly fips?: boolean;
  readonly dualstack?: boolean;
}

export interface OracleFailure {
  /** The name of the Python class. */
  readonly type: string;
  /** `str(error)` */
  readonly text: string;
  /** Of a ClientError. */
  readonly answered?: {
    readonly code: string | null;
    readonly message: string | null;
    readonly operationName: string;
    readonly statusCode: number | null;
    readonly requestId: string | null;
    readonly retries: number | null;
  };
}

export interface OracleReply<Result> {
  readonly result?: Result;
  readonly error?: OracleFailure;
  /** The seconds that boto3 would have waited before each further attempt. */
  readonly waits: readonly number[];
}

export interface OracleFacts {
  readonly botocore: string;
  readonly urllib3: string;
  /** `AWS_ENDPOINT_URL…`, `endpoint_url` and `services` of the shared files; from botocore 1.31 on. */
  readonly knowsConfiguredEndpoints: boolean;
  /** Whether an error's name ends where a URI follows. */
  readonly cutsUris: boolean;
}

/** The paths of all members, such as `Tags.[].Key`, and whether each is required where it stands. */
export type KnownMembers = Readonly<Record<string, boolean>>;

export interface OracleProgram {
  readonly service: OracleClient['service'];
  readonly environment: Readonly<Record<string, string>>;
  /** Named by the program itself, as is the endpoint. */
  readonly profile?: string;
  readonly endpointUrl?: string;
  /** The call whose URL is signed, by its Python name; with `send` it is made too. */
  readonly method: string;
  readonly input: unknown;
  readonly send?: boolean;
}

export interface Oracle {
  about(): Promise<OracleFacts>;
  /** A call by its Python name. */
  call(client: OracleClient, method: string, input: unknown): Promise<OracleReply<Record<string, unknown>>>;
  presign(
    client: OracleClient,
    method: string,
    input: unknown,
    options?: { readonly expiresIn?: number; readonly httpMethod?: string },
  ): Promise<OracleReply<string>>;
  /** Iterates a paginator, `times` times; `full` is `build_full_result()`. */
  paginate(
    client: OracleClient,
    method: string,
    input: unknown,
    options?: { readonly times?: number; readonly full?: boolean; readonly search?: string },
  ): Promise<OracleReply<{ pages: unknown[]; error?: OracleFailure; resumeToken: string | null }>>;
  /** Calls a method of the client with one text: the name of another, of a paginator, of a waiter. */
  lookUp(
    client: OracleClient,
    method: 'can_paginate' | 'get_paginator' | 'get_waiter',
    name: string,
  ): Promise<OracleReply<boolean | string>>;
  /** What its model says of an operation. */
  members(client: OracleClient, operation: string, side: 'input' | 'output'): Promise<KnownMembers>;
  /** By region: the endpoint that the client says and the host of a URL that it signs; null where it refuses. */
  endpoints(
    client: Omit<OracleClient, 'region'>,
    method: string,
    input: unknown,
  ): Promise<Readonly<Record<string, { readonly endpointUrl: string; readonly host: string } | null>>>;
  /**
   * What a program finds that says nothing itself, under variables that replace all of AWS's: its region, and a URL that it
   * signs, in which everything else can be seen.
   */
  settings(program: OracleProgram): Promise<OracleReply<{ region: string; url: string }>>;
  close(): Promise<void>;
}

/** @param moment where time stands at each request, in milliseconds since 1970. */
export function startOracle(moment: () => number): Oracle {
  const python = startLineProcess(pythonPath, [program], environment());
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: replies come in the order of requests. */
  function ask<Result>(request: Record<string, unknown>): Promise<OracleReply<Result>> {
    const reply = last.then(async () => {
      python.send(ascii(JSON.stringify(toPython({ moment: moment(), ...request }))));
      return fromPython(JSON.parse(await python.next())) as OracleReply<Result>;
    });
    last = reply.catch(() => {});
    return reply;
  }

  async function answer<Result>(request: Record<string, unknown>): Promise<Result> {
    const { result, error } = await ask<Result>(request);
    if (error) throw new Error(`The oracle failed: ${error.type}: ${error.text}`);
    return result as Result;
  }

  return {
    about: () => answer({ do: 'about' }),
    call: (client, method, input) => ask({ do: 'call', client, method, input }),
    presign: (client, method, input, options) => ask({ do: 'presign', client, method, input, ...options }),
    paginate: (client, method, input, options) => ask({ do: 'paginate', client, method, input, ...options }),
    lookUp: (client, method, name) => ask({ do: 'look_up', client, method, name }),
    members: (client, operation, side) => answer({ do: 'members', client, operation, side }),
    endpoints: (client, method, input) => answer({ do: 'endpoints', client, method, input }),
    settings: (program) => ask({ do: 'settings', ...program }),
    close: python.end,
  };
}

/** Nothing that this machine has set for AWS, proxies included. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|BOTO|(HTTPS?|ALL|NO)_PROXY$)/i.test(name));
  const files = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  return { ...Object.fromEntries(kept), ...files, PYTHONDONTWRITEBYTECODE: '1' };
}

/** Whatever JSON has no form for becomes an object with one key. */
function toPython(value: unknown): unknown {
  if (value instanceof Date) return { $millis: value.getTime() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $float: String(value) };
  if (Array.isArray(value)) return value.map(toPython);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPython(item)]));
}

/** Moments are to the millisecond, as a Date has them. */
function fromPython(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPython);
  if (typeof value !== 'object' || value === null) return value;
  const { $millis } = value as { $millis?: number };
  if ($millis !== undefined) return new Date($millis);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromPython(item)]));
}

/** A pipe's encoding depends on the machine's locale. */
const ascii = (text: string): string =>
  text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
