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
  Activity,
  ActorKind,
  Answer,
  Assignment,
  Draft,
  EventDelivery,
  EventTarget,
  FlowDefinition,
  GoldItem,
  GoldResult,
  HumanLoop,
  HumanLoopEvent,
  HumanLoopInput,
  HumanTaskUi,
  Job,
  JobLane,
  OneTimeLink,
  Passkey,
  PushSubscriptionRow,
  Rows,
  SecondFactor,
  Session,
  Setting,
  SpentChallenge,
  TableName,
  Task,
  Template,
  Worker,
  WorkerNotices,
  Workforce,
  Workteam,
} from '../domain/rows.ts';
import type { FoundLoops, LoopSearch } from './loop-search.ts';
import type { StatisticsQueries } from './statistics.ts';

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

/** A task that a worker holds, and the worker's open assignment on it. */
export interface HeldTask {
  readonly task: Task;
  readonly assignment: Assignment;
}

/** `oldest` and `newest` by creation, `due` by the end of availability. */
export type TaskOrder = 'oldest' | 'newest' | 'due';

/** A place in an order of tasks: the creation, or for `due` the end of availability, of the last task that was seen. */
export interface TaskPosition {
  readonly at: number;
  readonly id: string;
}

/**
 * Which tasks, said by the flow definitions that they are of: what these have in common is known before any task is looked
 * at. Of flows with 1,000 unfinished loops at most, all are looked at.
 */
export interface TaskFilter {
  /** Only tasks of these flow definitions. */
  readonly flowDefinitionIds?: readonly string[] | undefined;
  /** Each must stand in the name of the task's loop, as small letters, unless the flow is one of those beside it. */
  readonly words: readonly { readonly text: string; readonly flowDefinitionIds: readonly string[] }[];
}

/** Which tasks of those that a worker may take. */
export interface WorkerTasksWanted {
  readonly workerId: string;
  readonly workteamIds: readonly string[];
  /** The worker's address in lower case; tasks that are closed to it are left out. */
  readonly email?: string | undefined;
  /** The worker's groups; of tasks that are open to some groups only, those of others are left out. */
  readonly groups?: readonly string[] | undefined;
  /** Flow definitions of which the worker gets no tasks. */
  readonly barredFlowIds?: readonly string[] | undefined;
  readonly filter?: TaskFilter | undefined;
  /** `oldest` unless given. */
  readonly order?: TaskOrder | undefined;
  /**
   * How many waiting tasks are looked at at most, those that are first by creation, when only some are wanted (all unless
   * given) or another order than theirs (10,000 unless given).
   */
  readonly mostSearched?: number | undefined;
  readonly now: number;
}

export interface WorkerTaskPage extends WorkerTasksWanted {
  readonly after?: TaskPosition | undefined;
  readonly limit: number;
}

export interface OfferedTasks {
  readonly tasks: readonly Task[];
  /** That not all were looked at: how many from the first on, and where to go on. */
  readonly stopped?: { readonly searched: number; readonly at: TaskPosition };
}

export interface NextTask extends WorkerTasksWanted {
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
  /** Of a job: which lane it is in and when it is due. Without them it may be any, and due now. */
  readonly lane?: JobLane;
  readonly dueAt?: number;
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

/** Which rows of the activity log; all that is given must hold. */
export interface ActivitiesWanted {
  readonly actorId?: string | undefined;
  readonly actorKind?: ActorKind | undefined;
  readonly action?: string | undefined;
  readonly resourceType?: string | undefined;
  /** Only with `resourceType`. */
  readonly resourceName?: string | undefined;
  /** Only what is not about a human loop. */
  readonly isAdministration?: boolean | undefined;
  /** Inclusive. */
  readonly since?: number | undefined;
  /** Exclusive. */
  readonly until?: number | undefined;
  readonly before?: ActivityPosition | undefined;
  readonly limit: number;
  /** How many rows are looked at at most when not all of a stretch are wanted; 20,000 unless given. */
  readonly mostSearched?: number | undefined;
}

export type ActivityPosition = Pick<Activity, 'at' | 'id'>;

export interface FoundActivities {
  readonly activities: readonly Activity[];
  /** That not all were looked at, and where to go on. */
  readonly stopped?: ActivityPosition;
}

/** Where an answer stands among those of its worker. */
export type AnswerPosition = Pick<Answer, 'submittedAt' | 'assignmentId'>;

export interface Store extends StatisticsQueries {
  save(changes: readonly Change[]): Promise<SaveResult>;
  /** Chooses the first task, in the order that is wanted, that the worker may take, and accepts it in one step. */
  claimNextTask(next: NextTask): Promise<Assignment | undefined>;
  /**
   * Due jobs that no runner holds, oldest due time first; they are held until `leaseUntil`, the process's end, or a commit that
   * changes or removes them.
   */
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
  /** Those that exist, in no order. */
  workersById(ids: readonly string[]): Promise<readonly Worker[]>;
  session(idHash: string): Promise<Session | undefined>;
  sessionWithWorker(idHash: string): Promise<{ readonly session: Session; readonly worker: Worker } | undefined>;
  sessionsOfWorker(workerId: string): Promise<readonly Session[]>;
  expiredSessions(now: number, limit: number): Promise<readonly Session[]>;
  workerNotices(workerId: string): Promise<WorkerNotices | undefined>;
  /** Of the workers who want push messages or mail. */
  wantedNotices(): Promise<readonly WorkerNotices[]>;
  pushSubscription(id: string): Promise<PushSubscriptionRow | undefined>;
  /** Those first that were made first. */
  pushSubscriptionsOfWorker(workerId: string): Promise<readonly PushSubscriptionRow[]>;
  oneTimeLinksOfWorker(workerId: string): Promise<readonly OneTimeLink[]>;
  oneTimeLink(tokenHash: string): Promise<OneTimeLink | undefined>;
  /** By the SHA-256 (hex) of the credential's id. */
  passkey(id: string): Promise<Passkey | undefined>;
  passkeysOfWorker(workerId: string): Promise<readonly Passkey[]>;
  secondFactor(workerId: string): Promise<SecondFactor | undefined>;
  spentChallenge(idHash: string): Promise<SpentChallenge | undefined>;
  /** Those that would be over anyway, at most `limit`. */
  expiredChallenges(now: number, limit: number): Promise<readonly SpentChallenge[]>;
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
  /** Loops of all flow definitions, by what operators ask for. */
  searchHumanLoops(search: LoopSearch): Promise<FoundLoops>;
  /** Loops of the flow that are in the given status, at most `limit`. */
  unfinishedHumanLoops(
    flowDefinitionId: string,
    status: 'InProgress' | 'Stopping',
    limit: number,
  ): Promise<readonly HumanLoop[]>;
  /** How many loops, of one flow definition or of all, are InProgress or Stopping, counted up to `limit`. */
  countUnfinishedHumanLoops(limit: number, flowDefinitionId?: string): Promise<number>;
  /** Loops that ended before a moment, in the order of their ends, those after the given one. */
  finishedHumanLoops(page: {
    readonly before: number;
    readonly after?: { readonly finishedAt: number; readonly id: string } | undefined;
    readonly limit: number;
  }): Promise<readonly HumanLoop[]>;
  humanLoopInput(humanLoopId: string): Promise<HumanLoopInput | undefined>;
  task(id: string): Promise<Task | undefined>;
  taskOfHumanLoop(humanLoopId: string): Promise<Task | undefined>;
  /** The tasks of a page of loops, in no order. */
  tasksOfHumanLoops(humanLoopIds: readonly string[]): Promise<readonly Task[]>;
  /** The worker's open assignments with their tasks, those first that were accepted first. */
  heldTasks(workerId: string): Promise<readonly HeldTask[]>;
  /** Tasks that the worker may take. */
  offeredTasks(page: WorkerTaskPage): Promise<OfferedTasks>;
  /** How many tasks `offeredTasks` would find in all, counted up to `limit`. */
  countOfferedTasks(wanted: WorkerTasksWanted, limit: number): Promise<number>;
  /**
   * Tasks that the worker may take and whose availability ends until a moment, those first that end first; found by the
   * jobs that end their loops (`domain/task.ts`), of which the first 2,000 are looked at.
   */
  endingTasks(wanted: WorkerTasksWanted, until: number, limit: number): Promise<readonly Task[]>;
  assignment(id: string): Promise<Assignment | undefined>;
  /** The assignment with its task and its loop, as of one moment. */
  assignmentWithTask(
    id: string,
  ): Promise<{ readonly assignment: Assignment; readonly task: Task; readonly humanLoop: HumanLoop } | undefined>;
  assignmentsOfTask(taskId: string): Promise<readonly Assignment[]>;
  /** All turns at a page of tasks, those first that began first. */
  assignmentsOfTasks(taskIds: readonly string[]): Promise<readonly Assignment[]>;
  openAssignmentsOfWorker(workerId: string): Promise<readonly Assignment[]>;
  answersOfHumanLoop(humanLoopId: string): Promise<readonly Answer[]>;
  /** Answers of a worker that are kept, newest first, those before the given one. */
  answersOfWorker(
    workerId: string,
    page: { readonly before?: AnswerPosition | undefined; readonly limit: number },
  ): Promise<readonly Answer[]>;
  /** What happened to a loop and stands nowhere else, oldest first. */
  eventsOfHumanLoop(humanLoopId: string): Promise<readonly HumanLoopEvent[]>;
  goldItem(id: string): Promise<GoldItem | undefined>;
  /** Those of a flow definition, oldest first. */
  goldItems(flowDefinitionId: string): Promise<readonly GoldItem[]>;
  goldResultsOfItem(goldItemId: string): Promise<readonly GoldResult[]>;
  /** Those of a flow definition, or of one worker there, newest first. */
  goldResults(
    flowDefinitionId: string,
    wanted: { readonly workerId?: string; readonly since?: number; readonly limit: number },
  ): Promise<readonly GoldResult[]>;
  draft(id: string): Promise<Draft | undefined>;
  draftsOfHumanLoop(humanLoopId: string): Promise<readonly Draft[]>;
  /** How many answers a worker has given since a moment, and the time that they took. */
  countAnswersOfWorker(
    workerId: string,
    since: number,
  ): Promise<{ readonly answers: number; readonly seconds: number }>;
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
  /** Deliveries of a target and an order that were neither made nor given up, oldest first. */
  waitingDeliveries(eventTargetId: string, orderKey: string): Promise<readonly EventDelivery[]>;
  /** The same of all orders, a page of them. */
  waitingDeliveriesOf(
    eventTargetId: string,
    page: { readonly after: Position | undefined; readonly limit: number },
  ): Promise<readonly EventDelivery[]>;
  countDeliveries(eventTargetId: string): Promise<{ waiting: number; failed: number; lastError: string | null }>;
  job(id: string): Promise<Job | undefined>;
  /** Rows of the activity log, newest first. */
  activities(wanted: ActivitiesWanted): Promise<FoundActivities>;
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
