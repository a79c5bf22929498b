/** Rows for tests: complete, plausible, each member replaceable. */
import { defaultNotices } from '../domain/notices.ts';
import type {
  Activity,
  Answer,
  Assignment,
  EventTarget,
  FlowDefinition,
  HumanLoop,
  Job,
  PushSubscriptionRow,
  Task,
  Worker,
  WorkerNotices,
  Workteam,
} from '../domain/rows.ts';

export const t0 = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

export const flowDefinitionRow = (set: Partial<FlowDefinition> = {}): FlowDefinition => ({
  id: 'flow-1',
  name: 'flow',
  status: 'Active',
  humanTaskUiId: 'ui-1',
  templateSha256: 'a'.repeat(64),
  workteamId: 'team-1',
  config: {
    HumanLoopConfig: {
      WorkteamArn: 'arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/reviewers',
      HumanTaskUiArn: 'arn:aws:sagemaker:us-east-1:000000000000:human-task-ui/ui',
      TaskTitle: 'Title',
      TaskDescription: 'Description',
      TaskCount: 1,
    },
    OutputConfig: { S3OutputPath: 's3://bucket/prefix/' },
    RoleArn: 'arn:aws:iam::000000000000:role/holdpoint',
  },
  tags: {},
  createdAt: t0,
  version: 1,
  ...set,
});

export const humanLoopRow = (set: Partial<HumanLoop> = {}): HumanLoop => ({
  id: 'loop-1',
  name: 'loop',
  flowDefinitionId: 'flow-1',
  flowDefinitionName: 'flow',
  status: 'InProgress',
  failureCode: null,
  failureReason: null,
  inputSha256: 'b'.repeat(64),
  templateSha256: 'a'.repeat(64),
  outputS3Uri: 's3://bucket/prefix/flow/2026/01/02/03/04/05/loop/output.json',
  extensionTags: {},
  requester: null,
  goldItemId: null,
  createdAt: t0,
  finishedAt: null,
  version: 1,
  ...set,
});

export const taskRow = (set: Partial<Task> = {}): Task => ({
  id: 'task-1',
  humanLoopId: 'loop-1',
  humanLoopName: 'loop',
  flowDefinitionId: 'flow-1',
  flowDefinitionName: 'flow',
  workteamId: 'team-1',
  title: 'Title',
  description: 'Description',
  keywords: [],
  status: 'open',
  answersNeeded: 1,
  answersDone: 0,
  assignmentsOpen: 0,
  slotsFree: 1,
  timeLimitSeconds: 3600,
  availableUntil: t0 + 864_000_000,
  closedTo: null,
  openTo: null,
  groupRule: null,
  stage: null,
  createdAt: t0,
  version: 1,
  ...set,
});

export const assignmentRow = (set: Partial<Assignment> = {}): Assignment => ({
  id: 'assignment-1',
  taskId: 'task-1',
  humanLoopId: 'loop-1',
  workerId: 'worker-1',
  status: 'open',
  acceptedAt: t0,
  deadline: t0 + 3_600_000,
  endedAt: null,
  stoppedAt: null,
  pausedMs: 0,
  declineReason: null,
  declineNote: null,
  version: 1,
  ...set,
});

export const workerRow = (set: Partial<Worker> = {}): Worker => ({
  id: 'worker-1',
  email: 'ada@example.com',
  emailAsGiven: 'Ada@example.com',
  name: 'Ada',
  status: 'active',
  passwordHash: null,
  role: 'worker',
  groups: ['reviewers'],
  identity: {
    workerId: '0123456789abcdef',
    identityProviderType: 'Cognito',
    issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Holdpoint',
    sub: '00000000-0000-4000-8000-000000000001',
  },
  goldStanding: null,
  createdAt: t0,
  version: 1,
  ...set,
});

export const answerRow = (set: Partial<Answer> = {}): Answer => ({
  assignmentId: 'assignment-1',
  humanLoopId: 'loop-1',
  workerId: 'worker-1',
  answerContent: '{"a":1}',
  acceptedAt: t0,
  submittedAt: t0,
  finalAt: null,
  timeSpentInSeconds: 1,
  sequence: 1,
  workerIdentity: workerRow().identity,
  ...set,
});

/** The job that writes the output of `humanLoopRow`. */
export const jobRow = (set: Partial<Job> = {}): Job => ({
  id: 'write-output:loop-1',
  kind: 'write-output',
  lane: 'outputs',
  subject: 'loop-1',
  dueAt: t0,
  attempts: 0,
  lastError: null,
  createdAt: t0,
  version: 1,
  ...set,
});

export const workteamRow = (set: Partial<Workteam> = {}): Workteam => ({
  id: 'team-1',
  name: 'reviewers',
  workforceId: 'workforce',
  description: 'Everybody',
  memberDefinitions: [],
  groups: ['reviewers'],
  config: {},
  tags: {},
  createdAt: t0,
  updatedAt: t0,
  version: 1,
  ...set,
});

export const eventTargetRow = (set: Partial<EventTarget> = {}): EventTarget => ({
  id: 'target-1',
  kind: 'human-loop',
  service: 'webhook',
  url: 'https://example.com/hook',
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  endpoint: null,
  region: null,
  source: null,
  flowDefinitionArn: null,
  statuses: [],
  bucket: null,
  prefix: null,
  suffix: null,
  createdAt: t0,
  version: 1,
  ...set,
});

export const activityRow = (set: Partial<Activity> = {}): Activity => ({
  id: '019b7cc4-a9ee-7000-8000-000000000000',
  at: t0,
  actorKind: 'caller',
  actorId: 'AKIAEXAMPLE',
  actorName: 'root',
  clientAddress: '127.0.0.1',
  requestId: null,
  action: 'StartHumanLoop',
  resourceType: 'human-loop',
  resourceName: 'loop',
  details: null,
  ...set,
});

export const noticesRow = (set: Partial<WorkerNotices> = {}): WorkerNotices => ({
  workerId: 'worker-1',
  settings: { ...defaultNotices, push: true, mail: true },
  wanted: 1,
  mailedAt: null,
  mailedUpTo: null,
  testedAt: null,
  version: 1,
  ...set,
});

export const subscriptionRow = (set: Partial<PushSubscriptionRow> = {}): PushSubscriptionRow => ({
  id: 'subscription-1',
  workerId: 'worker-1',
  sessionId: 'session-1',
  endpoint: 'https://push.example.com/1',
  p256dh: 'key',
  auth: 'secret',
  createdAt: t0,
  pushedAt: null,
  pushedUpTo: null,
  warnedUpTo: null,
  version: 1,
  ...set,
});
