/** How rows become columns: every table's key and the type of each column, for all engines. */
import type { Rows, TableName } from '../domain/rows.ts';

/** `json` columns hold JSON text. All times are integers, milliseconds since 1970. */
export type ColumnType = 'text' | 'integer' | 'real' | 'json';

export interface TableOf<Row> {
  readonly key: keyof Row & string;
  readonly columns: { readonly [Column in keyof Row & string]-?: ColumnType };
}

export type Table = TableOf<Record<string, unknown>>;

const definitions: { readonly [T in TableName]: TableOf<Rows[T]> } = {
  settings: { key: 'name', columns: { name: 'text', value: 'text', version: 'integer' } },
  accessKeys: {
    key: 'accessKeyId',
    columns: {
      accessKeyId: 'text',
      secretAccessKey: 'text',
      description: 'text',
      kind: 'text',
      owner: 'text',
      createdAt: 'integer',
      version: 'integer',
    },
  },
  workforces: {
    key: 'id',
    columns: {
      id: 'text',
      name: 'text',
      config: 'json',
      tags: 'json',
      createdAt: 'integer',
      updatedAt: 'integer',
      version: 'integer',
    },
  },
  workteams: {
    key: 'id',
    columns: {
      id: 'text',
      name: 'text',
      workforceId: 'text',
      description: 'text',
      memberDefinitions: 'json',
      groups: 'json',
      config: 'json',
      tags: 'json',
      createdAt: 'integer',
      updatedAt: 'integer',
      invocation: 'text',
      version: 'integer',
    },
  },
  workers: {
    key: 'id',
    columns: {
      id: 'text',
      email: 'text',
      emailAsGiven: 'text',
      name: 'text',
      status: 'text',
      passwordHash: 'text',
      groups: 'json',
      identity: 'json',
      role: 'text',
      goldStanding: 'json',
      createdAt: 'integer',
      version: 'integer',
    },
  },
  sessions: {
    key: 'idHash',
    columns: {
      idHash: 'text',
      workerId: 'text',
      createdAt: 'integer',
      lastSeenAt: 'integer',
      expiresAt: 'integer',
      signOutHint: 'text',
      version: 'integer',
    },
  },
  oneTimeLinks: {
    key: 'tokenHash',
    columns: { tokenHash: 'text', workerId: 'text', purpose: 'text', expiresAt: 'integer', version: 'integer' },
  },
  passkeys: {
    key: 'id',
    columns: {
      id: 'text',
      workerId: 'text',
      credentialId: 'text',
      publicKey: 'text',
      counter: 'integer',
      transports: 'json',
      rpId: 'text',
      name: 'text',
      createdAt: 'integer',
      lastUsedAt: 'integer',
      version: 'integer',
    },
  },
  secondFactors: {
    key: 'workerId',
    columns: {
      workerId: 'text',
      totpSecret: 'text',
      totpLastStep: 'integer',
      recoveryCodeHashes: 'json',
      createdAt: 'integer',
      version: 'integer',
    },
  },
  spentChallenges: { key: 'idHash', columns: { idHash: 'text', expiresAt: 'integer' } },
  templates: { key: 'sha256', columns: { sha256: 'text', content: 'text' } },
  humanTaskUis: {
    key: 'id',
    columns: {
      id: 'text',
      name: 'text',
      contentSha256: 'text',
      tags: 'json',
      createdAt: 'integer',
      invocation: 'text',
      version: 'integer',
    },
  },
  flowDefinitions: {
    key: 'id',
    columns: {
      id: 'text',
      name: 'text',
      status: 'text',
      humanTaskUiId: 'text',
      templateSha256: 'text',
      workteamId: 'text',
      config: 'json',
      tags: 'json',
      createdAt: 'integer',
      invocation: 'text',
      version: 'integer',
    },
  },
  humanLoops: {
    key: 'id',
    columns: {
      id: 'text',
      name: 'text',
      flowDefinitionId: 'text',
      flowDefinitionName: 'text',
      status: 'text',
      failureCode: 'text',
      failureReason: 'text',
      inputSha256: 'text',
      templateSha256: 'text',
      outputS3Uri: 'text',
      extensionTags: 'json',
      requester: 'text',
      goldItemId: 'text',
      createdAt: 'integer',
      finishedAt: 'integer',
      version: 'integer',
    },
  },
  humanLoopInputs: {
    key: 'humanLoopId',
    columns: { humanLoopId: 'text', inputContent: 'text', dataAttributes: 'json', activation: 'text' },
  },
  tasks: {
    key: 'id',
    columns: {
      id: 'text',
      humanLoopId: 'text',
      humanLoopName: 'text',
      flowDefinitionId: 'text',
      flowDefinitionName: 'text',
      workteamId: 'text',
      title: 'text',
      description: 'text',
      keywords: 'json',
      status: 'text',
      answersNeeded: 'integer',
      answersDone: 'integer',
      assignmentsOpen: 'integer',
      slotsFree: 'integer',
      timeLimitSeconds: 'integer',
      availableUntil: 'integer',
      closedTo: 'text',
      openTo: 'text',
      groupRule: 'text',
      stage: 'text',
      createdAt: 'integer',
      version: 'integer',
    },
  },
  assignments: {
    key: 'id',
    columns: {
      id: 'text',
      taskId: 'text',
      humanLoopId: 'text',
      workerId: 'text',
      status: 'text',
      acceptedAt: 'integer',
      deadline: 'integer',
      endedAt: 'integer',
      stoppedAt: 'integer',
      pausedMs: 'integer',
      declineReason: 'text',
      declineNote: 'text',
      version: 'integer',
    },
  },
  answers: {
    key: 'assignmentId',
    columns: {
      assignmentId: 'text',
      humanLoopId: 'text',
      workerId: 'text',
      answerContent: 'text',
      acceptedAt: 'integer',
      submittedAt: 'integer',
      finalAt: 'integer',
      timeSpentInSeconds: 'real',
      sequence: 'integer',
      workerIdentity: 'json',
    },
  },
  goldItems: {
    key: 'id',
    columns: {
      id: 'text',
      flowDefinitionId: 'text',
      inputContent: 'text',
      expectedAnswer: 'text',
      createdAt: 'integer',
      usedAt: 'integer',
      humanLoopId: 'text',
      version: 'integer',
    },
  },
  goldResults: {
    key: 'id',
    columns: {
      id: 'text',
      goldItemId: 'text',
      flowDefinitionId: 'text',
      workerId: 'text',
      score: 'real',
      isRight: 'integer',
      answeredAt: 'integer',
    },
  },
  drafts: {
    key: 'id',
    columns: {
      id: 'text',
      humanLoopId: 'text',
      taskId: 'text',
      workerId: 'text',
      content: 'text',
      savedAt: 'integer',
      version: 'integer',
    },
  },
  humanLoopEvents: {
    key: 'id',
    columns: {
      id: 'text',
      humanLoopId: 'text',
      kind: 'text',
      happenedAt: 'integer',
      subject: 'text',
      details: 'json',
    },
  },
  workerNotices: {
    key: 'workerId',
    columns: {
      workerId: 'text',
      settings: 'json',
      wanted: 'integer',
      mailedAt: 'integer',
      mailedUpTo: 'integer',
      testedAt: 'integer',
      version: 'integer',
    },
  },
  pushSubscriptions: {
    key: 'id',
    columns: {
      id: 'text',
      workerId: 'text',
      sessionId: 'text',
      endpoint: 'text',
      p256dh: 'text',
      auth: 'text',
      createdAt: 'integer',
      pushedAt: 'integer',
      pushedUpTo: 'integer',
      warnedUpTo: 'integer',
      version: 'integer',
    },
  },
  eventTargets: {
    key: 'id',
    columns: {
      id: 'text',
      kind: 'text',
      service: 'text',
      url: 'text',
      secret: 'text',
      endpoint: 'text',
      region: 'text',
      source: 'text',
      flowDefinitionArn: 'text',
      statuses: 'json',
      bucket: 'text',
      prefix: 'text',
      suffix: 'text',
      createdAt: 'integer',
      version: 'integer',
    },
  },
  eventDeliveries: {
    key: 'id',
    columns: {
      id: 'text',
      eventTargetId: 'text',
      event: 'text',
      orderKey: 'text',
      createdAt: 'integer',
      attempts: 'integer',
      lastError: 'text',
      failedAt: 'integer',
      version: 'integer',
    },
  },
  jobs: {
    key: 'id',
    columns: {
      id: 'text',
      kind: 'text',
      lane: 'text',
      subject: 'text',
      dueAt: 'integer',
      attempts: 'integer',
      lastError: 'text',
      createdAt: 'integer',
      version: 'integer',
    },
  },
  activities: {
    key: 'id',
    columns: {
      id: 'text',
      at: 'integer',
      actorKind: 'text',
      actorId: 'text',
      actorName: 'text',
      clientAddress: 'text',
      requestId: 'text',
      action: 'text',
      resourceType: 'text',
      resourceName: 'text',
      details: 'text',
    },
  },
  statistics: { key: 'id', columns: { id: 'text', figures: 'json', version: 'integer' } },
};

export const tables = definitions as unknown as { readonly [T in TableName]: Table };

/** `humanLoopInputs` → `human_loop_inputs`; `templateSha256` → `template_sha256`; `outputS3Uri` → `output_s3_uri`. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export interface Column {
  readonly column: string;
  /** Its name in SQL. */
  readonly sql: string;
  readonly type: Table['columns'][string];
}

/** The columns of each table, in the order of `tables`. */
export const columnsOf = Object.fromEntries(
  Object.entries(tables).map(([name, { columns }]) => [
    name,
    Object.entries(columns).map(([column, type]): Column => ({ column, sql: snakeCase(column), type })),
  ]),
) as unknown as { readonly [T in TableName]: readonly Column[] };
