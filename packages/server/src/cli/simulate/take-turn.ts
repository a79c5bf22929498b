/** A worker's turn at a task: think, wait, act. Whatever happens, the task is not kept. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AssignmentView, Json } from '@holdpoint/protocol';
import type { CrewMember } from './crew.ts';
import { type Decision, decide, ruleFor } from './decide.ts';
import type { Done } from './done.ts';
import { MissingInput } from './fill.ts';
import { isRefusal, type PortalSession } from './portal-session.ts';
import { createRandom } from './random.ts';
import type { RecentNames } from './recent-names.ts';
import type { Rule } from './rules.ts';

export interface TurnSettings {
  readonly rules: readonly Rule[];
  readonly seed: string;
  /** Times faster than people; 0 needs no time. */
  readonly speed: number;
  readonly inputOf: (humanLoopName: string) => Promise<Json>;
  /** Loops that nobody takes; those that cannot be done as the rules say are added. */
  readonly ignored: RecentNames;
}

/** The longest time of a timer, in milliseconds. */
const longestRest = 2 ** 31 - 1;

/** Undefined when there is nothing to tell: another worker has told it. */
export type TakeTurn = (member: CrewMember, assignmentId: string, stopped: AbortSignal) => Promise<Done | undefined>;

/** @returns a function that takes one turn. It throws what keeps a worker from working at all. */
export function createTurns({ rules, seed, speed, inputOf, ignored }: TurnSettings): TakeTurn {
  const turns = new Map<string, number>();

  /** Each turn at a loop draws anew, whoever's it is: who takes it first is chance that no seed rules. */
  function turnAt(humanLoopName: string): number {
    const turn = (turns.get(humanLoopName) ?? 0) + 1;
    turns.delete(humanLoopName);
    turns.set(humanLoopName, turn);
    if (turns.size > 100_000) turns.delete(turns.keys().next().value!);
    return turn;
  }

  async function turn(
    session: PortalSession,
    { assignmentId, humanLoopName, flowDefinitionName: flow }: AssignmentView,
    stopped: AbortSignal,
  ): Promise<Omit<Done, 'worker' | 'humanLoopName' | 'flowDefinitionName'>> {
    const task = { flow, input: await inputOf(humanLoopName) };
    const rule = ruleFor(rules, task)!;
    const random = createRandom(`${seed}/${humanLoopName}/${turnAt(humanLoopName)}`);
    const decision = decide(rules[rule - 1]!, task, random);
    const begun = performance.now();
    if (speed > 0) await rest((decision.seconds * 1000) / speed, stopped);
    const seconds = (performance.now() - begun) / 1000;
    if (stopped.aborted) {
      await session.release(assignmentId);
      return { what: 'released', seconds, why: 'the simulation ends' };
    }
    const { outcome, isMistake } = decision;
    const what = await act(session, assignmentId, decision);
    return { what, rule, seconds, ...(outcome.kind === 'answer' && { isMistake, answerContent: outcome.content }) };
  }

  return async ({ name: worker, session }, id, stopped) => {
    let about = { worker, humanLoopName: '', flowDefinitionName: '' };
    try {
      const view = await session.assignment(id);
      const { humanLoopName, flowDefinitionName } = view;
      about = { worker, humanLoopName, flowDefinitionName };
      if (ignored.has(humanLoopName)) {
        await session.release(id);
        return undefined;
      }
      return { ...about, ...(await turn(session, view, stopped)) };
    } catch (error) {
      const why = (error as Error).message.replace(/\.$/, '');
      if (isRefusal(error, 'task-gone', 'time-over', 'not-yours', 'not-found')) return { ...about, what: 'lost', why };
      const isRefused = error instanceof MissingInput || isRefusal(error, 'answer-invalid', 'answer-too-large');
      // Before it is free for others.
      if (isRefused) ignored.add(about.humanLoopName);
      await session.release(id).catch(() => {});
      if (isRefused) return { ...about, what: 'failed', why };
      if ((error as Error).name === 'ResourceNotFound') return { ...about, what: 'lost', why };
      throw error;
    }
  };
}

async function act(session: PortalSession, id: string, { outcome }: Decision): Promise<Done['what']> {
  if (outcome.kind === 'answer') {
    await session.submit(id, outcome.content);
    return 'answered';
  }
  if (outcome.kind === 'decline') {
    await session.decline(id);
    return 'declined';
  }
  await session.release(id);
  return 'released';
}

/** Ends early, and without an error, when the signal is aborted. */
export const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  pause(Math.min(milliseconds, longestRest), undefined, { signal }).catch(() => {});
