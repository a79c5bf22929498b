// What the pictures show: a built server on a temporary folder with people, flows and waiting loops of different ages.
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Client, type ClientOptions, createClient } from '@holdpoint/client';
import { flowDefinitionArn, portalRequestHeader, workteamArn } from '@holdpoint/protocol';
import { sampleImage, sampleTasks } from '../../packages/server/src/cli/sample-tasks.ts';
import { readConfig } from '../../packages/server/src/config.ts';
import type { startServer as StartServer } from '../../packages/server/src/main.ts';
import { root } from '../root.mjs';
import { history, street, sureEnough } from './history.ts';
import { minutes, now, password, people, type Stage, taskOf } from './stage.ts';

const days = 24 * 60 * minutes;

interface FlowFacts {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly template: string;
  readonly keywords: readonly string[];
  readonly taskCount?: number;
  readonly timeLimitSeconds?: number;
  readonly workteam?: string;
  readonly conditions?: object;
  readonly tags?: Readonly<Record<string, string>>;
}

const [text, image, form] = sampleTasks as readonly [SampleTask, SampleTask, SampleTask];
type SampleTask = (typeof sampleTasks)[number];

const fairnessTemplate = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <short-instructions>Three people judge each review. Do not guess what the others say.</short-instructions>
  <h2>Does this review follow our rules?</h2>
  <crowd-card heading="Review"><blockquote>{{ task.input.review }}</blockquote></crowd-card>
  <p id="verdict">Your verdict</p>
  <crowd-radio-group aria-labelledby="verdict">
    <crowd-radio-button name="verdict" value="keep">Keep it</crowd-radio-button>
    <crowd-radio-button name="verdict" value="remove">Remove it</crowd-radio-button>
  </crowd-radio-group>
  <p id="sure">How sure are you?</p>
  <crowd-slider name="sure" min="0" max="10" value="7" pin aria-labelledby="sure"></crowd-slider>
  <crowd-text-area name="reason" label="Reason" rows="3" required></crowd-text-area>
</crowd-form>`;

const streetTemplate = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-bounding-box name="street" src="{{ task.input.image | grant_read_access }}" labels="['Vehicle', 'Person', 'Animal']"
    header="Draw a box around every vehicle, person and animal" initial-value="{{ task.input.found }}">
    <short-instructions>The model found the car. Correct its box, and draw what is missing.</short-instructions>
    <full-instructions header="Boxes">Boxes touch what they are around on all four sides.</full-instructions>
  </crowd-bounding-box>
</crowd-form>`;

const flows: readonly FlowFacts[] = [
  { ...text, name: 'customer-sentiment', keywords: ['sentiment', 'english'], timeLimitSeconds: 900 },
  { ...image, name: 'receipt-check', keywords: ['receipts'] },
  {
    ...form,
    name: 'invoice-check',
    keywords: ['finance', 'invoices'],
    timeLimitSeconds: 1800,
    conditions: {
      Conditions: [
        {
          ConditionType: 'holdpoint:ConfidenceCheck',
          ConditionParameters: { Expression: 'fields[*].confidence', ConfidenceLessThan: sureEnough },
        },
      ],
    },
  },
  {
    name: 'review-fairness',
    title: 'Does this review follow our rules?',
    description: 'Read a review that was reported and say whether it may stay; three people judge each',
    template: fairnessTemplate,
    keywords: ['moderation'],
    taskCount: 3,
    timeLimitSeconds: 5400,
    tags: { 'holdpoint:consolidation': 'majority', 'holdpoint:compare-fields': 'verdict' },
  },
  {
    name: 'street-objects',
    title: 'What is in the street?',
    description: 'Draw boxes around vehicles, people and animals; where two people differ, a third one decides',
    template: streetTemplate,
    keywords: ['images'],
    taskCount: 2,
    tags: { 'holdpoint:quorum': '2', 'holdpoint:adjudicator-workteam': 'leads' },
  },
  { ...text, name: 'night-shift', title: 'Sentiment of a late message', keywords: ['sentiment'], workteam: 'night' },
];

const [thanks, twice, order] = text.inputs;
const receipt = { image: 's3://holdpoint/samples/receipt.svg' };
const [paper, harbour] = form.inputs;
const review = (sentence: string) => ({ review: sentence });

/** The waiting loops: flow, input and age in minutes, oldest first. */
const loops: readonly (readonly [flow: string, input: unknown, agoMinutes: number])[] = [
  ['review-fairness', review('Never again. The waiter told my neighbours what I had ordered.'), 13_400],
  ['receipt-check', receipt, 3 * 1440],
  ['invoice-check', harbour, 2 * 1440],
  ['invoice-check', paper, 1500],
  ['customer-sentiment', order, 360],
  ['review-fairness', review('Lovely lamp, late parcel. The shop wrote before I could ask.'), 190],
  ['receipt-check', receipt, 95],
  ['customer-sentiment', twice, 61],
  ['invoice-check', harbour, 44],
  ['receipt-check', receipt, 22],
  ['customer-sentiment', thanks, 9],
  ['review-fairness', review('Five stars, as the shop asked for in exchange for a voucher.'), 3],
  ['street-objects', street, 1],
  ['customer-sentiment', twice, 0],
];

/** Starts the server and fills it. */
export async function setStage(): Promise<Stage> {
  const data = await mkdtemp(join(tmpdir(), 'holdpoint-screenshots-'));
  const clock = { time: now - 10 * days, now: () => clock.time };
  const built = join(root, 'packages/server/dist/main.js');
  const { startServer } = (await import(built)) as { startServer: typeof StartServer };
  // The server's clock is set to moments of the past: signatures of today must be allowed to be far from it, and
  // sessions outlive the days between the loops.
  const lenient = { clockSkewSeconds: 1e9, sessionIdleHours: 999, sessionDays: 99 };
  const server = await startServer(readConfig({ data, port: 0, logLevel: 'warn', ...lenient }, {}), { clock });
  const connection = connectionOf(server);
  const client = createClient(connection);
  await putImage(connection, 'samples/receipt.svg', sampleImage, 'image/svg+xml');
  const picture = await readFile(join(root, 'packages/elements/gallery/pictures/street.png'));
  await putImage(connection, 'samples/street.png', picture, 'image/png');
  let started = 0;
  const stage: Stage = {
    url: server.url,
    client,
    portal: portalCalls(server.url),
    at(agoMinutes = 0) {
      clock.time = now - agoMinutes * minutes;
    },
    async start(flow, input, agoMinutes = 0, named) {
      const { name, isAsked } = named ?? { name: `${flow}-${++started}`, isAsked: true };
      stage.at(agoMinutes);
      await client.call('StartHumanLoop', {
        HumanLoopName: name,
        FlowDefinitionArn: flowDefinitionArn(server, flow),
        HumanLoopInput: { InputContent: JSON.stringify(input) },
      });
      const reader = flow === 'night-shift' ? people.sam : people.ada;
      while (isAsked && !(await taskOf(stage, reader, name))) await new Promise((resolve) => setTimeout(resolve, 20));
      return name;
    },
    async close() {
      await server.close();
      await rm(data, { recursive: true, force: true });
    },
  };
  await fill(stage, server);
  stage.at();
  return stage;
}

type Connection = Required<Pick<ClientOptions, 'endpointUrl' | 'region' | 'credentials'>>;

function connectionOf({ endpointUrl, region, files }: Awaited<ReturnType<typeof StartServer>>): Connection {
  const file = readFileSync(files.credentialsFile, 'utf8');
  const value = (name: string): string => new RegExp(`^${name}\\s*=\\s*(\\S+)$`, 'm').exec(file)?.[1] ?? '';
  const credentials = { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') };
  return { endpointUrl, region, credentials };
}

async function putImage(
  { endpointUrl, region, credentials }: Connection,
  Key: string,
  Body: string | Uint8Array,
  ContentType: string,
): Promise<void> {
  const s3 = new S3Client({ endpoint: endpointUrl, region, credentials });
  await s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key, Body, ContentType }));
  s3.destroy();
}

/** Calls the portal's API for one person after another, each signed in once. */
function portalCalls(url: string): Stage['portal'] {
  const cookies = new Map<string, string>();
  async function send(email: string, path: string, body?: object): Promise<Response> {
    const headers = {
      'content-type': 'application/json',
      [portalRequestHeader.name]: portalRequestHeader.value,
      cookie: cookies.get(email) ?? '',
    };
    const request = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const reply = await fetch(`${url}/portal/api/${path}`, request);
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
    return reply;
  }
  return async <Answer>(email: string, path: string, body?: object) => {
    if (!cookies.has(email)) {
      const signedIn = await send(email, 'sign-in', { email, password });
      cookies.set(email, signedIn.headers.get('set-cookie')?.split(';', 1)[0] ?? '');
    }
    return (await (await send(email, path, body)).json()) as Answer;
  };
}

async function fill(stage: Stage, server: { region: string; accountId: string }): Promise<void> {
  const { client } = stage;
  const workteam = (WorkteamName: string, Description: string) =>
    client.call('CreateWorkteam', {
      WorkteamName,
      Description,
      MemberDefinitions: [
        {
          CognitoMemberDefinition: {
            UserPool: `${server.region}_Holdpoint`,
            ClientId: 'holdpoint',
            UserGroup: WorkteamName,
          },
        },
      ],
    });
  await workteam('night', 'Works at night');
  await workteam('leads', 'Decides where answers differ');
  const hire = (Email: string, Name: string, ...Workteams: string[]) =>
    client.call('CreateWorker', { Email, Name, Workteams, Password: password });
  await hire(people.ada, 'Ada Lindqvist', 'reviewers');
  await hire(people.grace, 'Grace Okafor', 'reviewers', 'leads');
  await hire(people.omar, 'Omar Benali', 'reviewers');
  await hire(people.noor, 'Noor Haddad');
  await hire(people.sam, 'Sam Ortiz', 'night');
  await hire(people.olga, 'Olga Brandt', 'reviewers');
  await client.call('SetWorkerRole', { Email: people.olga, Role: 'Operator' });
  for (const flow of flows) await createFlow(client, server, flow);
  const waiting = loops.map(([flow, input, agoMinutes]) => ({
    agoMinutes,
    run: () => stage.start(flow, input, agoMinutes),
  }));
  const events = [...waiting, ...history(stage)].sort((a, b) => b.agoMinutes - a.agoMinutes);
  for (const event of events) await event.run();
}

async function createFlow(
  client: Client,
  server: { region: string; accountId: string },
  flow: FlowFacts,
): Promise<void> {
  const { HumanTaskUiArn } = await client.call('CreateHumanTaskUi', {
    HumanTaskUiName: flow.name,
    UiTemplate: { Content: flow.template },
  });
  await client.call('CreateFlowDefinition', {
    FlowDefinitionName: flow.name,
    HumanLoopConfig: {
      WorkteamArn: workteamArn(server, flow.workteam ?? 'reviewers'),
      HumanTaskUiArn,
      TaskTitle: flow.title,
      TaskDescription: flow.description,
      TaskCount: flow.taskCount ?? 1,
      TaskKeywords: [...flow.keywords],
      ...(flow.timeLimitSeconds !== undefined && { TaskTimeLimitInSeconds: flow.timeLimitSeconds }),
    },
    ...(flow.conditions && {
      HumanLoopActivationConfig: {
        HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: JSON.stringify(flow.conditions) },
      },
    }),
    ...(flow.tags && {
      Tags: Object.entries(flow.tags).map(([Key, Value]) => ({
        Key,
        // A tag names a workteam by its whole name.
        Value: Key === 'holdpoint:adjudicator-workteam' ? workteamArn(server, Value) : Value,
      })),
    }),
    OutputConfig: { S3OutputPath: 's3://holdpoint/outputs' },
    RoleArn: `arn:aws:iam::${server.accountId}:role/holdpoint`,
  });
}
