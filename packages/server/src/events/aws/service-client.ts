import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { EventTarget } from '../../domain/rows.ts';
import type { OwnCredentials } from './credentials.ts';
import type { EventFacts } from './event-facts.ts';

export type AwsService = Exclude<EventTarget['service'], 'webhook'>;

/** A client of one of AWS's services in one region, at one address. */
export interface ServiceClient {
  /**
   * Hands one event over, once.
   *
   * @returns the status of the answer.
   * @throws Refused when the service answered that it did not take the event; else what the SDK throws.
   */
  send(target: EventTarget, text: string, facts: EventFacts, signal: AbortSignal): Promise<number>;
  close(): void;
}

/** Settings that all clients of the SDK know. */
export interface ClientSettings {
  readonly region: string;
  /** Without it that of the region. */
  readonly endpoint?: string;
  readonly credentials: OwnCredentials;
  /** Repetitions are the job's: they are rows, and can be seen. */
  readonly maxAttempts: 1;
  readonly requestHandler: { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent };
  /** Silent: what goes wrong comes as an error, and goods on their way are not for logs. */
  readonly logger: Readonly<Record<'trace' | 'debug' | 'info' | 'warn' | 'error', () => void>>;
}

/** An answer of status 200 that says, or lets see, that the event was not taken. */
export class Refused extends Error {
  /** The service's word for it; undefined when the answer is none of the service. */
  readonly code: string | undefined;
  readonly statusCode: number | undefined;

  constructor(message: string, { code, statusCode }: { code?: string | undefined; statusCode?: number | undefined }) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
  }
}

/** FIFO topics and queues order by group, and forget what comes twice within five minutes. */
export const inOrder = (address: string, { id, group }: EventFacts) =>
  address.endsWith('.fifo') ? { MessageGroupId: group, MessageDeduplicationId: id } : {};

/** Attributes of a message, all of them texts. */
export const messageAttributes = ({ attributes }: EventFacts) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
