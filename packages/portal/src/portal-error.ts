// What goes wrong between portal and server, always with a sentence that can be shown to the worker.
import type { PortalErrorCode } from '@holdpoint/protocol';

/** `unreachable`: no answer came, or a proxy answered for the server; the request may be sent again. */
export type FailureCode = PortalErrorCode | 'unreachable';

export class PortalError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = 'PortalError';
    this.code = code;
  }
}

export const unreachable = () =>
  new PortalError('unreachable', 'The server cannot be reached. Check your connection and try again.');

/** The code of a failure, `internal` for anything that is not a PortalError. */
export const codeOf = (error: unknown): FailureCode => (error instanceof PortalError ? error.code : 'internal');

/** The sentence to show for a failure. */
export const sentenceOf = (error: unknown): string =>
  error instanceof PortalError ? error.message : 'Something went wrong on this page. Try again.';
