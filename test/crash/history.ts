/** What was asked of the nodes, what they answered and what was seen of it, in order: all that the checks compare with. */
import { appendFileSync } from 'node:fs';
import type { JsonObject } from '@holdpoint/protocol';

export interface Loop {
  readonly name: string;
  readonly flowDefinitionName: string;
  readonly taskCount: number;
  readonly inputContent: string;
  /** `sent`: there was no answer, so the loop may exist or not. */
  start: 'sent' | 'acknowledged' | 'refused';
  stop?: 'sent' | 'acknowledged';
  readonly submissions: Submission[];
  readonly sightings: Sighting[];
  readonly holds: Hold[];
  /** The last status that was seen. */
  status?: string;
  /** The output as it was first read. */
  output?: string;
  outputKey?: string;
  readonly log: Entry[];
}

export interface Submission {
  readonly token: string;
  readonly worker: string;
  readonly loop: Loop;
  readonly answerContent: JsonObject;
  /**
   * `sent`: without an answer so far; `acknowledged`; `refused`; `saved`: without an answer, but later the assignment was
   * submitted; `lost`: without an answer, and later the assignment was still open, which is fine.
   */
  state: 'sent' | 'acknowledged' | 'refused' | 'saved' | 'lost';
}

/** One look at a status: somewhere between the two moments it was so. Milliseconds of this process. */
export interface Sighting {
  readonly askedAt: number;
  readonly seenAt: number;
  readonly status: string;
}

/** From the first moment at which a worker is known to hold an assignment to the moment at which that may have ended. */
export interface Hold {
  readonly assignmentId: string;
  readonly worker: string;
  readonly from: number;
  until: number;
}

interface Entry {
  readonly at: number;
  readonly text: string;
}

/** One thing that must never happen. */
export interface Violation {
  readonly kind: string;
  readonly text: string;
  /** Everything that is known of the loop, in order. */
  readonly history: readonly string[];
}

export interface History {
  readonly loops: Map<string, Loop>;
  readonly submissions: Map<string, Submission>;
  readonly flowDefinitionNames: string[];
  readonly violations: Violation[];
  /** How often something happened that is fine but worth telling. */
  readonly tally: Map<string, number>;
  addLoop(loop: Pick<Loop, 'name' | 'flowDefinitionName' | 'taskCount' | 'inputContent'>): Loop;
  addSubmission(submission: Pick<Submission, 'token' | 'worker' | 'loop' | 'answerContent'>): Submission;
  resolve(submission: Submission, state: Exclude<Submission['state'], 'sent'>): void;
  /** One line of a loop's history. */
  note(loop: Loop, text: string): void;
  violation(kind: string, text: string, loop?: Loop): void;
  count(what: string): void;
}

/** Milliseconds of a clock that never jumps. */
export const moment = (): number => performance.now();

/** @param file gets one line of JSON for each entry, when given. */
export function createHistory(file?: string): History {
  const begun = moment();
  const write = (entry: object): void => {
    if (file !== undefined) appendFileSync(file, `${JSON.stringify({ at: moment() - begun, ...entry })}\n`);
  };
  const line = ({ at, text }: Entry): string => `${((at - begun) / 1000).toFixed(3).padStart(9)} s  ${text}`;
  const told = new Set<string>();
  const history: History = {
    loops: new Map(),
    submissions: new Map(),
    flowDefinitionNames: [],
    violations: [],
    tally: new Map(),
    addLoop(facts) {
      const loop: Loop = { ...facts, start: 'sent', submissions: [], sightings: [], holds: [], log: [] };
      history.loops.set(loop.name, loop);
      history.note(loop, `made for ${loop.flowDefinitionName}, ${loop.taskCount} answers wanted`);
      return loop;
    },
    addSubmission(facts) {
      const submission: Submission = { ...facts, state: 'sent' };
      history.submissions.set(submission.token, submission);
      submission.loop.submissions.push(submission);
      return submission;
    },
    resolve(submission, state) {
      submission.state = state;
      history.note(submission.loop, `answer ${submission.token} of ${submission.worker}: ${state}`);
    },
    note(loop, text) {
      loop.log.push({ at: moment(), text });
      write({ loop: loop.name, text });
    },
    violation(kind, text, loop) {
      const key = `${kind}: ${text}`;
      if (told.has(key)) return;
      told.add(key);
      history.violations.push({ kind, text, history: loop?.log.map(line) ?? [] });
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

export const isFinal = (status: string): boolean =>
  status === 'Completed' || status === 'Stopped' || status === 'Failed';
