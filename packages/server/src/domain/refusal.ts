import type { PortalErrorCode } from '@holdpoint/protocol';

/** A decision that says no to a worker: a code for programs, a sentence for people. */
export class Refusal extends Error {
  readonly code: PortalErrorCode;

  constructor(code: PortalErrorCode, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}
