/**
 * The rows that decisions read and write, in camelCase; the store keeps them in snake_case columns of the same names.
 * Times are milliseconds since 1970 (UTC). `version` counts changes of a row and starts at 1; saves are guarded by it.
 * Rows refer to flow definitions, task UIs, workteams, workers and loops by internal id: a name can be used again after a
 * deletion, an id never.
 */
import type { NoticeChoices } from '@holdpoint/protocol';

export type HumanLoopStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';
export type FailureCode = 'ValidationError' | 'Expired' | 'InternalError';
export type Tags = Readonly<Record<string, string>>;

export interface Workforce {
  readonly id: string;
  readonly name: string;
  /** `CognitoConfig`, `OidcConfig` (with its secret), `SourceIpConfig`, … as they were given. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly tags: Tags;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}

export interface Workteam {
  readonly id: string;
  readonly name: string;
  readonly workforceId: string;
  readonly description: string;
  /** `MemberDefinitions` as on the wire. */
  readonly memberDefinitions: readonly Readonly<Record<string, unknown>>[];
  /** The names of the groups whose workers belong to the team, taken from `memberDefinitions`. */
  readonly groups: readonly string[];
  /** `NotificationConfiguration` and `WorkerAccessConfiguration`, when given. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly tags: Tags;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The call that made it, so that the same one, sent twice, finds it; null when the call had no name. */
  readonly invocation?: string | null;
  readonly version: number;
}

export interface HumanTaskUi {
  readonly id: string;
  readonly name: string;
  readonly contentSha256: string;
  readonly tags: Tags;
  readonly createdAt: number;
  /** The call that made it, so that the same one, sent twice, finds it; null when the call had no name. */
  readonly invocation?: string | null;
  readonly version: number;
}

/** A template's text, kept under its hash for as long as a task UI, flow or loop names it. */
export interface Template {
  readonly sha256: string;
  readonly content: string;
}

export type FlowDefinitionStatus = 'Initializing' | 'Active' | 'Failed' | 'Deleting';

export interface FlowDefinition {
  readonly id: string;
  readonly name: string;
  readonly status: FlowDefinitionStatus;
  readonly humanTaskUiId: string;
  readonly templateSha256: string;
  readonly workteamId: string;
  /** `HumanLoopConfig`, `OutputConfig`, `HumanLoopRequestSource`, `HumanLoopActivationConfig`, `RoleArn` as on the wire. */
  readonly config: FlowDefinitionConfig;
  readonly tags: Tags;
  readonly createdAt: number;
  /** The call that made it, so that the same one, sent twice, finds it; null when the call had no name. */
  readonly invocation?: string | null;
  readonly version: number;
}

export interface FlowDefinitionConfig {
  readonly HumanLoopConfig: {
    readonly WorkteamArn: string;
    readonly HumanTaskUiArn: string;
    readonly TaskTitle: string;
    readonly TaskDescription: string;
    readonly TaskCount: number;
    readonly TaskAvailabilityLifetimeInSeconds?: number | undefined;
    readonly TaskTimeLimitInSeconds?: number | undefined;
    readonly TaskKeywords?: readonly string[] | undefined;
    readonly PublicWorkforceTaskPrice?: unknown;
  };
  readonly OutputConfig: { readonly S3OutputPath: string; readonly KmsKeyId?: string | undefined };
  readonly RoleArn: string;
  readonly HumanLoopRequestSource?: { readonly AwsManagedHumanLoopRequestSource: string } | undefined;
  readonly HumanLoopActivationConfig?: unknown;
}

export interface HumanLoop {
  readonly id: string;
  readonly name: string;
  readonly flowDefinitionId: string;
  readonly flowDefinitionName: string;
  readonly status: HumanLoopStatus;
  readonly failureCode: FailureCode | null;
  readonly failureReason: string | null;
  /** SHA-256 over flow, `InputContent` and `DataAttributes`: what makes two starts "the same input". */
  readonly inputSha256: string;
  readonly templateSha256: string;
  /** Where the output will be, known from the start. */
  readonly outputS3Uri: string;
  /** The flow's `holdpoint:` tags as they were at the start. */
  readonly extensionTags: Tags;
  /** The e-mail address of whoever may not answer, since the loop is that person's own request. */
  readonly requester?: string | null;
  /** Of a loop that the server made of a gold item: which. No program sees such a loop. */
  readonly goldItemId?: string | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly version: number;
}

/** Kept apart from the loop so that listing never reads it. */
export interface HumanLoopInput {
  readonly humanLoopId: string;
  readonly inputContent: string;
  readonly dataAttributes: unknown;
  /** What the conditions of the flow said about it (`domain/activation/start-activation.ts`); null where none were asked. */
  readonly activation?: string | null;
}

export type TaskStatus = 'open' | 'closed';

export interface Task {
  readonly id: string;
  readonly humanLoopId: string;
  readonly humanLoopName: string;
  readonly flowDefinitionId: string;
  readonly flowDefinitionName: string;
  readonly workteamId: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly status: TaskStatus;
  /** How many distinct workers must answer: `TaskCount`, or what answers so far ask for (`answer-count.ts`). */
  readonly answersNeeded: number;
  readonly answersDone: number;
  /** How many assignments are open now. */
  readonly assignmentsOpen: number;
  /** Slots that an open assignment or an answer can still take: needed − done − open; never below 0. */
  readonly slotsFree: number;
  readonly timeLimitSeconds: number;
  /** After this moment nobody may accept the task any more. */
  readonly availableUntil: number;
  /** A JSON array of the e-mail addresses of workers who may not take the task. */
  readonly closedTo?: string | null;
  /** A JSON array of groups of which a worker must be in one to take the task (`distinct-groups.ts`); null for all. */
  readonly openTo?: string | null;
  /** What `openTo` follows from, as JSON. */
  readonly groupRule?: string | null;
  /** `adjudication` when an adjudicator is asked after the others; null before. */
  readonly stage?: 'adjudication' | null;
  readonly createdAt: number;
  readonly version: number;
}

/** `not-for-me`: somebody else should do it; `cannot-answer`: nobody can, and the note says why. */
export type DeclineReason = 'not-for-me' | 'cannot-answer';

export type AssignmentStatus = 'open' | 'submitted' | 'released' | 'declined' | 'expired';

export interface Assignment {
  readonly id: string;
  readonly taskId: string;
  readonly humanLoopId: string;
  readonly workerId: string;
  readonly status: AssignmentStatus;
  readonly acceptedAt: number;
  readonly deadline: number;
  readonly endedAt: number | null;
  /** When the worker chose "Stop and resume later"; null while working. */
  readonly stoppedAt: number | null;
  /** Milliseconds of pauses so far; they do not count as time spent. */
  readonly pausedMs: number;
  /** Why the worker declined, as far as it was said. */
  readonly declineReason: DeclineReason | null;
  /** What the worker wrote about it, for operators. */
  readonly declineNote: string | null;
  readonly version: number;
}

export interface Answer {
  readonly assignmentId: string;
  readonly humanLoopId: string;
  readonly workerId: string;
  /** The answer as JSON text. */
  readonly answerContent: string;
  readonly acceptedAt: number;
  readonly submittedAt: number;
  /** Until then the worker can take it back; null means from its submission on. */
  readonly finalAt: number | null;
  /** Seconds with milliseconds, pauses left out. */
  readonly timeSpentInSeconds: number;
  /** 1, 2, 3 … in order of submission within the loop. */
  readonly sequence: number;
  /** Who answered, as it goes into `output.json`. */
  readonly workerIdentity: WorkerIdentity;
}

/** What a worker has entered at a task so far: kept over reloads and time-outs, for as long as answers are. */
export interface Draft {
  /** `draftId` of task and worker. */
  readonly id: string;
  readonly humanLoopId: string;
  readonly taskId: string;
  readonly workerId: string;
  /** JSON text; what it means is the task page's affair. */
  readonly content: string;
  readonly savedAt: number;
  readonly version: number;
}

export type HumanLoopEventKind =
  | 'Stopping'
  | 'PutAside'
  | 'Resumed'
  | 'Extended'
  | 'AnswerUndone'
  | 'MoreAsked'
  | 'EnoughAnswers'
  | 'AdjudicatorAsked'
  | 'JobFailed'
  | 'OutputWritten'
  | 'EventDelivered'
  | 'EventFailed'
  | 'EventGivenUp';

/** Why no more workers are asked; `no-quorum` when all who could still be asked would not make one. */
export type StopReason = 'veto' | 'quorum' | 'no-quorum' | 'confidence' | 'agreement' | 'most-answers' | 'adjudication';

/** What happened to a loop and stands nowhere else (`domain/human-loop-event.ts`); never changed. */
export interface HumanLoopEvent {
  readonly id: string;
  readonly humanLoopId: string;
  readonly kind: HumanLoopEventKind;
  readonly happenedAt: number;
  /** The id of the assignment, the job or the delivery that it is about; null for the loop itself. */
  readonly subject: string | null;
  readonly details: {
    readonly deadline?: number;
    readonly submittedAt?: number;
    readonly job?: JobKind;
    readonly attempt?: number;
    readonly error?: string;
    readonly retryAt?: number;
    readonly eventTargetId?: string;
    readonly service?: string;
    readonly outputS3Uri?: string;
    readonly bytes?: number;
    /** How many answers the loop needs, or had when they were enough. */
    readonly answers?: number;
    readonly reason?: StopReason;
    readonly confidence?: number;
  };
}

export interface WorkerIdentity {
  /** 16 lower-case hexadecimal digits. */
  readonly workerId: string;
  readonly identityProviderType: 'Cognito' | 'Oidc';
  readonly issuer: string;
  readonly sub: string;
}

export type WorkerStatus = 'active' | 'disabled';
/** What else a worker may do: an operator runs the server, in the console. */
export type WorkerRole = 'worker' | 'operator';

export interface Worker {
  readonly id: string;
  /** Lower-cased for look-up; what was typed is kept in `emailAsGiven`. */
  readonly email: string;
  readonly emailAsGiven: string;
  readonly name: string;
  readonly status: WorkerStatus;
  /** argon2id hash in PHC form, or null until a password is set. */
  readonly passwordHash: string | null;
  readonly groups: readonly string[];
  readonly identity: WorkerIdentity;
  readonly role: WorkerRole;
  /** How the worker stands with gold items, by the id of the flow definition. */
  readonly goldStanding?: Readonly<Record<string, GoldStanding>> | null;
  readonly createdAt: number;
  readonly version: number;
}

export interface GoldStanding {
  /** Since when the worker gets no more of the flow. */
  readonly barredAt?: number;
  /** Answers before this do not count any more, since an operator let the worker in again. */
  readonly since?: number;
}

/** An input of a flow whose answer is known. */
export interface GoldItem {
  readonly id: string;
  readonly flowDefinitionId: string;
  readonly inputContent: string;
  /** The fields that a right answer has, as JSON text. */
  readonly expectedAnswer: string;
  readonly createdAt: number;
  readonly usedAt: number | null;
  /** The loop that was made of it last. */
  readonly humanLoopId: string | null;
  readonly version: number;
}

/** How one answer to a gold item was. */
export interface GoldResult {
  /** The assignment. */
  readonly id: string;
  readonly goldItemId: string;
  readonly flowDefinitionId: string;
  readonly workerId: string;
  /** How far it is the known answer, 0 to 1. */
  readonly score: number;
  readonly isRight: 0 | 1;
  readonly answeredAt: number;
}

export interface Session {
  /** SHA-256 (hex) of the cookie's value. */
  readonly idHash: string;
  readonly workerId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  /** The ID token of an identity provider, sealed with the cookie's value, which is shown there at sign-out; null without one. */
  readonly signOutHint?: string | null;
  readonly version: number;
}

/** A key of Web Authentication with which a worker signs in. */
export interface Passkey {
  /** SHA-256 (hex) of the credential's id. */
  readonly id: string;
  readonly workerId: string;
  /** base64url, as authenticators are asked for it. */
  readonly credentialId: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  /** How often it signed, as it said last; 0 for keys that do not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  /** The host for which it was made, and at which alone it works. */
  readonly rpId: string;
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly version: number;
}

/** What a worker has besides password and passkeys. */
export interface SecondFactor {
  readonly workerId: string;
  /** Base32, as authenticator apps take it; null when there are recovery codes only. */
  readonly totpSecret: string | null;
  /** The time step of the last code that was taken: neither it nor an earlier one is taken again. */
  readonly totpLastStep: number;
  /** SHA-256 (hex) of those that are left. */
  readonly recoveryCodeHashes: readonly string[];
  readonly createdAt: number;
  readonly version: number;
}

/** A challenge of Web Authentication that was answered. */
export interface SpentChallenge {
  /** SHA-256 (hex) of the challenge. */
  readonly idHash: string;
  readonly expiresAt: number;
}

export interface OneTimeLink {
  /** SHA-256 (hex) of the token in the link. */
  readonly tokenHash: string;
  readonly workerId: string;
  readonly purpose: 'sign-in' | 'set-password';
  readonly expiresAt: number;
  readonly version: number;
}

/** A worker who has chosen something has a row. */
export interface WorkerNotices {
  readonly workerId: string;
  readonly settings: NoticeChoices;
  /** 1 when push or mail is on: whoever tells of new tasks looks at these rows only. */
  readonly wanted: 0 | 1;
  readonly mailedAt: number | null;
  /** Mails tell of tasks whose loops started after this. */
  readonly mailedUpTo: number | null;
  /** When "Send me one now" was pressed last. */
  readonly testedAt: number | null;
  readonly version: number;
}

/** A browser that takes push messages for a worker, for as long as the session goes on in which it was allowed. */
export interface PushSubscriptionRow {
  /** SHA-256 (hex) of the endpoint. */
  readonly id: string;
  readonly workerId: string;
  /** `idHash` of the session. */
  readonly sessionId: string;
  /** URL at the browser's push service. */
  readonly endpoint: string;
  /** The browser's public key (P-256) and secret, base64url, as RFC 8291 describes them. */
  readonly p256dh: string;
  readonly auth: string;
  readonly createdAt: number;
  readonly pushedAt: number | null;
  /** Messages tell of tasks whose loops started after this. */
  readonly pushedUpTo: number | null;
  /** The latest deadline of a task that the worker holds of which a message warned. */
  readonly warnedUpTo: number | null;
  readonly version: number;
}

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly description: string;
  /** `root` belongs to this installation's files; `internal` signs links to objects and never authenticates API calls other than reads of objects. */
  readonly kind: 'root' | 'user' | 'internal';
  /** The e-mail address, in lower case, of the worker to whom the key belongs. */
  readonly owner?: string | null;
  readonly createdAt: number;
  readonly version: number;
}

export interface EventTarget {
  readonly id: string;
  readonly kind: 'human-loop' | 'object-created';
  readonly service: 'webhook' | 'eventbridge' | 'sns' | 'sqs';
  /** What events are sent to: a webhook's URL, a bus's name or ARN, a topic's ARN, a queue's URL. */
  readonly url: string;
  /** `whsec_…`; empty when the service is AWS's, whose requests are signed with the server's own credentials. */
  readonly secret: string;
  /** Where the service is; null when it is AWS's own, and for webhooks. */
  readonly endpoint: string | null;
  /** Null for webhooks. */
  readonly region: string | null;
  /** The source of events on a bus; null for the usual one. */
  readonly source: string | null;
  readonly flowDefinitionArn: string | null;
  readonly statuses: readonly string[];
  readonly bucket: string | null;
  readonly prefix: string | null;
  readonly suffix: string | null;
  readonly createdAt: number;
  readonly version: number;
}

/** One event for one target; the row goes when it was delivered, and stays with `failedAt` when all attempts failed. */
export interface EventDelivery {
  readonly id: string;
  readonly eventTargetId: string;
  /** The event as JSON text, sent unchanged at every attempt. */
  readonly event: string;
  /** Deliveries of one target with the same key are sent one after the other, oldest first; null for side by side. */
  readonly orderKey: string | null;
  readonly createdAt: number;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly failedAt: number | null;
  readonly version: number;
}

export type JobKind =
  | 'prepare-task'
  | 'mix-in-gold'
  | 'score-gold'
  | 'expire-human-loop'
  | 'expire-assignment'
  | 'write-output'
  | 'write-details'
  | 'send-event'
  | 'tell-worker'
  | 'purge-human-loops'
  | 'purge-activities'
  | 'count-statistics'
  | 'activate-flow-definition'
  | 'delete-flow-definition';

/**
 * Jobs of one lane never wait for those of another: `prepare` renders new loops, of which a burst may bring many;
 * `outputs` waits for the object store; `events` waits for other people's servers, those for push and mail among them; `main`
 * is everything else that moves loops on.
 */
export type JobLane = 'main' | 'prepare' | 'outputs' | 'events';

/** A unit of background work; its row exists from the commit that made it necessary until the commit that finished it. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly lane: JobLane;
  /** The id of what the job is about: a loop, an assignment, a flow definition, a delivery. */
  readonly subject: string;
  readonly dueAt: number;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: number;
  readonly version: number;
}

/** Figures of a time that is over, or what was found out about the present; see `count-statistics.ts`. */
export interface Statistic {
  /** What of which flow definition at which time; `statisticId`. */
  readonly id: string;
  readonly figures: unknown;
  readonly version: number;
}

/** A value of the installation itself: account id, region, format. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly version: number;
}

/** `caller` signs requests with an access key; `system` is the server by itself. */
export type ActorKind = 'caller' | 'operator' | 'worker' | 'system';

/** One change that somebody made. Rows are only added, and go as a whole when they are old enough. */
export interface Activity {
  /** Ordered by time. */
  readonly id: string;
  readonly at: number;
  readonly actorKind: ActorKind;
  /** The access key, or the `workerId` of a person; empty for the system, and for somebody who is not known. */
  readonly actorId: string;
  /** The name of the actor then: a key's description, a person's e-mail address. */
  readonly actorName: string;
  readonly clientAddress: string | null;
  readonly requestId: string | null;
  /** The operation's name, or the portal's verb. */
  readonly action: string;
  readonly resourceType: string;
  readonly resourceName: string;
  /** JSON text without secrets, input contents and answers. */
  readonly details: string | null;
}

export interface Rows {
  settings: Setting;
  accessKeys: AccessKey;
  workforces: Workforce;
  workteams: Workteam;
  workers: Worker;
  sessions: Session;
  oneTimeLinks: OneTimeLink;
  passkeys: Passkey;
  secondFactors: SecondFactor;
  spentChallenges: SpentChallenge;
  templates: Template;
  humanTaskUis: HumanTaskUi;
  flowDefinitions: FlowDefinition;
  humanLoops: HumanLoop;
  humanLoopInputs: HumanLoopInput;
  tasks: Task;
  assignments: Assignment;
  answers: Answer;
  drafts: Draft;
  goldItems: GoldItem;
  goldResults: GoldResult;
  humanLoopEvents: HumanLoopEvent;
  workerNotices: WorkerNotices;
  pushSubscriptions: PushSubscriptionRow;
  eventTargets: EventTarget;
  eventDeliveries: EventDelivery;
  jobs: Job;
  activities: Activity;
  statistics: Statistic;
}

export type TableName = keyof Rows;
