/** What the store answers about many loops at once, for those who look at figures. Times are milliseconds since 1970. */
import type { FailureCode, HumanLoopStatus, JobKind, Statistic } from '../domain/rows.ts';

/** A loop that ended. */
export interface LoopEnd {
  readonly id: string;
  readonly flowDefinitionId: string;
  readonly status: HumanLoopStatus;
  readonly failureCode: FailureCode | null;
  readonly createdAt: number;
  readonly finishedAt: number;
  /** When its task was first accepted; null when it never was. */
  readonly acceptedAt: number | null;
  /** How many answers of it are there. */
  readonly answers: number;
  /** Active time of all of them. */
  readonly activeMs: number;
}

export interface LoopEndPage {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** The loop after which to go on. */
  readonly after?: Pick<LoopEnd, 'finishedAt' | 'id'> | undefined;
  readonly limit: number;
}

export interface StartSum {
  readonly flowDefinitionId: string;
  readonly started: number;
}

export interface AnswerSum {
  readonly workerId: string;
  readonly flowDefinitionId: string;
  readonly answers: number;
  readonly activeMs: number;
}

/** A task that can be accepted. */
export interface WaitingTask {
  readonly id: string;
  readonly flowDefinitionId: string;
  readonly createdAt: number;
  readonly availableUntil: number;
  /** How many answers are missing. */
  readonly needed: number;
}

export interface WaitingPage {
  readonly workteamId: string;
  /** The task after which to go on. */
  readonly after?: Pick<WaitingTask, 'createdAt' | 'id'> | undefined;
  readonly limit: number;
}

/** How many assignments are open. */
export interface OpenWork {
  readonly flowDefinitionId: string;
  readonly held: number;
}

/** Of a kind of job, among the 2,000 that are due first in its lane. */
export interface DueJobs {
  readonly kind: JobKind;
  /** Due by now. */
  readonly due: number;
  /** Failed before, and will be tried again. */
  readonly failing: number;
}

/** A page of the loops of a flow, the latest first. */
export interface FlowAnswersPage {
  readonly flowDefinitionId: string;
  /** The loop after which to go on. */
  readonly after?: { readonly createdAt: number; readonly id: string } | undefined;
  /** Loops that are looked at, finished or not. */
  readonly limit: number;
}

export interface FlowAnswers {
  /** Finished loops with answers; the answers in the order of submission. */
  readonly loops: readonly {
    readonly id: string;
    readonly answers: readonly { readonly workerId: string; readonly answerContent: string }[];
  }[];
  /** After which loop to go on; undefined at the end. */
  readonly next: { readonly createdAt: number; readonly id: string } | undefined;
}

export interface StatisticsQueries {
  /** Loops that ended within a time, in the order of their ends. */
  loopEnds(page: LoopEndPage): Promise<readonly LoopEnd[]>;
  /** How many loops were started from a moment until before another, by flow definition. */
  loopStarts(from: number, to: number): Promise<readonly StartSum[]>;
  /** The answers submitted from a moment until before another, by worker and flow definition. */
  answersGiven(from: number, to: number): Promise<readonly AnswerSum[]>;
  /** When, from a moment on, a loop was first started or ended or an answer submitted; undefined for never. */
  nextActivity(from: number): Promise<number | undefined>;
  /** Tasks of a workteam that can be accepted, those first that were made first, whatever their end of availability. */
  waitingTasks(page: WaitingPage): Promise<readonly WaitingTask[]>;
  /** The answers to the finished loops of a flow definition. */
  answersOfFlow(page: FlowAnswersPage): Promise<FlowAnswers>;
  openWork(): Promise<readonly OpenWork[]>;
  dueJobs(now: number): Promise<readonly DueJobs[]>;
  statistic(id: string): Promise<Statistic | undefined>;
  /** Those whose ids are from one until before another, in the order of their ids. */
  statistics(from: string, before: string): Promise<readonly Statistic[]>;
  statisticsOf(ids: readonly string[]): Promise<readonly Statistic[]>;
}
