import { expect, it } from 'vitest';
import { matchRestRoute, type OperationInput, type OperationOutput, operationByTarget, operations } from './index.ts';

it.each([
  ['POST', '/human-loops', 'StartHumanLoop', {}],
  ['GET', '/human-loops', 'ListHumanLoops', {}],
  ['POST', '/human-loops/stop', 'StopHumanLoop', {}],
  ['GET', '/human-loops/stop', 'DescribeHumanLoop', { HumanLoopName: 'stop' }],
  ['DELETE', '/human-loops/a%20b', 'DeleteHumanLoop', { HumanLoopName: 'a%20b' }],
  ['GET', '/human-loops/__proto__', 'DescribeHumanLoop', { HumanLoopName: '__proto__' }],
])('%s %s is %s', (method, path, name, labels) => {
  const route = matchRestRoute(method, path);
  expect([route?.operation.name, route?.labels]).toEqual([name, labels]);
});

it.each([
  ['PUT', '/human-loops'],
  ['POST', '/human-loops/other'],
  ['GET', '/human-loops/'],
  ['GET', '/human-loops/a/b'],
  ['GET', '//human-loops'],
  ['GET', '/'],
  ['GET', ''],
])('%s %s is nothing', (method, path) => expect(matchRestRoute(method, path)).toBeUndefined());

it.each([
  ['SageMaker.CreateFlowDefinition', 'CreateFlowDefinition'],
  ['Holdpoint.CreateWorker', 'CreateWorker'],
  ['SageMaker.CreateWorker', undefined],
  ['SageMaker.StartHumanLoop', undefined],
  ['CreateFlowDefinition', undefined],
  ['SageMaker.__proto__', undefined],
  ['', undefined],
])('target %j', (target, name) => expect(operationByTarget(target)?.name).toBe(name));

it('the services have the operations that they should', () => {
  const count = (service: string) =>
    Object.values(operations).filter((operation) => operation.service === service).length;
  expect([count('sagemaker-a2i-runtime'), count('sagemaker')]).toEqual([5, 24]);
  for (const [name, operation] of Object.entries(operations)) expect(operation.name).toBe(name);
});

it('the types come from the data', () => {
  const workforce: OperationInput<'UpdateWorkforce'> = {
    WorkforceName: 'a',
    WorkforceVpcConfig: {},
    SourceIpConfig: { Cidrs: [] },
  };
  // @ts-expect-error a required member is missing
  const start: OperationInput<'StartHumanLoop'> = { HumanLoopName: 'a', FlowDefinitionArn: 'b' };
  // @ts-expect-error a word that the enum does not have
  const order: OperationInput<'ListHumanLoops'>['SortOrder'] = 'Up';
  // @ts-expect-error a timestamp is a Date
  const time: OperationOutput<'DescribeHumanLoop'>['CreationTime'] = '2020';
  const count: number | undefined = operations.ListHumanLoops.input.members.MaxResults.max;
  expect([workforce.WorkforceName, start.HumanLoopName, order, time, count]).toEqual(['a', 'a', 'Up', '2020', 100]);
});
