import { operations } from '@holdpoint/protocol';
import { describe, expect, it } from 'vitest';
import { type ServiceClient, type ServiceName, Session } from './index.ts';
import { testOptions } from './testing/options.ts';
import { json, type Scripted, scriptedTransport } from './testing/scripted-transport.ts';

const services = ['sagemaker-a2i-runtime', 'sagemaker', 'holdpoint'] as const;

const open = (service: ServiceName, ...script: Scripted[]) => {
  const transport = scriptedTransport(...script);
  const session = new Session(testOptions({ endpointUrl: 'http://127.0.0.1:7800/', transport }));
  const client = session.createClient(service) as ServiceClient<'sagemaker'>;
  return { client, transport };
};

const tableOf = (service: ServiceName) => Object.values(operations).filter((one) => one.service === service);
const camel = (name: string) => `${name[0]!.toLowerCase()}${name.slice(1)}`;
const snake = (name: string) => camel(name).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe('a client', () => {
  it.each(services)('of %s has a method for each operation, and no other', (service) => {
    const { client } = open(service);
    const names = tableOf(service).map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(5);
    expect(client.meta).toEqual({
      serviceName: service,
      regionName: 'eu-central-1',
      endpointUrl: 'http://127.0.0.1:7800',
      methodToApiMapping: Object.fromEntries(names.map((name) => [camel(name), name])),
    });
    for (const name of names) expect(client, name).toHaveProperty(camel(name), expect.any(Function));
    for (const name of Object.keys(operations))
      if (!(names as string[]).includes(name)) expect(client, name).not.toHaveProperty(camel(name));
  });

  it.each(services)('of %s knows each operation by both spellings', (service) => {
    const { client } = open(service);
    for (const { name, ...operation } of tableOf(service)) {
      const paged = 'paginator' in operation && operation.paginator !== undefined;
      for (const spelling of [camel(name), snake(name)]) {
        expect(client.canPaginate(spelling), spelling).toBe(paged);
        if (paged) expect(client.getPaginator(spelling).paginate).toBeTypeOf('function');
        else expect(() => client.getPaginator(spelling)).toThrow(`Operation cannot be paginated: ${spelling}`);
      }
    }
  });

  it.each(['nope', 'ListWorkteams', 'listworkteams', 'list workteams', 'close', 'constructor', '__proto__', ''])(
    'does not know %s',
    async (name) => {
      const { client, transport } = open('sagemaker');
      const unknown = { name: 'UnknownClientMethodError', message: `Client does not have method: ${name}` };
      expect(() => client.canPaginate(name)).toThrow(expect.objectContaining(unknown));
      expect(() => client.getPaginator(name)).toThrow(expect.objectContaining(unknown));
      await expect(client.generatePresignedUrl(name)).rejects.toMatchObject(unknown);
      if (name !== 'ListWorkteams')
        await expect(client.call(name as 'ListWorkteams', {})).rejects.toMatchObject({ name: unknown.name });
      expect(transport.requests).toEqual([]);
    },
  );

  it('calls an operation by its name on the wire', async () => {
    const { client, transport } = open('sagemaker', json({ Workteams: [] }));
    expect(await client.call('ListWorkteams', { MaxResults: 3 })).toEqual({ Workteams: [] });
    expect(transport.requests[0]).toMatchObject({ body: '{"MaxResults": 3}' });
  });

  it('needs no parameters where none is required', async () => {
    const { client, transport } = open('sagemaker', json({ Workteams: [] }));
    await client.listWorkteams();
    await client.listWorkteams(undefined, {});
    expect(transport.requests.map(({ body }) => body)).toEqual(['{}', '{}']);
  });

  it('refuses wrong parameters without a request, all together', async () => {
    const { client, transport } = open('sagemaker');
    const call = client.listWorkteams({ MaxResults: '3', Nope: 1 } as never);
    await expect(call).rejects.toMatchObject({
      name: 'ParamValidationError',
      report: [
        expect.stringMatching(/^Unknown parameter in input: "Nope", must be one of: /),
        'Invalid type for parameter MaxResults, value: 3, type: string, valid types: integer',
      ],
    });
    expect(transport.requests).toEqual([]);
  });

  it('of no known service cannot be made', () => {
    const session = new Session(testOptions({ endpointUrl: 'http://127.0.0.1:7800' }));
    for (const name of ['s3', 'sagemaker_a2i_runtime', '', 'constructor'])
      expect(() => session.createClient(name as 'sagemaker')).toThrow(
        `Unknown service: '${name}'. Valid service names are: holdpoint, sagemaker, sagemaker-a2i-runtime`,
      );
  });
});
