/** What clients do, through the doors that they have: operations of programs, requests of people's browsers. */
import { ApiError, flowDefinitionArn, humanTaskUiArn, workteamArn } from '@holdpoint/protocol';
import { operationHandlers } from '../../packages/server/src/operations/handlers.ts';
import type { Random } from '../crash/random.ts';
import { askPortal, installation, operationContext } from './node.ts';
import type { Node, Person, World } from './world.ts';

export interface CommandContext {
  readonly world: World;
  readonly node: Node;
  readonly random: Random;
  readonly id: number;
}

/** Does what it is called for; answers its outcome in a word. */
type Command = (context: CommandContext) => Promise<string>;

const loopNames = Array.from({ length: 10 }, (_, index) => `loop-${index + 1}`);
export const flowNames = ['flow-of-1', 'flow-of-2', 'flow-of-3'];
const teams = ['red', 'blue'];
const uiName = 'page';

type Operations = typeof operationHandlers;
type Input<Name extends keyof Operations> = Parameters<Operations[Name]>[1];

async function operate<Name extends keyof Operations>(
  { node }: CommandContext,
  name: Name,
  input: Input<Name>,
  waitSeconds = 0,
): Promise<{ outcome: string; output?: Awaited<ReturnType<Operations[Name]>> }> {
  try {
    const handler = operationHandlers[name] as (...given: unknown[]) => ReturnType<Operations[Name]>;
    return { outcome: 'ok', output: await handler(operationContext(node, waitSeconds), input) };
  } catch (error) {
    if (error instanceof ApiError) return { outcome: error.name };
    throw error;
  }
}

/** A request of a person, who signs in again when need be. */
async function ask(
  context: CommandContext,
  person: Person,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Awaited<ReturnType<typeof askPortal>>> {
  const send = () => askPortal(context.node, { method, path, body, cookie: person.cookie });
  const reply = await send();
  if (reply.code !== 'signed-out' || !(await signIn(context, person))) return reply;
  return send();
}

async function signIn(context: CommandContext, person: Person): Promise<boolean> {
  const { output } = await operate(context, 'CreateSignInLink', { Email: person.email, Purpose: 'SignIn' });
  if (!output) return false;
  const reply = await askPortal(context.node, {
    method: 'POST',
    path: '/portal/api/use-link',
    body: { token: output.Url.split('#')[1] },
  });
  person.cookie = reply.cookie ?? person.cookie;
  return reply.status === 200;
}

const personOf = ({ world, random }: CommandContext): Person => random.pick(world.people);

/** Mostly one of those for whom there is something to do, so that what is rare is not starved by what is refused. */
function likely<T>({ random }: CommandContext, all: readonly T[], isLikely: (one: T) => boolean): T {
  const some = random.chance(0.75) ? all.filter(isLikely) : [];
  return random.pick(some.length > 0 ? some : all);
}

const loopNamed = ({ world }: CommandContext, name: string) => world.database.rows.by('humanLoops', 'name', name)[0];

const hasFlow = ({ world }: CommandContext, name: string): boolean =>
  world.database.rows.by('flowDefinitions', 'name', name)[0]?.status === 'Active';

const isOpen = (world: World, { id }: { readonly id: string }): boolean => statusOf(world, id) === 'open';

/** Mostly somebody who holds a task, of whose turns mostly that one. */
function someTurn(context: CommandContext) {
  const { world, random } = context;
  const person = likely(context, world.people, ({ turns }) => turns.some((turn) => isOpen(world, turn)));
  if (person.turns.length === 0) return { person, turn: undefined };
  const open = random.chance(0.85) ? person.turns.filter((turn) => isOpen(world, turn)) : [];
  return { person, turn: random.pick(open.length > 0 ? open : person.turns) };
}

function took(world: World, person: Person, id: unknown): void {
  if (typeof id !== 'string') return;
  const row = world.history.assignments.get(id);
  if (world.nameOf(row?.workerId ?? '') !== person.name)
    world.violate('lost', `${person.name} was told of a turn that is not saved`);
  if (!person.turns.some((turn) => turn.id === id)) person.turns.push({ id, sent: [] });
}

/** A request about one of a person's turns. */
const aboutTurn =
  (action: string): Command =>
  async (context) => {
    const { person, turn } = someTurn(context);
    if (!turn) return 'no turn';
    const { code } = await ask(context, person, 'POST', `/portal/api/assignments/${turn.id}/${action}`, {});
    if (code === '200' && (action === 'release' || action === 'decline') && statusOf(context.world, turn.id) === 'open')
      context.world.violate(
        'lost',
        `${person.name} left by ${action} and still holds ${context.world.nameOf(turn.id)}`,
      );
    return code;
  };

const statusOf = (world: World, id: string) => world.database.rows.get('assignments', id)?.status;

async function submit(context: CommandContext, again: boolean): Promise<string> {
  const { world, random, id } = context;
  const { person, ...some } = someTurn(context);
  const turn = again ? person.turns.findLast(({ sent }) => sent.length > 0) : some.turn;
  if (!turn) return 'no turn';
  // Half of the repetitions say the same again, as after a lost reply.
  const earlier = turn.sent.at(-1);
  const text =
    again && earlier !== undefined && random.chance(0.5)
      ? earlier
      : JSON.stringify({ by: person.name, n: id, vote: random.pick(['yes', 'yes', 'no', 'never']) });
  turn.sent.push(text);
  const path = `/portal/api/assignments/${turn.id}/submit`;
  const { code } = await ask(context, person, 'POST', path, { answerContent: JSON.parse(text) });
  if (code === '200' && !world.history.said.get(turn.id)?.has(text))
    world.violate('lost', `the answer ${text} was acknowledged and is not saved`);
  return code;
}

/** What was taken back is not written: at its end a loop's output is compared with what is left. */
const undo: Command = async (context) => {
  const { world, random } = context;
  const isIn = ({ id }: { readonly id: string }): boolean => statusOf(world, id) === 'submitted';
  const person = likely(context, world.people, ({ turns }) => turns.some(isIn));
  const turns = person.turns.filter(isIn);
  const turn = turns.length > 0 && random.chance(0.9) ? turns.at(-1) : person.turns.at(-1);
  if (!turn) return 'no turn';
  return (await ask(context, person, 'POST', `/portal/api/assignments/${turn.id}/undo`, {})).code;
};

async function saveDraft(context: CommandContext): Promise<string> {
  const { person, turn } = someTurn(context);
  if (!turn) return 'no turn';
  const body = { draft: { by: person.name, n: context.id } };
  const path = `/portal/api/assignments/${turn.id}/draft`;
  const { code } = await ask(context, person, 'POST', path, body);
  if (code !== '200') return code;
  const reply = await ask(context, person, 'GET', path);
  if (reply.code === '200' && (reply.json.draft as { by?: unknown } | null)?.by !== person.name)
    if (statusOf(context.world, turn.id) === 'open')
      context.world.violate('lost', `the draft of ${person.name} was acknowledged and is not there`);
  return code;
}

export const startLoop = async (context: CommandContext): Promise<string> => {
  const { world, random } = context;
  const name = likely(context, loopNames, (one) => !loopNamed(context, one));
  const kind = random.number();
  const text = kind < 0.05 ? 'broken' : kind < 0.15 ? 'b' : 'a';
  const inputContent = JSON.stringify({ text });
  const { outcome } = await operate(context, 'StartHumanLoop', {
    HumanLoopName: name,
    FlowDefinitionArn: flowDefinitionArn(
      installation,
      likely(context, flowNames, (one) => hasFlow(context, one)),
    ),
    HumanLoopInput: { InputContent: inputContent },
  });
  const loops = [...world.history.loops.values()];
  if (outcome === 'ok' && !loops.some((loop) => loop.name === name && loop.inputContent === inputContent))
    world.violate('lost', `the start of ${name} was acknowledged and is not saved`);
  return outcome;
};

const onLoop =
  (name: 'DescribeHumanLoop' | 'GetHumanLoop' | 'StopHumanLoop' | 'DeleteHumanLoop'): Command =>
  async (context) => {
    const { random } = context;
    const wait = name === 'DescribeHumanLoop' && random.chance(0.3) ? 3 : 0;
    const HumanLoopName = likely(context, loopNames, (one) => {
      const loop = loopNamed(context, one);
      return loop !== undefined && (loop.finishedAt !== null) === (name === 'DeleteHumanLoop');
    });
    return (await operate(context, name, { HumanLoopName }, wait)).outcome;
  };

const tag = (name: string, Value: string) => ({ Key: `holdpoint:${name}`, Value });
const byVote = tag('compare-fields', 'vote');
/** Ways in which answers decide how many are asked; half of the flows have none. */
const counting = [
  [],
  [],
  [],
  [byVote, tag('quorum', '2'), tag('max-answers', '3')],
  [byVote, tag('min-answers', '2'), tag('max-answers', '4'), tag('veto', 'never')],
  [byVote, tag('min-answers', '1'), tag('max-answers', '3'), tag('stop-confidence', '0.9')],
  ...teams.map((team) => [
    byVote,
    tag('min-answers', '2'),
    tag('max-answers', '2'),
    tag('adjudicator-workteam', workteamArn(installation, team)),
  ]),
];

export const createFlow = async (
  context: CommandContext,
  name = likely(context, flowNames, (one) => !hasFlow(context, one)),
): Promise<string> => {
  const { random } = context;
  const { outcome } = await operate(context, 'CreateFlowDefinition', {
    FlowDefinitionName: name,
    HumanLoopConfig: {
      WorkteamArn: workteamArn(installation, random.pick(teams)),
      HumanTaskUiArn: humanTaskUiArn(installation, uiName),
      TaskTitle: 'Title',
      TaskDescription: 'Description',
      TaskCount: Number(name.at(-1)),
      TaskAvailabilityLifetimeInSeconds: random.pick([120, 3600, 86_400, 864_000]),
      TaskTimeLimitInSeconds: random.pick([30, 900, 3600]),
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/output' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
    Tags: [
      { Key: 'holdpoint:undo-seconds', Value: random.pick(['0', '5', '60']) },
      { Key: 'holdpoint:extend-seconds', Value: random.pick(['0', '600']) },
      ...random.pick(counting),
      ...random.pick([[], [tag('gold-rate', '0.5'), tag('min-accuracy', '0.6')]]),
    ],
  });
  if (outcome === 'ok' && random.chance(0.5))
    await operate(context, 'CreateGoldItem', {
      FlowDefinitionName: name,
      InputContent: JSON.stringify({ text: 'a' }),
      ExpectedAnswer: JSON.stringify({ vote: 'yes' }),
    });
  return outcome;
};

export const createUi = async (context: CommandContext): Promise<string> =>
  (await operate(context, 'CreateHumanTaskUi', { HumanTaskUiName: uiName, UiTemplate: { Content: '<p></p>' } }))
    .outcome;

const targetOf = async (context: CommandContext): Promise<string | undefined> => {
  const { output } = await operate(context, 'ListEventTargets', {});
  const ids = output?.EventTargets.map(({ EventTargetId }) => EventTargetId) ?? [];
  return ids.length > 0 ? context.random.pick(ids) : undefined;
};

export const createTarget: Command = async (context) => {
  if ([...context.world.database.rows.all('eventTargets')].length > 2) return 'enough';
  const kind = context.random.chance(0.8) ? ('human-loop' as const) : ('object-created' as const);
  return (await operate(context, 'CreateEventTarget', { Url: 'https://example.com/hook', Kind: kind })).outcome;
};

const onWorker =
  (name: 'DisableWorker' | 'EnableWorker'): Command =>
  async (context) => {
    const rows = [...context.world.database.rows.all('workers')];
    const status = name === 'DisableWorker' ? 'active' : 'disabled';
    const { email } = likely(context, rows, (one) => one.status === status);
    return (await operate(context, name, { Email: email })).outcome;
  };

/** Takes the oldest task that there is for a person. */
export async function takeNext(context: CommandContext, person = personOf(context)): Promise<string> {
  const { code, json } = await ask(context, person, 'POST', '/portal/api/tasks/next', {});
  took(context.world, person, json.assignmentId);
  return code === '200' && json.assignmentId === null ? 'nothing' : code;
}

/** Submits a person's newest turn; for people who work alone. */
export async function finishTurn(context: CommandContext, person: Person): Promise<string> {
  const turn = person.turns.at(-1)!;
  const text = JSON.stringify({ by: person.name, n: context.id });
  turn.sent.push(text);
  const path = `/portal/api/assignments/${turn.id}/submit`;
  return (await ask(context, person, 'POST', path, { answerContent: JSON.parse(text) })).code;
}

async function acceptListed(context: CommandContext): Promise<string> {
  const person = personOf(context);
  const list = await ask(context, person, 'GET', '/portal/api/tasks');
  if (list.code !== '200') return list.code;
  const tasks = list.json.tasks as { taskId: string }[];
  if (tasks.length === 0) return 'nothing';
  const { code, json } = await ask(
    context,
    person,
    'POST',
    `/portal/api/tasks/${context.random.pick(tasks).taskId}/accept`,
    {},
  );
  took(context.world, person, json.assignmentId);
  return code;
}

async function openPage(context: CommandContext): Promise<string> {
  const { person, turn } = someTurn(context);
  if (!turn) return 'no turn';
  const { status } = await ask(context, person, 'GET', `/portal/frame/${turn.id}`);
  return String(status);
}

async function setTeams(context: CommandContext): Promise<string> {
  const { random } = context;
  const Workteams = random.pick([['red'], ['blue'], ['red', 'blue']]);
  return (await operate(context, 'SetWorkerWorkteams', { Email: personOf(context).email, Workteams })).outcome;
}

/** Every command, with how often it is chosen. */
export const commands: { readonly [name: string]: readonly [weight: number, command: Command] } = {
  start: [14, startLoop],
  describe: [3, onLoop('DescribeHumanLoop')],
  get: [1, onLoop('GetHumanLoop')],
  list: [
    1,
    async (context) =>
      (
        await operate(context, 'ListHumanLoops', {
          FlowDefinitionArn: flowDefinitionArn(installation, context.random.pick(flowNames)),
        })
      ).outcome,
  ],
  stop: [4, onLoop('StopHumanLoop')],
  delete: [5, onLoop('DeleteHumanLoop')],
  next: [10, (context) => takeNext(context)],
  accept: [5, acceptListed],
  submit: [14, (context) => submit(context, false)],
  'submit again': [3, (context) => submit(context, true)],
  undo: [5, undo],
  'save draft': [3, saveDraft],
  extend: [2, aboutTurn('extend')],
  release: [2, aboutTurn('release')],
  decline: [2, aboutTurn('decline')],
  'stop for later': [3, aboutTurn('stop')],
  resume: [2, aboutTurn('resume')],
  'open page': [2, openPage],
  'delete flow': [
    0.7,
    async (context) =>
      (await operate(context, 'DeleteFlowDefinition', { FlowDefinitionName: context.random.pick(flowNames) })).outcome,
  ],
  'create flow': [1.6, (context) => createFlow(context)],
  'delete page': [
    0.05,
    async (context) => (await operate(context, 'DeleteHumanTaskUi', { HumanTaskUiName: uiName })).outcome,
  ],
  'create page': [0.5, createUi],
  'disable worker': [0.7, onWorker('DisableWorker')],
  'enable worker': [1.4, onWorker('EnableWorker')],
  'set teams': [0.5, setTeams],
  'create target': [0.4, createTarget],
  'delete target': [
    0.3,
    async (context) => {
      const id = await targetOf(context);
      return id === undefined ? 'none' : (await operate(context, 'DeleteEventTarget', { EventTargetId: id })).outcome;
    },
  ],
  'replay target': [
    0.4,
    async (context) => {
      const id = await targetOf(context);
      return id === undefined ? 'none' : (await operate(context, 'ReplayEventTarget', { EventTargetId: id })).outcome;
    },
  ],
};
