/** What the compiler says to a program that uses the client; nothing here runs against a server. */
import type { OperationNameOf } from '@holdpoint/protocol';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type A2IRuntimeClient,
  type A2IRuntimeMethods,
  type ClientOptions,
  type ConflictException,
  createClient,
  type HoldpointMethods,
  type Output,
  type Paginator,
  type SageMakerMethods,
  type ServiceClient,
  type ServiceError,
  type ServiceName,
  Session,
} from './index.ts';
import { flowDefinitionArn, testOptions } from './testing/options.ts';
import { json, scriptedTransport } from './testing/scripted-transport.ts';

const options = testOptions({ endpointUrl: 'http://127.0.0.1:1', transport: scriptedTransport(json({})) });
const session = new Session(options);
const a2i = session.createClient('sagemaker-a2i-runtime');
const sagemaker = session.createClient('sagemaker');
const holdpoint = session.createClient('holdpoint');
type Status = 'InProgress' | 'Failed' | 'Completed' | 'Stopped' | 'Stopping';

/** For what the compiler has to refuse: it is not called. */
const refused = (..._calls: (() => unknown)[]): void => {};

describe('types', () => {
  it('of clients follow the name of the service', () => {
    expectTypeOf(a2i).toEqualTypeOf<A2IRuntimeClient>();
    expectTypeOf(sagemaker).toEqualTypeOf<ServiceClient<'sagemaker'>>();
    expectTypeOf(holdpoint).toEqualTypeOf<ServiceClient<'holdpoint'>>();
    expectTypeOf(a2i.meta.serviceName).toEqualTypeOf<'sagemaker-a2i-runtime'>();
    refused(
      // @ts-expect-error There is no such service.
      () => session.createClient('s3'),
      // @ts-expect-error The service has no such operation.
      () => a2i.listWorkteams({}),
      // @ts-expect-error The service has no such operation.
      () => sagemaker.startHumanLoop({}),
      // @ts-expect-error Only the runtime waits for people.
      () => sagemaker.waitForAnswer('a'),
    );
  });

  it('of methods are those of the table', () => {
    type Named<Service extends ServiceName> = Uncapitalize<OperationNameOf<Service>>;
    expectTypeOf<keyof A2IRuntimeMethods>().toEqualTypeOf<Named<'sagemaker-a2i-runtime'>>();
    expectTypeOf<keyof SageMakerMethods>().toEqualTypeOf<Named<'sagemaker'>>();
    expectTypeOf<keyof HoldpointMethods>().toEqualTypeOf<Named<'holdpoint'>>();
    expectTypeOf(a2i.describeHumanLoop).parameter(0).toEqualTypeOf<{ HumanLoopName: string }>();
    type Described = Awaited<ReturnType<typeof a2i.describeHumanLoop>>;
    expectTypeOf<Described['HumanLoopStatus']>().toEqualTypeOf<Status>();
    expectTypeOf<Described['CreationTime']>().toEqualTypeOf<Date>();
    expectTypeOf<Described['FailureReason']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Described['HumanLoopOutput']>().toEqualTypeOf<{ OutputS3Uri: string } | undefined>();
    expectTypeOf<Described['ResponseMetadata']['RequestId']>().toEqualTypeOf<string | undefined>();
    expectTypeOf(a2i.waitForAnswer).returns.resolves.toEqualTypeOf<Output>();
    refused(
      // @ts-expect-error A required member is missing.
      () => a2i.describeHumanLoop({}),
      // @ts-expect-error There is no such member.
      () => a2i.describeHumanLoop({ HumanLoopName: 'a', Nope: 1 }),
      // @ts-expect-error A member has another type.
      () => a2i.describeHumanLoop({ HumanLoopName: 1 }),
      // @ts-expect-error Required parameters cannot be left out.
      () => a2i.describeHumanLoop(),
      // @ts-expect-error The word is none of the list.
      () => a2i.listHumanLoops({ FlowDefinitionArn: flowDefinitionArn, SortOrder: 'Up' }),
      // @ts-expect-error There is no such option.
      () => a2i.describeHumanLoop({ HumanLoopName: 'a' }, { timeout: 3 }),
    );
  });

  it('let parameters out where none is required', () => {
    expectTypeOf(sagemaker.listWorkteams).toBeCallableWith();
    expectTypeOf(sagemaker.listWorkteams).toBeCallableWith({});
    expectTypeOf(sagemaker.listWorkteams).toBeCallableWith({ MaxResults: 3 });
    expectTypeOf(sagemaker.listWorkteams).toBeCallableWith(undefined, { signal: new AbortController().signal });
    expectTypeOf(holdpoint.listWorkers).toBeCallableWith();
  });

  it('take a moment as Date, text or number and give it as Date', () => {
    type Given = Parameters<typeof a2i.listHumanLoops>[0];
    expectTypeOf<Given['CreationTimeAfter']>().toEqualTypeOf<Date | string | number | undefined>();
    const listed = async () => (await a2i.listHumanLoops({ FlowDefinitionArn: 'a' })).HumanLoopSummaries[0]!;
    expectTypeOf(listed).returns.resolves.toHaveProperty('CreationTime').toEqualTypeOf<Date | undefined>();
  });

  it('of paginators know their items', () => {
    const loops = a2i.getPaginator('listHumanLoops');
    const pages = () => loops.paginate({ FlowDefinitionArn: 'a', PaginationConfig: { MaxItems: 3, PageSize: 2 } });
    type Item = ReturnType<ReturnType<typeof pages>['items']> extends AsyncIterable<infer Each> ? Each : never;
    expectTypeOf<Item['HumanLoopName']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Item['HumanLoopStatus']>().toEqualTypeOf<Status | undefined>();
    type Page = ReturnType<typeof pages> extends AsyncIterable<infer Each> ? Each : never;
    expectTypeOf<Page['HumanLoopSummaries'][number]>().toEqualTypeOf<Item>();
    expectTypeOf<Page['ResponseMetadata']['HTTPStatusCode']>().toEqualTypeOf<number>();
    expectTypeOf(pages).returns.toHaveProperty('resumeToken').toEqualTypeOf<string | undefined>();

    const teams = sagemaker.getPaginator('listWorkteams').paginate();
    type Team = ReturnType<(typeof teams)['items']> extends AsyncIterable<infer Each> ? Each : never;
    expectTypeOf<Team['WorkteamName']>().toEqualTypeOf<string>();

    // boto3's spelling has the same types; a name that is no literal has none.
    expectTypeOf(a2i.getPaginator('list_human_loops')).toEqualTypeOf(loops);
    type Untyped = Paginator<Record<string, unknown>, Record<string, unknown>, unknown>;
    const byAnyName = (name: string) => a2i.getPaginator(name);
    expectTypeOf(byAnyName).returns.toEqualTypeOf<Untyped>();
    expectTypeOf(pages().buildFullResult)
      .returns.resolves.toHaveProperty('HumanLoopSummaries')
      .toEqualTypeOf<Page['HumanLoopSummaries'] | undefined>();
    refused(
      // @ts-expect-error A required member is missing.
      () => loops.paginate({}),
      // @ts-expect-error There is no such member.
      () => loops.paginate({ FlowDefinitionArn: 'a', Nope: 1 }),
      // @ts-expect-error A limit is a number.
      () => loops.paginate({ FlowDefinitionArn: 'a', PaginationConfig: { MaxItems: '3' } }),
    );
  });

  it('of calls by name are those of the operation', () => {
    const client = createClient(options);
    const call = () => client.call('DescribeHumanLoop', { HumanLoopName: 'a' });
    expectTypeOf(call).returns.resolves.toHaveProperty('HumanLoopStatus').toEqualTypeOf<Status>();
    refused(
      // @ts-expect-error There is no such operation.
      () => client.call('NoSuchOperation', {}),
      // @ts-expect-error Of another service.
      () => a2i.call('ListWorkteams', {}),
      // @ts-expect-error A required member is missing.
      () => client.call('DescribeHumanLoop', {}),
    );
  });

  it('of errors and options', () => {
    expectTypeOf<ConflictException>().toExtend<ServiceError>();
    expectTypeOf<ServiceError['statusCode']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<ServiceError['retryable']>().toEqualTypeOf<boolean>();
    expectTypeOf<ClientOptions>().toBeObject();
    refused(
      // @ts-expect-error There is no such option.
      () => new Session({ regionName: 'a' }),
      // @ts-expect-error Half a pair.
      () => new Session({ credentials: { accessKeyId: 'a' } }),
      // @ts-expect-error A profile belongs to the session.
      () => session.createClient('sagemaker', { profile: 'a' }),
    );
  });

  it('say nothing that is not there', () => {
    for (const client of [a2i, sagemaker, holdpoint])
      for (const name of Object.keys(client.meta.methodToApiMapping))
        expect(client, name).toHaveProperty(name, expect.any(Function));
  });
});
