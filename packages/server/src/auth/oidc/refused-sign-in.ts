/** Why an attempt to sign in at an identity provider ended: a sentence for the worker, a reason for the operator's log. */
export class RefusedSignIn extends Error {
  /** Codes and names of claims, never what came from the provider as it is. */
  readonly reason: string;
  readonly status: number;

  constructor(message: string, reason: string, status = 403) {
    super(message);
    this.name = 'RefusedSignIn';
    this.reason = reason;
    this.status = status;
  }
}

/** A code of OAuth (`access_denied`) as it may be shown and logged; anything else is not repeated. */
export const errorCodeOf = (text: unknown): string =>
  typeof text === 'string' && /^[A-Za-z_]{1,64}$/.test(text) ? text : 'unknown_error';

/** What came is not the provider's, or not for this attempt. */
export const unverified = (reason: string): RefusedSignIn =>
  new RefusedSignIn(
    'What the identity provider sent could not be verified. Please try again; if it goes on, tell the people who run this portal.',
    reason,
    502,
  );
