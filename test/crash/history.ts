/** What was asked of the server, what it acknowledged and what was seen of it: everything that the checks compare with. */
import { appendFileSync } from 'node:fs';
import type { JsonObject } from '@holdpoint/protocol';

export interface Loop {
  readonly name: string;
  readonly flowDefinitionName: string;
  readonly taskCount: number;
  readonly inputContent: string;
  /** The round in which the start was sent first. */
  readonly round: number;
  /** `sent`: there was no answer, so the loop may exist or not. */
  start: 'sent' | 'acknowledged';
  readonly submissions: Submission[];
  /** The last status that was seen. */
  status?: string;
  /** The output as it was first read. */
  output?: string;
  outputKey?: string;
}

export interface Submission {
  readonly token: string;
  readonly worker: string;
  readonly loop: Loop;
  readonly answerContent: JsonObject;
  readonly round: number;
  /**
   * `sent`: without an answer so far; `acknowledged`; `saved`: without an answer, but after the restart the assignment was
   * submitted; `lost`: without an answer, and after the restart the assignment was still open, which is fine.
   */
  state: 'sent' | 'acknowledged' | 'saved' | 'lost';
}

/** One thing that must never happen. */
export interface Violation {
  readonly kind: string;
  readonly text: string;
}

export interface History {
  readonly loops: Map<string, Loop>;
  readonly submissions: Map<string, Submission>;
  readonly flowDefinitionNames: string[];
  readonly violations: Violation[];
  /** How often something happened that is fine but worth telling. */
  readonly tally: Map<string, number>;
  round: number;
  addLoop(loop: Pick<Loop, 'name' | 'flowDefinitionName' | 'taskCount' | 'inputContent'>): Loop;
  addSubmission(submission: Pick<Submission, 'token' | 'worker' | 'loop' | 'answerContent'>): Submission;
  startAcknowledged(loop: Loop): void;
  resolve(submission: Submission, state: Exclude<Submission['state'], 'sent'>): void;
  violation(kind: string, text: string): void;
  count(what: string): void;
}

/** @param file gets one line of JSON for each entry, when given. */
export function createHistory(file?: string): History {
  const write = (entry: object): void => {
    if (file !== undefined)
      appendFileSync(file, `${JSON.stringify({ at: Date.now(), round: history.round, ...entry })}\n`);
  };
  const told = new Set<string>();
  const history: History = {
    loops: new Map(),
    submissions: new Map(),
    flowDefinitionNames: [],
    violations: [],
    tally: new Map(),
    round: 0,
    addLoop(facts) {
      const loop: Loop = { ...facts, round: history.round, start: 'sent', submissions: [] };
      history.loops.set(loop.name, loop);
      write({ start: loop.name, flow: loop.flowDefinitionName });
      return loop;
    },
    addSubmission(facts) {
      const submission: Submission = { ...facts, round: history.round, state: 'sent' };
      history.submissions.set(submission.token, submission);
      submission.loop.submissions.push(submission);
      write({ submit: submission.token, loop: submission.loop.name, worker: submission.worker });
      return submission;
    },
    startAcknowledged(loop) {
      loop.start = 'acknowledged';
      write({ started: loop.name });
    },
    resolve(submission, state) {
      submission.state = state;
      write({ submission: submission.token, state });
    },
    violation(kind, text) {
      const key = `${kind}: ${text}`;
      if (told.has(key)) return;
      told.add(key);
      history.violations.push({ kind, text });
      write({ violation: kind, text });
    },
    count: (what) => void history.tally.set(what, (history.tally.get(what) ?? 0) + 1),
  };
  return history;
}

/** The answers that must be in the loop's output. */
export const answersOf = (loop: Loop): Submission[] =>
  loop.submissions.filter(({ state }) => state === 'acknowledged' || state === 'saved');

export const hasItsAnswers = (loop: Loop): boolean => answersOf(loop).length >= loop.taskCount;
