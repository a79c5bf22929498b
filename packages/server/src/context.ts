/**
 * What each step of a request's path adds: the exchange (http), the caller (auth), the operation and its input (decode),
 * and what handlers may use.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { OperationInput, OperationName, OperationOutput } from '@holdpoint/protocol';
import type { AiServices } from './ai-services/ai-services.ts';
import type { Pictures } from './ai-services/pictures.ts';
import type { Clock } from './clock.ts';
import type { Worker } from './domain/rows.ts';
import type { Log } from './log.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Push } from './push/push.ts';
import type { Store } from './store/store.ts';
import type { TemplateRenderer } from './templates/templates.ts';

/** One HTTP request as received; nothing of it is decoded or trusted yet. */
export interface Exchange {
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** The path as on the wire, before `?`. */
  readonly rawPath: string;
  /** The query as on the wire, after the first `?`, or ''. */
  readonly rawQuery: string;
  /** Header names and values in wire order, as Node gives them (latin1). */
  readonly headers: readonly (readonly [string, string])[];
  /** First value of a header, by lower-case name. */
  header(name: string): string | undefined;
  /** Scheme, host and port as the client sees them (`X-Forwarded-*` only from trusted proxies). */
  readonly origin: string;
  /** The client's address, likewise. */
  readonly clientAddress: string;
  readonly secure: boolean;
  /** The whole body; refused with 413 above `limit` bytes, and with ThrottlingException when too many bytes are in flight. */
  readBody(limit: number): Promise<Buffer>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array | Readable | undefined;
}

export type Handler = (exchange: Exchange) => Promise<Reply>;

/** Who signed an API request, or who makes one in the console. */
export interface Caller {
  /** Of an operator the worker's id. */
  readonly accessKeyId: string;
  readonly kind: 'root' | 'user' | 'internal' | 'operator';
  /** `arn:aws:iam::<account>:root`, `…:user/<access key id>` or `…:user/<worker's id>`. */
  readonly arn: string;
  /** The key's, as it is known now. */
  readonly description?: string;
  /** Of a key that belongs to a worker: the e-mail address. */
  readonly owner?: string;
  /** The operator. */
  readonly worker?: Worker;
  /** Where the operator comes from. */
  readonly clientAddress?: string;
}

/** What is fixed for an installation. */
export interface Installation {
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /** Base of every link that is handed out, without a slash at the end. */
  readonly publicUrl: string;
  /** The API endpoint on loopback, used for links to objects when they are fetched by this machine's own tools. */
  readonly endpointUrl: string;
}

export interface Quotas {
  /** 0 is no limit. */
  readonly inFlightHumanLoops: number;
  readonly flowDefinitions: number;
  readonly requestsPerSecond: number;
}

/** What only the process knows about where it runs, for those who run it. */
export interface Premises {
  readonly version: string;
  /** Tells this start of this server from any other. */
  readonly instance: string;
  /** Whether other machines can reach the listener. */
  readonly listensBeyondLoopback: boolean;
  /** For people: the folder in which the objects are, or bucket and endpoint. */
  readonly objectStore: string;
  /** Why no object can be read or written now, in one sentence. */
  objectStoreProblem(): string | undefined;
  /** Whether there is a bucket of this name. @throws what the object store says when it cannot be asked. */
  hasBucket(name: string): Promise<boolean>;
  /** Writes, reads and removes an object in a bucket, whose name it answers; undefined when there is none. */
  probeBucket(): Promise<string | undefined>;
  /** What is free on the disk of the data directory; the number of files where the file system limits it. */
  disk(): Promise<{ readonly freeBytes: number; readonly freeFiles?: number }>;
  /** What others than the owner can read: the data directory, files with secrets; undefined on systems without such rights. */
  readableByOthers(): Promise<
    { readonly directory: string | undefined; readonly secrets: readonly string[] } | undefined
  >;
  /** The certificate that is served, and whether another one is in its file by now; undefined without https. */
  certificate(): Promise<{ readonly expiresAt: number; readonly replaced: boolean } | undefined>;
  /** By how many milliseconds the clock was set back since the start. */
  clockSetBack(): number;
}

/** Signs a link that reads one object, valid for `expiresInSeconds` (1–604800). */
export type SignObjectUrl = (bucket: string, key: string, expiresInSeconds: number) => string;

/** What every handler of an operation or of the portal may use. */
export interface Rooms {
  readonly installation: Installation;
  readonly quotas: Quotas;
  /** How many days inputs and answers of finished loops are kept; 0 is for ever. */
  readonly retentionDays: number;
  /** How many days rows of the activity log are kept; 0 is for ever. */
  readonly activityDays: number;
  readonly store: Store;
  readonly templates: TemplateRenderer;
  readonly clock: Clock;
  readonly log: Log;
  /** Presigning material for links to objects in templates. */
  readonly presign: (expiresInSeconds: number) => import('./templates/templates.ts').PresignSettings;
  /** Signs links that are no links to objects (templates of human task UIs). */
  readonly linkSecret: string;
  /** Tells caches that an access key or worker changed. */
  readonly forget: (what: { accessKeyId?: string; workerId?: string }) => void;
  /** Sends one event to one target now, without a row (`TestEventTarget`). */
  readonly tryEventTarget: (eventTargetId: string, event: string) => Promise<{ statusCode?: number; error?: string }>;
  /** Why no event is sent to a URL, whatever its host would answer, in one sentence; undefined where one is. */
  readonly targetUrlProblem: (url: URL) => string | undefined;
  /** Textract and Rekognition of the operator. Operations wait for these alone of all that is somebody else's. */
  readonly aiServices: AiServices;
  /** Pictures for these in the buckets of this server. */
  readonly pictures: Pictures;
  readonly mailer: Mailer;
  readonly push: Push;
  /** Hashes a password for keeping (argon2id). */
  readonly hashPassword: (password: string) => Promise<string>;
  readonly premises: Premises;
  /** Aborted when the server begins to stop: nobody is kept waiting then. */
  readonly stopping: AbortSignal;
}

export interface OperationContext extends Rooms {
  readonly requestId: string;
  readonly caller: Caller;
  /** Names the call as the SDK does over all its attempts (`amz-sdk-invocation-id`), with who makes it; null when it has no name. */
  readonly invocation: string | null;
  readonly now: number;
  /** Seconds that the caller is willing to wait (`Prefer: wait=N`), 0 when it is not. */
  readonly waitSeconds: number;
  /** Headers that the handler adds to the reply. */
  readonly replyHeaders: Record<string, string>;
}

export type OperationHandler<Name extends OperationName> = (
  context: OperationContext,
  input: OperationInput<Name>,
) => Promise<OperationOutput<Name>>;

/** A portal request: the exchange, the worker who is signed in, and the rooms. */
export interface PortalContext extends Rooms {
  readonly exchange: Exchange;
  readonly worker: Worker;
  readonly now: number;
}
