/** Simulated workers at work, until the end that was asked for. */
import type { Client } from '@holdpoint/client';
import type { Json, TaskSummary } from '@holdpoint/protocol';
import type { Crew, CrewMember } from './crew.ts';
import { mayLeaveTasks, ruleFor } from './decide.ts';
import type { Done } from './done.ts';
import { nextTasks, pickedTasks, type TaskFinder } from './find-task.ts';
import { createRecentNames, type RecentNames } from './recent-names.ts';
import type { Rule } from './rules.ts';
import { createTurns, rest } from './take-turn.ts';
import type { WaitingLoops } from './waiting-loops.ts';

export interface Simulation {
  readonly client: Client;
  readonly rules: readonly Rule[];
  readonly crew: Crew;
  /** The name of the only flow that counts. */
  readonly flow: string | undefined;
  readonly seed: string;
  /** Times faster than people; 0 needs no time. */
  readonly speed: number;
  /** How many answers there are to be. */
  readonly count: number;
  /** With it, the end is when nothing waits any more. */
  readonly waiting: WaitingLoops | undefined;
  /** Loops that a worker came upon. */
  readonly offered: RecentNames;
  /** Ends it in order. */
  readonly signal: AbortSignal;
  readonly onDone: (done: Done) => void;
  /** Told once for each flow that no rule is about. */
  readonly onForeignFlow: (name: string) => void;
}

/** Bounds of the pauses between two looks for a task where there was none, in milliseconds. */
const firstPause = 200;
const longestPause = 2000;
/** Inputs that are kept, since several workers see the same one. */
const mostInputs = 32;

/** Works until the end. Nobody keeps a task, whatever ends it. @throws what kept a worker from working at all */
export async function simulate(simulation: Simulation): Promise<void> {
  const { client, crew, count, waiting, signal, offered, onDone } = simulation;
  const end = new AbortController();
  const stopped = AbortSignal.any([signal, end.signal]);
  const inputOf = createInputs(client);
  /** What nobody takes. */
  const ignored = createRecentNames();
  const takeTurn = createTurns({ ...simulation, inputOf, ignored });
  const finders = createFinders(simulation, inputOf, ignored);
  let atWork = 0;
  let answered = 0;
  /** Each turn may leave something for somebody else; who found nothing since the last one has nothing to do. */
  let turns = 0;
  const foundNothingAt = new Map<CrewMember, number>();
  const isIdle = (): boolean => crew.members.every((member) => foundNothingAt.get(member) === turns);

  /** @returns whether there was a task */
  async function workOnce(member: CrewMember, finder: TaskFinder): Promise<boolean> {
    const turn = turns;
    const id = await finder.find();
    if (id === undefined) {
      foundNothingAt.set(member, turn);
      return false;
    }
    turns++;
    const done = await takeTurn(member, id, stopped);
    turns++;
    if (done === undefined) return true;
    if (done.what === 'answered') answered++;
    if (done.what === 'released') finders.leave(member, done);
    offered.add(done.humanLoopName);
    onDone(done);
    return true;
  }

  async function work(member: CrewMember): Promise<void> {
    const finder = finders.of(member);
    for (let wait = firstPause; !stopped.aborted; wait = Math.min(wait * 1.5, longestPause)) {
      if (answered + atWork < count) {
        atWork++;
        const found = await workOnce(member, finder).finally(() => atWork--);
        if (found) {
          wait = firstPause;
          continue;
        }
      }
      if (answered >= count || (waiting !== undefined && isIdle() && !(await waiting.any()) && isIdle())) end.abort();
      await rest(wait, stopped);
    }
  }

  const ends = await Promise.allSettled(crew.members.map((member) => work(member).finally(() => end.abort())));
  for (const one of ends) if (one.status === 'rejected') throw one.reason;
}

type InputOf = (humanLoopName: string) => Promise<Json>;

function createInputs(client: Client): InputOf {
  const inputs = new Map<string, Promise<Json>>();
  return (HumanLoopName) => {
    const known = inputs.get(HumanLoopName);
    if (known !== undefined) return known;
    const input = client
      .call('GetHumanLoop', { HumanLoopName })
      .then(({ InputContent }) => JSON.parse(InputContent ?? '{}') as Json);
    input.catch(() => inputs.delete(HumanLoopName));
    inputs.set(HumanLoopName, input);
    if (inputs.size > mostInputs) inputs.delete(inputs.keys().next().value!);
    return input;
  };
}

/** How each worker finds tasks: where some are left alone or given back they have to be picked. */
function createFinders(
  { rules, flow, offered, onDone, onForeignFlow }: Simulation,
  inputOf: InputOf,
  ignored: RecentNames,
) {
  const picks = mayLeaveTasks(rules);
  /** What a worker gave back and does not take again. */
  const left = new Map<CrewMember, RecentNames>();
  const foreign = new Set<string>();

  async function fits(member: CrewMember, { humanLoopName, flowDefinitionName }: TaskSummary): Promise<boolean> {
    offered.add(humanLoopName);
    if (ignored.has(humanLoopName) || left.get(member)?.has(humanLoopName)) return false;
    if (!rules.some(({ flows }) => flows?.includes(flowDefinitionName) ?? true)) {
      if (!foreign.has(flowDefinitionName)) onForeignFlow(flowDefinitionName);
      foreign.add(flowDefinitionName);
      return false;
    }
    const input = await inputOf(humanLoopName).catch((error: Error) => {
      if (error.name === 'ResourceNotFound') return undefined;
      throw error;
    });
    if (input === undefined) return false;
    const rule = ruleFor(rules, { flow: flowDefinitionName, input });
    if (rule !== undefined && rules[rule - 1]!.choices[0]!.outcome.kind !== 'ignore') return true;
    // Another worker may have come to it at the same time.
    if (ignored.has(humanLoopName)) return false;
    ignored.add(humanLoopName);
    const why = rule === undefined ? 'no rule fits' : 'as the rule says';
    onDone({ worker: member.name, what: 'left alone', humanLoopName, flowDefinitionName, rule, why });
    return false;
  }

  return {
    of(member: CrewMember): TaskFinder {
      const next = nextTasks(member.session, flow);
      const picked = pickedTasks(member.session, flow, (task) => fits(member, task));
      return { find: () => (picks || !ignored.isEmpty ? picked : next).find() };
    },
    leave(member: CrewMember, { humanLoopName }: Done): void {
      const names = left.get(member) ?? createRecentNames();
      names.add(humanLoopName);
      left.set(member, names);
    },
  };
}
