// A Lambda function for CloudFormation custom resources: Custom::HumanTaskUi and Custom::FlowDefinition, on AWS or on a
// Holdpoint server. Neither can be changed, so an update makes a new one, and CloudFormation then deletes the old one.
//
// Environment on a Holdpoint server: HOLDPOINT_ENDPOINT, HOLDPOINT_REGION, HOLDPOINT_ACCESS_KEY_ID, HOLDPOINT_SECRET_ACCESS_KEY.
// (Lambda sets the AWS_… variables itself, to the function's role, which only AWS can check.)
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateFlowDefinitionCommand,
  CreateHumanTaskUiCommand,
  DeleteFlowDefinitionCommand,
  DeleteHumanTaskUiCommand,
  DescribeFlowDefinitionCommand,
  DescribeHumanTaskUiCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';

const { HOLDPOINT_ENDPOINT: endpoint, HOLDPOINT_REGION: region } = process.env;
const { HOLDPOINT_ACCESS_KEY_ID: accessKeyId, HOLDPOINT_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
const sagemaker = new SageMakerClient(
  endpoint === undefined ? {} : { endpoint, region, credentials: { accessKeyId, secretAccessKey } },
);

/** How long a flow definition may take to become Active or to go, in seconds; less than the function's own time limit. */
const patience = Number(process.env.PATIENCE_SECONDS ?? 120);

const kinds = {
  'Custom::HumanTaskUi': {
    create: (HumanTaskUiName, { Content, Tags }) =>
      sagemaker.send(new CreateHumanTaskUiCommand({ HumanTaskUiName, UiTemplate: { Content }, Tags })),
    async describe(HumanTaskUiName) {
      const { HumanTaskUiArn } = await sagemaker.send(new DescribeHumanTaskUiCommand({ HumanTaskUiName }));
      return { Arn: HumanTaskUiArn, status: 'Active' };
    },
    remove: (HumanTaskUiName) => sagemaker.send(new DeleteHumanTaskUiCommand({ HumanTaskUiName })),
  },
  'Custom::FlowDefinition': {
    create: (FlowDefinitionName, { ServiceToken: _, Name: _name, HumanLoopConfig, ...rest }) =>
      sagemaker.send(
        new CreateFlowDefinitionCommand({ FlowDefinitionName, HumanLoopConfig: withNumbers(HumanLoopConfig), ...rest }),
      ),
    async describe(FlowDefinitionName) {
      const flow = await sagemaker.send(new DescribeFlowDefinitionCommand({ FlowDefinitionName }));
      return { Arn: flow.FlowDefinitionArn, status: flow.FlowDefinitionStatus, reason: flow.FailureReason };
    },
    remove: (FlowDefinitionName) => sagemaker.send(new DeleteFlowDefinitionCommand({ FlowDefinitionName })),
  },
};

export async function handler(event) {
  let id = event.PhysicalResourceId;
  try {
    const kind = kinds[event.ResourceType];
    if (kind === undefined) throw new Error(`${event.ResourceType} is none of ${Object.keys(kinds).join(', ')}`);
    if (event.RequestType === 'Delete') {
      await remove(kind, id);
      return await respond(event, { Status: 'SUCCESS', PhysicalResourceId: id });
    }
    id = nameOf(event);
    const Arn = await create(kind, id, event.ResourceProperties);
    return await respond(event, { Status: 'SUCCESS', PhysicalResourceId: id, Data: { Arn, Name: id } });
  } catch (error) {
    // Without an answer CloudFormation would wait for an hour.
    const Reason = `${error.name}: ${error.message}`.slice(0, 1000);
    return respond(event, { Status: 'FAILED', Reason, PhysicalResourceId: id ?? `none-${event.RequestId}` });
  }
}

/** The name says what is in it: the same properties lead to the same resource, others to a new one beside it. */
function nameOf({ StackId, LogicalResourceId, ResourceProperties: { ServiceToken: _, ...properties } }) {
  const digest = createHash('sha256')
    .update(JSON.stringify([StackId, LogicalResourceId, properties]))
    .digest('hex');
  return `${properties.Name.slice(0, 54)}-${digest.slice(0, 8)}`;
}

async function create(kind, name, properties) {
  try {
    await kind.create(name, properties);
  } catch (error) {
    // An earlier try got so far before its time was over.
    if (error.name !== 'ResourceInUse') throw error;
  }
  const { Arn } = await poll(`${name} to become Active`, async () => {
    const found = await kind.describe(name);
    if (found.status === 'Failed') throw new Error(`${name} has failed: ${found.reason}`);
    return found.status === 'Active' ? found : undefined;
  });
  return Arn;
}

async function remove(kind, name) {
  // What was never made has a name that was never one.
  if (!/^[a-z0-9](-*[a-z0-9]){0,62}$/.test(name)) return;
  const gone = (error) => {
    if (error.name !== 'ResourceNotFound') throw error;
    return true;
  };
  if ((await kind.remove(name).catch(gone)) === true) return;
  // Reviewers may finish what they have begun; until then the flow definition is Deleting.
  await poll(`${name} to be gone`, () => kind.describe(name).then(() => undefined, gone));
}

async function poll(what, look) {
  for (const end = Date.now() + patience * 1000; ; ) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${patience} seconds were not enough for ${what}`);
    await delay(500);
  }
}

/** CloudFormation hands on every number as a text. */
const withNumbers = (config) =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, /(Count|Seconds)$/.test(key) ? Number(value) : value]),
  );

/** Tells CloudFormation, at the address that it gave. An empty content type is part of that address's signature. */
async function respond({ ResponseURL, StackId, RequestId, LogicalResourceId }, answer) {
  const body = JSON.stringify({ StackId, RequestId, LogicalResourceId, ...answer });
  const reply = await fetch(ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
  if (!reply.ok) throw new Error(`CloudFormation's address answered ${reply.status}`);
}
