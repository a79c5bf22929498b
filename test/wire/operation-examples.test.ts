// The documentation's examples: every operation has one in each language that can call it, and all programs run as they are.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import {
  type AcceptTaskResponse,
  type Operation,
  operations,
  portalRequestHeader,
  type TaskListResponse,
} from '@holdpoint/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { recordResult } from '../testing/record-result.ts';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith, pythonPath } from '../testing/tools.ts';

const examples = join(import.meta.dirname, '../../examples');
const folder = join(examples, 'operations');

interface Language {
  readonly extension: string;
  readonly services: readonly Operation['service'][];
  readonly region: RegExp;
  readonly command: string;
  readonly args: readonly string[];
  /** How a program calls an operation. */
  calls(operation: string): readonly string[];
}

const aws = ['sagemaker', 'sagemaker-a2i-runtime'] as const;
const camelCase = (name: string): string => name[0]!.toLowerCase() + name.slice(1);
const snakeCase = (name: string): string => camelCase(name).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const languages: Readonly<Record<string, Language>> = {
  boto3: {
    extension: '.py',
    services: aws,
    region: /^# (end)?region (\w+)$/,
    command: pythonPath,
    args: [],
    calls: (name) => [`.${snakeCase(name)}(`, `.get_paginator("${snakeCase(name)}")`],
  },
  javascript: {
    extension: '.mjs',
    services: aws,
    region: /^\/\/ #(end)?region (\w+)$/,
    command: process.execPath,
    args: process.execArgv,
    calls: (name) => [`new ${name}Command(`, `paginate${name}(`],
  },
  holdpoint: {
    extension: '.ts',
    services: [...aws, 'holdpoint'],
    region: /^\/\/ #(end)?region (\w+)$/,
    command: process.execPath,
    args: process.execArgv,
    calls: (name) => [`.${camelCase(name)}(`, `.getPaginator('${camelCase(name)}')`],
  },
};

/** The resources of which a language has a program. */
function resourcesIn(language: string): string[] {
  const { extension } = languages[language]!;
  const programs = readdirSync(join(folder, language)).filter(
    (name) => name.endsWith(extension) && name !== 'client.py',
  );
  return programs.map((name) => name.slice(0, -extension.length));
}

const fileOf = (language: string, resource: string): string =>
  join(folder, language, `${resource}${languages[language]!.extension}`);

/** The regions of a program, in order. Throws where one is not closed under its name. */
function regionsOf(file: string, pattern: RegExp): (readonly [name: string, lines: readonly string[]])[] {
  const regions: [string, string[]][] = [];
  let open: string | undefined;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [marker, end, name = ''] = pattern.exec(line) ?? [];
    if (marker === undefined) {
      if (open !== undefined) regions.at(-1)![1].push(line);
      continue;
    }
    if (open !== (end ? name : undefined)) throw new Error(`${file}: "${line}" inside ${open ?? 'no region'}`);
    open = end ? undefined : name;
    if (!end) regions.push([name, []]);
  }
  if (open !== undefined) throw new Error(`${file}: ${open} is not closed.`);
  return regions;
}

describe.each(Object.entries(languages))('the examples in %s', (language, { services, region, calls }) => {
  const regions = resourcesIn(language).flatMap((resource) => regionsOf(fileOf(language, resource), region));

  it('are one for each operation', () => {
    const callable = Object.values(operations).filter(({ service }) => services.some((one) => one === service));
    expect(regions.map(([name]) => name).sort()).toEqual(callable.map(({ name }) => name).sort());
  });

  it('are short and call their operations', () => {
    const faults = regions.flatMap(([name, lines]) => {
      const called = calls(name).some((call) => lines.join('\n').includes(call));
      return [
        ...(called ? [] : [`${name} is not called`]),
        ...(lines.length > 16 ? [`${name} has ${lines.length} lines`] : []),
        ...(lines.some((line) => line.length > 120) ? [`${name} has a long line`] : []),
      ];
    });
    expect(faults).toEqual([]);
  });
});

it('examples/README.md names every example, by itself or by its folder', () => {
  const readme = readFileSync(join(examples, 'README.md'), 'utf8');
  const links = new Set([...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path));
  const files = readdirSync(examples, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  const programs = files.filter((path) => /\.(py|mjs|ts|tf)$/.test(path));
  const named = (path: string): boolean => links.has(path) || links.has(`${posix.dirname(path)}/README.md`);
  expect(programs.filter((path) => !named(path))).toEqual([]);
  expect([...links].filter((path) => !files.includes(path))).toEqual([]);
});

const arn = (resource: string): string => `arn:aws:sagemaker:us-east-1:000000000000:${resource}`;
const mood = {
  arn: arn('flow-definition/example-mood'),
  ui: arn('human-task-ui/example-mood'),
  sha256: 'b1afeee8bc8c85efd173a23d13b1e4d0f958052ff829225cde62a69786c907b9',
};
const started = `Started ${arn('human-loop/example-invoice-4711')}`;
const tried = [
  started,
  "Not started: HumanLoop 'example-invoice-4711' already exists with a different input. Please use a different HumanLoopName.",
  /^Answer at localhost:\d+\/portal, or wait a minute$/,
  /^example-invoice-4711 is (InProgress|Completed) since \d+:\d\d/,
];
const answered = ['The total is 1,299.00 and a cent'];
const again = `Started ${arn('human-loop/example-invoice-4712')}`;
const ended = ['example-invoice-4712 is Stopped', 'example-invoice-4711 is deleted'];

/** What the program of a resource prints, line by line, in whatever language. */
const printed: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  statistics: [
    /^Today \d+ loops were started and \d+ completed\.$/,
    /^Half of those took no longer than [\d.]+ seconds\.$/,
    /^\d+ tasks wait, of which \d+ will not be done in time\.$/,
    /^\d+ workers answered; most answers came from .+\.$/,
  ],
  consolidation: ['0 answers come to nothing, with a confidence of 0', '0 finished loops have several answers'],
  'gold-items': [
    '{"mood":"pleased"}: 0 of 0 answers were right',
    '0 workers have answered gold items',
    'Everybody gets tasks again',
    'The gold item is deleted',
  ],
  'human-loops': [...tried, ...answered, again, ...ended],
  'flow-definitions': [
    `Created ${mood.arn}`,
    'example-mood is Active: Mood of a text',
    `example-mood: ${mood.arn}`,
    'example-mood is deleted',
  ],
  'human-task-uis': [
    `Created ${mood.ui}`,
    'Not created: The HumanTaskUi with HumanTaskUiName example-mood already exists. Choose a different name or delete it first.',
    `example-mood has SHA-256 ${mood.sha256}`,
    'Its source is what it was made with',
    `example-mood: ${mood.ui}`,
    '',
    /^<script src="http:\/\/localhost:\d+\/assets\/crowd-html-elements.js"><\/script>$/,
    '<crowd-form>',
    /<crowd-classifier name="mood"/,
    /<classification-target>I love it<\/classification-target>/,
    /<\/crowd-classifier>/,
    '</crowd-form>',
    '',
    'example-mood is deleted',
  ],
  workteams: [
    `Created ${arn('workteam/private-crowd/example-accounting')}`,
    /^example-accounting: Whoever checks invoices, portal at localhost:\d+$/,
    'The work team example-accountants does not exist.',
    `example-accounting: ${arn('workteam/private-crowd/example-accounting')}`,
    'Asks the group accounting',
    'Asks the group controlling',
    "Vendors' workteams: none",
    `The specified Workteam '${arn('workteam/vendor-crowd/example')}' does not exist or you do not have access to it.`,
    'example-accounting is deleted',
  ],
  tags: ['It has 2 tags now', 'department = accounting', 'stage = test', 'Left: department'],
  workforces: [
    '0 workforces are left',
    `Created ${arn('workforce/example-workforce')}`,
    /^example-workforce is Active, its workers sign in at localhost:\d+$/,
    `example-workforce: ${arn('workforce/example-workforce')}`,
    'Workers come from 192.0.2.0/24',
  ],
  workers: [
    /^Robin Reviewer sets a password at http:\/\/localhost:\d+\/portal\/link#\S+$/,
    'Robin Reviewer is Disabled',
    'Robin Reviewer is Active',
    /^http:\/\/localhost:\d+\/portal\/link#\S+ signs in once, until \d+:\d\d/,
    /^http:\/\/localhost:\d+\/portal\/link#\S+ sets a new password, once$/,
    'Robin Reviewer is in 0 workteams',
    'Robin Reviewer runs the server from now on',
    'Robin Reviewer is signed in at 0 places',
    '0 sign-ins were ended',
    'ada <ada@example.com> is Active',
    'Robin Reviewer <reviewer@example.com> is Active',
  ],
  'access-keys': [
    /^AKIAHP[A-Z2-7]{14} sees 1 workteams$/,
    'AKIAEXAMPLE signs for this server too',
    'There already is an access key with the id AKIAEXAMPLE.',
    /^AKIAHP[A-Z2-7]{14} \(root\): made at the first start$/,
    /^AKIAHP[A-Z2-7]{14} \(user\): Example: nightly import$/,
    'AKIAEXAMPLE (user): Example: from AWS',
    'UnrecognizedClientException: The security token included in the request is invalid.',
  ],
  'event-targets': [
    'Whoever has whsec_… can tell our events from others',
    'The receiver took it with 204',
    /^http:\/\/127\.0\.0\.1:\d+\/hook hears of Completed, Failed: 0 wait, 0 were given up$/,
    '0 events were given up, and are kept',
    '0 events are sent again',
    '0 events were deleted and are not sent any more',
  ],
  templates: [
    'Error in line 4: undefined variable txt: the sample input has no txt. Did you mean text?',
    'Warning in line 5: <crowd-input> has no name, so what workers enter there is not in the answer.',
    'The page has 0 errors',
    'It shows the text',
  ],
};

/** Where a program prints something else than its like in other languages, or than at the first time. */
const otherwise: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'holdpoint/human-loops': [
    ...tried,
    /^example-invoice-4711 is \w+\. For ten minutes this link says so too: http:\/\/127\.0\.0\.1:\d+\/human-loops\/example-invoice-4711\?\S+$/,
    ...answered,
    'The link answers 200',
    again,
    'Check an invoice: 0 of 1 answers to {"number":"4712","total":"86.50"}',
    'example-invoice-4712, found: InProgress',
    /^\d+:\d\d:\d\d.* Started $/,
    /^\d+ characters under sandbox allow-scripts /,
    'Nothing has failed.',
    ...ended,
  ],
  'holdpoint/flow-definitions': [
    ...printed['flow-definitions']!.slice(0, -1),
    'example-mood has 0 unfinished loops',
    'The bucket is there',
    'People would be asked',
    'example-mood is deleted',
  ],
  'holdpoint/workers, again': [
    'A worker with the e-mail address reviewer@example.com already exists.',
    ...printed.workers!.slice(1),
  ],
};

/** A reviewer at the portal's API, as its page uses it. */
async function signIn({ url }: TestServer, email: string) {
  let cookie = '';
  async function ask(path: string, body?: object): Promise<Response> {
    const headers = {
      cookie,
      'content-type': 'application/json',
      [portalRequestHeader.name]: portalRequestHeader.value,
    };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${url}/portal/api/${path}`, { headers, ...sent });
    if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`);
    return response;
  }
  const session = await ask('sign-in', { email, password });
  cookie = session.headers.getSetCookie()[0]!.split(';')[0]!;

  /** Answers the human loop of a name as soon as its task is there. */
  return async (humanLoopName: string, answerContent: object): Promise<void> => {
    const taskOf = async () => {
      const { tasks } = (await (await ask('tasks')).json()) as TaskListResponse;
      return tasks.find((task) => task.humanLoopName === humanLoopName)?.taskId;
    };
    await eventually(taskOf).toBeDefined();
    const accepted = await ask(`tasks/${await taskOf()}/accept`, {});
    const { assignmentId } = (await accepted.json()) as AcceptTaskResponse;
    await ask(`assignments/${assignmentId}/submit`, { answerContent });
  };
}

/** What is left when programs have cleaned up. Workers stay, disabled, and outputs stay in their bucket. */
async function holdings({ client }: TestServer) {
  const loops = ['example-invoice-4711', 'example-invoice-4712'].map((HumanLoopName) =>
    client.call('DescribeHumanLoop', { HumanLoopName }).catch(() => undefined),
  );
  const { FlowDefinitionSummaries } = await client.call('ListFlowDefinitions', {});
  const { HumanTaskUiSummaries } = await client.call('ListHumanTaskUis', {});
  const { Workteams } = await client.call('ListWorkteams', {});
  const { Workforces } = await client.call('ListWorkforces', {});
  const { Workers } = await client.call('ListWorkers', {});
  const { AccessKeys } = await client.call('ListAccessKeys', {});
  const { EventTargets } = await client.call('ListEventTargets', {});
  return {
    loops: (await Promise.all(loops)).filter(Boolean),
    FlowDefinitionSummaries,
    HumanTaskUiSummaries,
    workteams: Workteams.map(({ CreateDate: _1, LastUpdatedDate: _2, ...workteam }) => workteam),
    workforces: Workforces.map(({ CreateDate: _1, LastUpdatedDate: _2, ...workforce }) => workforce),
    activeWorkers: Workers.filter(({ Status }) => Status === 'Active'),
    AccessKeys,
    EventTargets,
  };
}

describe('each program does what it says, twice, and leaves nothing behind', () => {
  let server: TestServer;
  let answer: Awaited<ReturnType<typeof signIn>>;

  beforeAll(async () => {
    server = await startTestServer({ config: { allowPrivateTargets: true } });
    await server.hire('ada@example.com');
    answer = await signIn(server, 'ada@example.com');
  });
  /** Operations by the language whose programs all ran. */
  const ran: Record<string, string[]> = {};
  afterAll(async () => {
    await server?.close();
    const whole = Object.keys(languages).every((language) => ran[language]?.length === resourcesIn(language).length);
    if (!whole) return;
    const called = (language: string): string[] =>
      resourcesIn(language).flatMap((resource) =>
        regionsOf(fileOf(language, resource), languages[language]!.region).map(([name]) => name),
      );
    recordResult(
      'operations',
      Object.fromEntries(Object.keys(languages).map((language) => [language, called(language).sort()])),
    );
  });

  /** Runs a program to its end; Ada answers the first invoice. */
  async function run(language: string, resource: string) {
    const { command, args } = languages[language]!;
    const child = spawn(command, [...args, fileOf(language, resource)], {
      env: server.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'close');
    const complaint = text(child.stderr);
    const lines: string[] = [];
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        lines.push(line);
        if (line === started) await answer('example-invoice-4711', { total: '1,299.00 and a cent' });
      }
    } finally {
      child.kill();
    }
    const [code] = await ended;
    return { code, lines, complaint: await complaint };
  }

  for (const language of Object.keys(languages)) {
    const suite = language === 'boto3' ? describeWith('Python with boto3') : describe;
    suite(language, () => {
      it.each(resourcesIn(language))('%s', { timeout: 180_000 }, async (resource) => {
        const before = await holdings(server);
        for (const time of ['', ', again']) {
          const { code, lines, complaint } = await run(language, resource);
          expect(code, complaint).toBe(0);
          const expected =
            otherwise[`${language}/${resource}${time}`] ?? otherwise[`${language}/${resource}`] ?? printed[resource];
          // Other programs have left rows too.
          if (resource === 'activities')
            expect(lines[0]).toMatch(/^\d{4}\S+Z AKIAHP\w+ from 127\.0\.0\.1: \w+AccessKey AKIAHP\w+$/);
          else if (resource === 'installation') expectChecks(lines);
          else
            expect(lines).toEqual(
              expected?.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))),
            );
          // A flow definition that is deleted takes a moment to go.
          await eventually(() => holdings(server)).toEqual(before);
        }
        ran[language] = [...(ran[language] ?? []), resource];
      });

      it('workforces changes nothing where more depends on them', { timeout: 60_000 }, async () => {
        await server.client.call('CreateWorkteam', {
          WorkteamName: 'another',
          Description: 'A workteam that somebody needs',
          MemberDefinitions: [{ OidcMemberDefinition: { Groups: ['another'] } }],
        });
        const before = await holdings(server);
        const { code, complaint } = await run(language, 'workforces');
        expect(code).toBe(1);
        expect(complaint.trim()).toBe(
          'This needs a new server: one without flow definitions and with no other workteam than reviewers.',
        );
        expect(await holdings(server)).toEqual(before);
        await server.client.call('DeleteWorkteam', { WorkteamName: 'another' });
      });
    });
  }
});

function expectChecks([first, ...checks]: string[]): void {
  expect(first).toMatch(/^Holdpoint \d+\.\d+\.\d+ at http:\/\/localhost:\d+$/);
  expect(checks).toContainEqual(expect.stringMatching(/^Ok Database: The database is sound/));
  expect(checks.filter((line) => !/^(Ok|Warning|Skipped) \w+: /.test(line))).toEqual([]);
}
