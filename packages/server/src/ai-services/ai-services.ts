/** Calls of AI services that are somebody else's: the operator's account in AWS, or what speaks like it. */
import type { Readable } from 'node:stream';
import type { AiService } from '../domain/ai-services.ts';

/** Says to a server that it is called by one like it. */
export const passedOnHeader = 'holdpoint-passed-on';

export interface AiServiceRequest {
  readonly service: AiService;
  /** Of the caller's request, in lower case; those that matter to the service are passed on. */
  readonly headers: Iterable<readonly [name: string, value: string]>;
  readonly body: Uint8Array;
  /** Ends the call, when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/** What the service answered, whatever its status. */
export interface AiServiceAnswer {
  readonly status: number;
  /** Those that clients read; none of the connection. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

export interface AiServices {
  /** Where a service is; undefined when its setting does not say. */
  endpoint(service: AiService): string | undefined;
  /** @throws ApiError that names the setting, when it does not say. */
  requireEndpoint(service: AiService): void;
  /**
   * Passes a request on, signed with the operator's credentials.
   *
   * @throws ApiError in the service's words when there is no answer, or nothing to sign with.
   */
  call(request: AiServiceRequest): Promise<AiServiceAnswer>;
  /** Why a service cannot be called, in one sentence; undefined when it answers and there are credentials. */
  probe(service: AiService): Promise<string | undefined>;
  /** Other credentials may be there by now. */
  forgetCredentials(): void;
  close(): void;
}
