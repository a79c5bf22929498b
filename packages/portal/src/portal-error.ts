// What goes wrong between portal and server, always with a sentence that can be shown to the worker.
import type { PortalErrorCode } from '@holdpoint/protocol';
import { english } from './words/en.ts';
import { refusalText } from './words/refusals.ts';
import { words } from './words/words.ts';

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

export const unreachable = () => new PortalError('unreachable', english.refusals.unreachable);

/** The code of a failure, `internal` for anything that is not a PortalError. */
export const codeOf = (error: unknown): FailureCode => (error instanceof PortalError ? error.code : 'internal');

/** The sentence to show for a failure, in the language of the page. */
export const sentenceOf = (error: unknown): string =>
  error instanceof PortalError ? refusalText(error.code, error.message) : words.refusals.broken;
