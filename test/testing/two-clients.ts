// boto3 and our client, led through the same calls against the same scripted server, at a moment that does not pass.
import { type OperationName, type ServiceClient, ServiceError, type ServiceName, Session } from '@holdpoint/client';
import { operations } from '@holdpoint/protocol';
import { afterAll, beforeAll } from 'vitest';
import { type Oracle, type OracleClient, type OracleFailure, startOracle } from './oracle.ts';
import { type Scripted, type ScriptedServer, startScriptedServer, type WireRequest } from './scripted-server.ts';

/** 2020-02-24T12:00:00Z, the moment of the golden vectors in the protocol's specification. */
export const moment = Date.UTC(2020, 1, 24, 12);

export const keyPair = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
} as const;

/** Otherwise the scripted server in us-east-1. An `endpointUrl` that is a path is one of the scripted server; `undefined` is AWS's. */
export type ClientChoices = Partial<Omit<OracleClient, 'service' | 'fips' | 'dualstack'>>;

export interface Call {
  readonly operation: OperationName;
  readonly input?: unknown;
  readonly client?: ClientChoices;
}

/** What the requests of both have to have in common: method, target and body, and the headers that are signed or sign. */
export type SignedRequest = Pick<WireRequest, 'method' | 'target' | 'body'> & {
  readonly headers: Readonly<Record<string, string>>;
};

/** A client of either service. */
export type AwsClient = ServiceClient<'sagemaker' | 'sagemaker-a2i-runtime'>;

/** How a call went, in one form for both. */
export interface Outcome {
  readonly requests: readonly SignedRequest[];
  /** How often the client waited before another attempt. */
  readonly waits: number;
  readonly result?: unknown;
  readonly error?: unknown;
}

export interface OurClient {
  server: ScriptedServer;
  /** The milliseconds that the last call would have waited between its attempts. */
  waited: number[];
  /** The signed parts of the requests since the last script. */
  requested(): SignedRequest[];
  /** A client for a call. */
  client(call: Omit<Call, 'input'>): AwsClient;
  /** Makes a call while the server answers with these. */
  ours(call: Call, ...answers: readonly Scripted[]): Promise<Outcome>;
}

export interface TwoClients extends OurClient {
  oracle: Oracle;
  /** What boto3's client for a call is made with. */
  choices(call: Omit<Call, 'input'>): OracleClient;
  /** Makes a call with boto3. */
  theirs(call: Call, ...answers: readonly Scripted[]): Promise<Outcome>;
}

/** Starts before all tests of the file; use it inside tests only. */
export function useOurClient(): OurClient {
  const our: Omit<OurClient, 'server'> & { server?: ScriptedServer } = {
    waited: [],
    requested: () => our.server!.requests.map(signedParts),
    client(call) {
      const { service, region, endpointUrl, ...credentials } = choicesOf(call, our.server!);
      const settings = { region, endpointUrl, credentials, ignoreConfiguration: true, now: () => moment };
      const wait = async (milliseconds: number) => void our.waited.push(milliseconds);
      return new Session({ ...settings, wait }).createClient(service) as AwsClient;
    },
    async ours(call, ...answers) {
      our.server!.play(...answers);
      our.waited = [];
      const client = our.client(call);
      const outcome = await client.call(call.operation as never, (call.input ?? {}) as never).then(
        (result: unknown) => ({ result: withMetadata(result as object) }),
        (error: unknown) => ({ error: ourFailure(error, client.exceptions) }),
      );
      client.close();
      return { requests: our.requested(), waits: our.waited.length, ...outcome };
    },
  };
  beforeAll(async () => {
    our.server = await startScriptedServer(moment);
  });
  afterAll(() => our.server?.close());
  return our as OurClient;
}

/** Starts before all tests of the file; use it inside tests only. */
export function useTwoClients(): TwoClients {
  const our = useOurClient();
  const two: Omit<TwoClients, 'oracle'> & { oracle?: Oracle } = Object.assign(our, {
    choices: (call: Omit<Call, 'input'>) => choicesOf(call, our.server),
    async theirs(call: Call, ...answers: readonly Scripted[]) {
      our.server.play(...answers);
      const reply = await two.oracle!.call(two.choices(call), pythonName(call.operation), call.input ?? {});
      our.waited = reply.waits.map((seconds) => seconds * 1000);
      const outcome = reply.error ? { error: theirFailure(reply.error) } : { result: withMetadata(reply.result ?? {}) };
      return { requests: our.requested(), waits: our.waited.length, ...outcome };
    },
  });
  beforeAll(() => {
    two.oracle = startOracle(() => moment);
  });
  afterAll(() => two.oracle?.close());
  return two as TwoClients;
}

/** `ListHumanLoops` → `list_human_loops` */
export const pythonName = (operation: string): string =>
  operation.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

export const serviceOf = (operation: OperationName): Exclude<ServiceName, 'holdpoint'> =>
  operations[operation].service as Exclude<ServiceName, 'holdpoint'>;

const choicesOf = ({ operation, client }: Omit<Call, 'input'>, { url }: ScriptedServer): OracleClient => ({
  service: serviceOf(operation),
  region: 'us-east-1',
  ...keyPair,
  endpointUrl: url,
  ...client,
  ...(client?.endpointUrl?.startsWith('/') && { endpointUrl: `${url}${client.endpointUrl}` }),
});

const signing = ['host', 'content-type', 'x-amz-target', 'x-amz-date', 'x-amz-security-token', 'authorization'];

function signedParts({ method, target, headers, body }: WireRequest): SignedRequest {
  const named = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  return { method, target, headers: Object.fromEntries(named.filter(([name]) => signing.includes(name))), body };
}

/** The members and what both know besides. */
function withMetadata(result: object): unknown {
  const { ResponseMetadata = {} } = result as { ResponseMetadata?: Record<string, unknown> };
  const { RequestId, HTTPStatusCode, RetryAttempts, HTTPHeaders } = ResponseMetadata;
  return { ...result, ResponseMetadata: { RequestId, HTTPStatusCode, RetryAttempts, HTTPHeaders } };
}

/** An error of our client, in the form of an outcome. */
export function ourFailure(error: unknown, exceptions: AwsClient['exceptions']): unknown {
  if (!(error instanceof ServiceError)) return { name: (error as Error).name, text: (error as Error).message };
  const { code, message, operationName, statusCode, requestId } = error;
  const classes: Readonly<Record<string, typeof ServiceError>> = exceptions;
  const known = Object.hasOwn(classes, code) ? classes[code] : undefined;
  const modelled = known !== undefined && error instanceof known;
  const retries = error.ResponseMetadata.RetryAttempts;
  return { modelled, code, message, operationName, statusCode, requestId, retries };
}

/** An error of boto3, in the form of an outcome. */
export function theirFailure({ type, text, answered }: OracleFailure): unknown {
  if (answered === undefined) return { name: type, text };
  return { modelled: type !== 'ClientError', ...answered, requestId: answered.requestId ?? undefined };
}
