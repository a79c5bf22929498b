/**
 * The store: all rows, behind one interface that every engine implements and `store.cases.ts` proves.
 *
 * Reads see committed rows and do not wait for writes. A save is a list of changes that are written together or not at
 * all: it answers `saved` when they are durable, `conflict` when a row that the decision saw has changed since or a
 * uniqueness rule stands against it (then the caller loads again and decides again). Saves of one turn of the event
 * loop share one durable transaction; a conflicting save neither undoes nor delays the others.
 *
 * Uniqueness: names of resources and loops; one live assignment (open, submitted or declined) of a worker per task;
 * e-mail addresses of workers; access key ids.
 */
import type { Change } from '../domain/change.ts';
import type {
  AccessKey,
  Answer,
  Assignment,
  Draft,
  EventDelivery,
  EventTarget,
  FlowDefinition,
  HumanLoop,
  HumanLoopInput,
  HumanTaskUi,
  Job,
  JobLane,
  OneTimeLink,
  Rows,
  Session,
  Setting,
  TableName,
  Task,
  Template,
  Worker,
  Workforce,
  Workteam,
} from '../domain/rows.ts';

export type SaveResult = 'saved' | 'conflict';

/** A place in a list that is ordered by time of creation: the last item that was seen. */
export interface Position {
  readonly createdAt: number;
  readonly id: string;
}

export interface TimePage {
  readonly createdAfter?: number | undefined;
  /** Exclusive. `createdAfter` is inclusive. */
  readonly createdBefore?: number | undefined;
  readonly order: 'Ascending' | 'Descending';
  readonly after?: Position | undefined;
  readonly limit: number;
}

export interface NamePage {
  readonly nameContains?: string | undefined;
  readonly sortBy: 'name' | 'createdAt';
  readonly order: 'Ascending' | 'Descending';
  /** The item after which to go on: its name or its position, as `sortBy` says. */
  readonly after?: (Position & { readonly name: string }) | undefined;
  readonly limit: number;
}

/** One line of a worker's task list: a task, and the worker's own open assignment on it if there is one. */
export interface WorkerTask {
  readonly task: Task;
  readonly assignment: Assignment | null;
}

export interface WorkerTaskPage {
  readonly workerId: string;
  readonly workteamIds: readonly string[];
  /** Only tasks of this flow definition. */
  readonly flowDefinitionName?: string | undefined;
  readonly now: number;
  readonly after?: Position | undefined;
  readonly limit: number;
}

export interface NextTask {
  readonly workerId: string;
  readonly workteamIds: readonly string[];
  readonly flowDefinitionName?: string | undefined;
  readonly now: number;
  /** Makes the changes that accept the chosen task; pure, called inside the store's own step. */
  readonly accept: (task: Task) => { readonly assignment: Assignment; readonly changes: readonly Change[] };
}

/** What changed in a commit: the table and the columns that listeners route by. */
export interface Changed {
  readonly table: TableName;
  readonly change: 'insert' | 'update' | 'remove';
  readonly id: string;
  readonly humanLoopId?: string;
  readonly workteamId?: string;
  readonly workerId?: string;
}

/** How the database and the work in it are, for those who run the server. */
export interface StoreHealth {
  /** The version of the schema that the rows have. */
  readonly schemaVersion: number;
  /** What is damaged, in the engine's words; empty when all that was looked at is sound. */
  readonly damage: readonly string[];
  /** Whether everything was looked at; of a large database a part stands for the whole, so that nobody waits for it. */
  readonly complete: boolean;
  /** When the newest row was made; undefined when there is none. */
  readonly newestRowAt: number | undefined;
  /** When the job was due that is due first, claimed or not; undefined when there is none. */
  readonly firstJobDueAt: number | undefined;
  /** Jobs that failed and will be tried again, counted among the thousands that are due first. */
  readonly failingJobs: number;
}

/** Where an answer stands among those of its worker. */
export type AnswerPosition = Pick<Answer, 'submittedAt' | 'assignmentId'>;

export interface Store {
  save(changes: readonly Change[]): Promise<SaveResult>;
  /** Chooses the oldest task that the worker may take and accepts it in one step. */
  claimNextTask(next: NextTask): Promise<Assignment | undefined>;
  /** Due jobs that no runner holds, oldest due time first; they are held until `leaseUntil` or the process's end. */
  claimJobs(claim: { lane: JobLane; now: number; leaseUntil: number; limit: number }): Promise<readonly Job[]>;
  /** Gives a claimed job back without changing its row. */
  releaseJob(job: Job): void;
  /** When the lane's next unclaimed job is due, or undefined. */
  nextJobDueAt(lane: JobLane): Promise<number | undefined>;
  /** Calls the listener after each commit with what changed; returns a function that ends it. */
  changes(listener: (changed: readonly Changed[]) => void): () => void;

  setting(name: string): Promise<Setting | undefined>;
  accessKey(accessKeyId: string): Promise<AccessKey | undefined>;
  accessKeys(): Promise<readonly AccessKey[]>;
  workforceByName(name: string): Promise<Workforce | undefined>;
  workforces(): Promise<readonly Workforce[]>;
  workteam(id: string): Promise<Workteam | undefined>;
  workteamByName(name: string): Promise<Workteam | undefined>;
  workteams(page: NamePage): Promise<readonly Workteam[]>;
  /** Every workteam; their number is limited by a quota. */
  allWorkteams(): Promise<readonly Workteam[]>;
  worker(id: string): Promise<Worker | undefined>;
  workerByEmail(email: string): Promise<Worker | undefined>;
  workers(): Promise<readonly Worker[]>;
  session(idHash: string): Promise<Session | undefined>;
  sessionsOfWorker(workerId: string): Promise<readonly Session[]>;
  expiredSessions(now: number, limit: number): Promise<readonly Session[]>;
  oneTimeLinksOfWorker(workerId: string): Promise<readonly OneTimeLink[]>;
  oneTimeLink(tokenHash: string): Promise<OneTimeLink | undefined>;
  template(sha256: string): Promise<Template | undefined>;
  humanTaskUi(id: string): Promise<HumanTaskUi | undefined>;
  humanTaskUiByName(name: string): Promise<HumanTaskUi | undefined>;
  humanTaskUis(page: TimePage): Promise<readonly HumanTaskUi[]>;
  flowDefinition(id: string): Promise<FlowDefinition | undefined>;
  flowDefinitionByName(name: string): Promise<FlowDefinition | undefined>;
  flowDefinitions(page: TimePage): Promise<readonly FlowDefinition[]>;
  /** Flow definitions that ask the workteam and are not Deleting, at most `limit`. */
  flowDefinitionsOfWorkteam(workteamId: string, limit: number): Promise<readonly FlowDefinition[]>;
  /** How many flow definitions exist, counted up to `limit`. */
  countFlowDefinitions(limit: number): Promise<number>;
  humanLoop(id: string): Promise<HumanLoop | undefined>;
  humanLoopByName(name: string): Promise<HumanLoop | undefined>;
  humanLoops(flowDefinitionId: string, page: TimePage): Promise<readonly HumanLoop[]>;
  /** Loops of the flow that are in the given status, at most `limit`. */
  unfinishedHumanLoops(
    flowDefinitionId: string,
    status: 'InProgress' | 'Stopping',
    limit: number,
  ): Promise<readonly HumanLoop[]>;
  /** How many loops are InProgress or Stopping, counted up to `limit`. */
  countUnfinishedHumanLoops(limit: number): Promise<number>;
  /** Loops that ended before a moment, in the order of their ends, those after the given one. */
  finishedHumanLoops(page: {
    readonly before: number;
    readonly after?: { readonly finishedAt: number; readonly id: string } | undefined;
    readonly limit: number;
  }): Promise<readonly HumanLoop[]>;
  humanLoopInput(humanLoopId: string): Promise<HumanLoopInput | undefined>;
  task(id: string): Promise<Task | undefined>;
  taskOfHumanLoop(humanLoopId: string): Promise<Task | undefined>;
  /** The worker's open assignments first, then tasks that may be taken, oldest first. */
  workerTasks(page: WorkerTaskPage): Promise<readonly WorkerTask[]>;
  /** How many tasks `workerTasks` would list, counted up to `limit`. */
  countWorkerTasks(page: Omit<WorkerTaskPage, 'after'>): Promise<number>;
  assignment(id: string): Promise<Assignment | undefined>;
  assignmentsOfTask(taskId: string): Promise<readonly Assignment[]>;
  openAssignmentsOfWorker(workerId: string): Promise<readonly Assignment[]>;
  answersOfHumanLoop(humanLoopId: string): Promise<readonly Answer[]>;
  /** Answers of a worker that are kept, newest first, those before the given one. */
  answersOfWorker(
    workerId: string,
    page: { readonly before?: AnswerPosition | undefined; readonly limit: number },
  ): Promise<readonly Answer[]>;
  draft(id: string): Promise<Draft | undefined>;
  draftsOfHumanLoop(humanLoopId: string): Promise<readonly Draft[]>;
  eventTarget(id: string): Promise<EventTarget | undefined>;
  eventTargets(): Promise<readonly EventTarget[]>;
  eventDelivery(id: string): Promise<EventDelivery | undefined>;
  /** Deliveries that were given up, those first that were given up first; of one moment the older one. */
  failedDeliveries(
    eventTargetId: string,
    limit: number,
    after?: Pick<EventDelivery, 'failedAt' | 'createdAt' | 'id'>,
  ): Promise<readonly EventDelivery[]>;
  /** The oldest delivery of the same target and order that is older and waits too. */
  earlierDelivery(delivery: EventDelivery): Promise<EventDelivery | undefined>;
  countDeliveries(eventTargetId: string): Promise<{ waiting: number; failed: number; lastError: string | null }>;
  job(id: string): Promise<Job | undefined>;
  /** Rows of any table in the order of their keys, those after the given key; for moving and checking a whole store. */
  rows<T extends TableName>(table: T, after: string, limit: number): Promise<readonly Rows[T][]>;
  /** The last key of a table, or undefined when it is empty. */
  lastKey(table: TableName): Promise<string | undefined>;
  /** What keeps rows from being read or written just now, as a sentence without addresses; undefined when all is well. */
  problem(): string | undefined;
  /** Looks over the database, within a fraction of a second; what cannot be read is in `damage`. */
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}
