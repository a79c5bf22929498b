import { describe, expect, it } from 'vitest';
import * as holdpoint from './index.ts';
import {
  createA2IRuntimeClient,
  createHoldpointClient,
  createSageMakerClient,
  SdkError,
  ServiceError,
} from './index.ts';
import { testOptions } from './testing/options.ts';
import { json, type Scripted, scriptedTransport } from './testing/scripted-transport.ts';

const exported: Readonly<Record<string, unknown>> = holdpoint;

const options = (step: Scripted) =>
  testOptions({ endpointUrl: 'http://127.0.0.1:1', maxAttempts: 1, transport: scriptedTransport(step) });

const thrown = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

const modelled = {
  'sagemaker-a2i-runtime': {
    ValidationException: 400,
    ResourceNotFoundException: 404,
    ConflictException: 409,
    ThrottlingException: 429,
    ServiceQuotaExceededException: 402,
    InternalServerException: 500,
  },
  sagemaker: { ConflictException: 400, ResourceInUse: 400, ResourceLimitExceeded: 400, ResourceNotFound: 400 },
} as const;
const retryable = ['ThrottlingException', 'InternalServerException'];

describe('errors that were answered', () => {
  it.each(Object.entries(modelled['sagemaker-a2i-runtime']))('%s is an object of its class', async (name, status) => {
    const refusal = json({ Message: 'No.' }, { 'x-amzn-errortype': name, 'x-amzn-requestid': 'r-1' }, status);
    const client = createA2IRuntimeClient(options(refusal));
    const error = await thrown(client.describeHumanLoop({ HumanLoopName: 'a' }));
    const classes: Readonly<Record<string, typeof ServiceError>> = client.exceptions;
    expect(error).toBeInstanceOf(classes[name]);
    expect(error).toBeInstanceOf(exported[name]);
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toBeInstanceOf(SdkError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name,
      code: name,
      message: 'No.',
      statusCode: status,
      requestId: 'r-1',
      retryable: retryable.includes(name),
      operationName: 'DescribeHumanLoop',
      ResponseMetadata: { RequestId: 'r-1', HTTPStatusCode: status, RetryAttempts: 0 },
    });
    for (const other of Object.keys(classes))
      if (other !== name) expect(error, other).not.toBeInstanceOf(classes[other]);
    expect(String(error)).toBe(`${name}: No.`);
  });

  it('are those of the service in client.exceptions', () => {
    const clients = [createA2IRuntimeClient, createSageMakerClient];
    for (const [index, names] of Object.values(modelled).entries())
      expect(Object.keys(clients[index]!(options({})).exceptions).sort()).toEqual(Object.keys(names).sort());
    const ours = createHoldpointClient(options({})).exceptions;
    for (const [name, exception] of Object.entries(ours)) expect(exception, name).not.toBe(ServiceError);
  });

  it.each(['AccessDeniedException', 'UnknownOperationException', 'constructor', '__proto__'])(
    'that no model names are plain: %s',
    async (name) => {
      const client = createSageMakerClient(options(json({ __type: name, message: 'No.' }, {}, 400)));
      const error = await thrown(client.listWorkteams());
      expect(error).toBeInstanceOf(ServiceError);
      expect(Object.getPrototypeOf(error)).toBe(ServiceError.prototype);
      expect(error).toMatchObject({ name, code: name, statusCode: 400, retryable: false });
    },
  );

  it('have the status as their code when they say nothing', async () => {
    const client = createSageMakerClient(options({ status: 418, body: '' }));
    const error = await thrown(client.listWorkteams());
    expect(error).toMatchObject({ name: '418', code: '418', message: 'UnknownError', requestId: undefined });
  });
});

describe('errors without an answer', () => {
  it('have the call in their stack, not only the socket', async () => {
    async function askForTheLoop() {
      const endpointUrl = 'http://127.0.0.1:1';
      const client = createA2IRuntimeClient({ ...options({}), transport: undefined, endpointUrl, maxAttempts: 1 });
      return await client.describeHumanLoop({ HumanLoopName: 'a' });
    }
    const error = await thrown(askForTheLoop());
    expect(error).toMatchObject({ name: 'EndpointConnectionError' });
    expect((error as Error).stack).toMatch(/^EndpointConnectionError: Could not connect[\s\S]*askForTheLoop/);
  });
});

describe('every class', () => {
  const cause = new Error('cause');
  /** One error of each class of this package's own. */
  const made = [
    new holdpoint.ParamValidationError(['Bad.']),
    new holdpoint.NoRegionError(),
    new holdpoint.InvalidRegionError('x'),
    new holdpoint.InvalidEndpointError('x'),
    new holdpoint.InvalidConfigError('Bad.'),
    new holdpoint.NoEndpointError(),
    new holdpoint.NoCredentialsError(),
    new holdpoint.PartialCredentialsError('x', 'y'),
    new holdpoint.CredentialRetrievalError('x', 'y', { cause }),
    new holdpoint.ProfileNotFound('x'),
    new holdpoint.UnknownServiceError('x', []),
    new holdpoint.UnknownClientMethodError('x'),
    new holdpoint.OperationNotPageableError('x'),
    new holdpoint.PaginationError('x'),
    new holdpoint.UnknownWaiterError('x'),
    new holdpoint.WaiterError('x', 'y', undefined, { cause }),
    new holdpoint.EndpointConnectionError('x', cause),
    new holdpoint.ConnectTimeoutError('x'),
    new holdpoint.ReadTimeoutError('x'),
    new holdpoint.ConnectionClosedError('x', cause),
    new holdpoint.SSLError('x', cause),
  ];
  const answered = new Set<string>(Object.values(modelled).flatMap((names) => Object.keys(names)));
  const bases = ['SdkError', 'ServiceError', 'UnansweredError'];

  it('is tried here', () => {
    const classes = Object.entries(holdpoint).filter(
      ([, value]) => typeof value === 'function' && (value === SdkError || value.prototype instanceof SdkError),
    );
    const names = classes.map(([name]) => name).filter((name) => !answered.has(name) && !bases.includes(name));
    expect(made.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it.each(made.map((error) => [error.name, error] as const))(
    '%s has the name under which it is exported',
    (name, error) => {
      expect(error.constructor).toBe(exported[name]);
      expect(error).toBeInstanceOf(SdkError);
      expect(error).toMatchObject({ code: name, statusCode: undefined, requestId: undefined });
      expect(error.retryable).toBe(error instanceof holdpoint.UnansweredError);
      expect(error.cause === undefined || error.cause === cause).toBe(true);
      expect(error.message).not.toBe('');
    },
  );

  it('takes its name from nowhere else: a minifier takes the names of classes', () => {
    const Minified = { a: class extends holdpoint.NoRegionError {} }.a;
    expect(new Minified()).toMatchObject({ name: 'NoRegionError', code: 'NoRegionError' });
  });
});

describe('ResponseMetadata', () => {
  const answered = json(
    { Workteams: [], NextToken: 'next' },
    { 'x-amzn-requestid': 'r-1', 'content-type': 'application/x-amz-json-1.1' },
  );

  it('is there and not among the members', async () => {
    const output = await createSageMakerClient(options(answered)).listWorkteams();
    expect(output.ResponseMetadata).toEqual({
      RequestId: 'r-1',
      HTTPStatusCode: 200,
      HTTPHeaders: { 'x-amzn-requestid': 'r-1', 'content-type': 'application/x-amz-json-1.1' },
      RetryAttempts: 0,
    });
    expect(Object.keys(output)).toEqual(['Workteams', 'NextToken']);
    expect(JSON.stringify(output)).toBe('{"Workteams":[],"NextToken":"next"}');
    expect({ ...output }).toStrictEqual({ Workteams: [], NextToken: 'next' });
  });

  it('has the request id under its other name too', async () => {
    const transport = json({ Workteams: [] }, { 'x-amz-request-id': 'r-2' });
    const { ResponseMetadata } = await createSageMakerClient(options(transport)).listWorkteams();
    expect(ResponseMetadata.RequestId).toBe('r-2');
  });
});
