import { beforeEach, describe, expect, it } from 'vitest';
import { type ClientOptions, createClient, EndpointConnectionError, ReadTimeoutError, SSLError } from './index.ts';
import { testOptions } from './testing/options.ts';
import { json, type Scripted, scriptedTransport } from './testing/scripted-transport.ts';

const workers = json({ Workers: [] });
const failing = (status: number, name: string, headers: Record<string, string> = {}) =>
  json({ __type: name, message: 'No.' }, headers, status);

let waits: number[];
beforeEach(() => {
  waits = [];
});

const open = (script: readonly Scripted[], options: ClientOptions = {}) => {
  const transport = scriptedTransport(...script);
  const client = createClient(testOptions({ endpointUrl: 'http://127.0.0.1:1', transport, ...options }, waits));
  return { client, transport };
};

describe('retries', () => {
  const unanswered = {
    refused: new EndpointConnectionError('http://127.0.0.1:1/'),
    'read time-out': new ReadTimeoutError('http://127.0.0.1:1/'),
  };
  it.each<readonly [what: string, first: Scripted, tried: number]>([
    ...[429, 500, 502, 503, 504, 509].map((status) => [`${status}`, failing(status, 'Any'), 2] as const),
    ...['Throttling', 'ThrottlingException', 'ThrottledException', 'RequestThrottledException'].map(
      (name) => [`400 ${name}`, failing(400, name), 2] as const,
    ),
    ['400 ProvisionedThroughputExceededException', failing(400, 'ProvisionedThroughputExceededException'), 2],
    ['refused', unanswered.refused, 2],
    ['read time-out', unanswered['read time-out'], 2],
    ['400', failing(400, 'ValidationException'), 1],
    ['402', failing(402, 'ServiceQuotaExceededException'), 1],
    ['403', failing(403, 'AccessDeniedException'), 1],
    ['403 ThrottlingException', failing(403, 'ThrottlingException'), 1],
    ['404', failing(404, 'ResourceNotFound'), 1],
    ['409', failing(409, 'ConflictException'), 1],
    ['501', failing(501, 'Any'), 1],
    ['certificate', new SSLError('https://127.0.0.1:1/', new Error('self-signed certificate')), 1],
    ['an error of the transport itself', new TypeError('defect'), 1],
  ])('%s: tried %s', async (_what, first, tried) => {
    const { client, transport } = open([first, workers]);
    const call = client.call('ListWorkers', {});
    if (tried === 2) expect((await call).ResponseMetadata.RetryAttempts).toBe(1);
    else await expect(call).rejects.toBeInstanceOf(Error);
    expect(transport.requests).toHaveLength(tried);
    expect(waits).toHaveLength(tried - 1);
  });

  it.each<readonly [what: string, first: Scripted, tried: number]>([
    ['429', failing(429, 'Any'), 2],
    ['503', failing(503, 'Any'), 2],
    ['400 ThrottlingException', failing(400, 'ThrottlingException'), 2],
    ['refused', unanswered.refused, 2],
    ['500', failing(500, 'Any'), 1],
    ['502', failing(502, 'Any'), 1],
    ['504', failing(504, 'Any'), 1],
    ['read time-out', unanswered['read time-out'], 1],
    ['a connection that fetch cannot tell from a lost one', new EndpointConnectionError('x', undefined, true), 1],
  ])('an operation that makes something new, %s: tried %s', async (_what, first, tried) => {
    const { client, transport } = open([first, json({ AccessKeyId: 'a', SecretAccessKey: 'b', CreationTime: 0 })]);
    const call = client.call('CreateAccessKey', {});
    if (tried === 2) await call;
    else await expect(call).rejects.toBeInstanceOf(Error);
    expect(transport.requests).toHaveLength(tried);
  });

  it.each<readonly [options: ClientOptions, tried: number]>([
    [{}, 5],
    [{ maxAttempts: 1 }, 1],
    [{ maxAttempts: 8 }, 8],
    [{ ignoreConfiguration: false, environment: { AWS_MAX_ATTEMPTS: '2' } }, 2],
    [{ ignoreConfiguration: false, environment: { AWS_RETRY_MODE: 'standard' } }, 3],
    [{ ignoreConfiguration: false, environment: { AWS_RETRY_MODE: 'adaptive', AWS_MAX_ATTEMPTS: '4' } }, 4],
    [{ ignoreConfiguration: false, environment: { AWS_MAX_ATTEMPTS: '2' }, maxAttempts: 3 }, 3],
  ])('%j: %s attempts in all', async (options, tried) => {
    const environment = options.environment && { ...withoutFiles, ...options.environment };
    const { client, transport } = open([failing(503, 'Any')], { ...options, environment });
    await expect(client.call('ListWorkers', {})).rejects.toMatchObject({ statusCode: 503, retryable: true });
    expect(transport.requests).toHaveLength(tried);
    expect(transport.requests.map(({ headers }) => headers['amz-sdk-request'])).toEqual(
      Array.from({ length: tried }, (_, index) => `attempt=${index + 1}; max=${tried}`),
    );
    expect(new Set(transport.requests.map(({ headers }) => headers['amz-sdk-invocation-id'])).size).toBe(1);
  });

  it.each<readonly [options: ClientOptions, message: string]>([
    [{ maxAttempts: 0 }, 'Invalid value for parameter maxAttempts, value: 0, valid min value: 1'],
    [{ maxAttempts: Number.NaN }, 'Invalid value for parameter maxAttempts, value: NaN, valid min value: 1'],
    [{ readTimeoutMs: 0 }, 'Invalid value for parameter readTimeoutMs, value: 0, valid min value: 1'],
    [{ connectTimeoutMs: -5 }, 'Invalid value for parameter connectTimeoutMs, value: -5, valid min value: 1'],
    [{ maxConnections: 0 }, 'Invalid value for parameter maxConnections, value: 0, valid min value: 1'],
  ])('refuses %j', (options, message) => {
    expect(() => open([], options)).toThrow(message);
  });

  it.each<readonly [environment: Record<string, string>, message: string]>([
    [{ AWS_MAX_ATTEMPTS: 'many' }, '"max_attempts": many must be an integer greater than or equal to 1.'],
    [{ AWS_MAX_ATTEMPTS: '0' }, '"max_attempts": 0 must be an integer greater than or equal to 1.'],
    [{ AWS_RETRY_MODE: 'lazy' }, 'Invalid value provided to "mode": "lazy" must be one of: legacy, standard, adaptive'],
  ])('refuses the environment %j', (environment, message) => {
    const options = { ignoreConfiguration: false, environment: { ...withoutFiles, ...environment } };
    expect(() => open([], options)).toThrow(message);
  });
});

describe('the time between attempts', () => {
  it('is random below bounds that double from 500 ms to 20 s', async () => {
    const rounds = 40;
    for (let round = 0; round < rounds; round++) {
      const { client } = open([failing(503, 'Any')], { maxAttempts: 9 });
      await expect(client.call('ListWorkers', {})).rejects.toThrow();
    }
    for (const [index, bound] of [500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000].entries()) {
      const these = waits.filter((_, position) => position % 8 === index);
      expect(these).toHaveLength(rounds);
      expect(Math.max(...these)).toBeLessThanOrEqual(bound);
      // Forty times in a row it is not above half the bound once in 10^12 runs.
      expect(Math.max(...these)).toBeGreaterThan(bound / 2);
      expect(Math.min(...these)).toBeLessThan(bound / 2);
    }
  });

  it.each<readonly [headers: Record<string, string>, least: number]>([
    [{ 'retry-after': '3' }, 3000],
    [{ 'x-amz-retry-after': '1500' }, 1500],
    [{ 'retry-after': '7', 'x-amz-retry-after': '2500' }, 2500],
    // A service that asks for an hour is asked again after the longest time.
    [{ 'retry-after': '3600' }, 20_000],
  ])('is what the service asks for with %j', async (headers, least) => {
    const { client } = open([failing(429, 'ThrottlingException', headers), workers]);
    await client.call('ListWorkers', {});
    expect(waits).toEqual([least]);
  });

  it.each<Record<string, string>>([
    { 'retry-after': '0' },
    { 'retry-after': '-4' },
    { 'retry-after': 'soon' },
    { 'x-amz-retry-after': '' },
  ])('is our own with %j', async (headers) => {
    const { client } = open([failing(429, 'ThrottlingException', headers), workers]);
    await client.call('ListWorkers', {});
    expect(waits).toEqual([expect.any(Number)]);
    expect(waits[0]).toBeLessThanOrEqual(500);
  });
});

describe('a real pause', () => {
  it('ends as soon as the call is aborted', async () => {
    const abort = new AbortController();
    const { client, transport } = open(
      [
        () => {
          // Once the client waits for the next attempt: that would take 20 s.
          setImmediate(() => abort.abort(new Error('enough')));
          return failing(503, 'Any', { 'retry-after': '20' });
        },
      ],
      { wait: undefined },
    );
    const begun = performance.now();
    await expect(client.call('ListWorkers', {}, { signal: abort.signal })).rejects.toThrow('enough');
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(transport.requests).toHaveLength(1);
  });

  it('is followed by the next attempt', async () => {
    const { client } = open([failing(503, 'Any'), workers], { wait: undefined });
    expect(await client.call('ListWorkers', {})).toEqual({ Workers: [] });
  });
});

/** No file of this machine is read. */
const withoutFiles = { AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' };
