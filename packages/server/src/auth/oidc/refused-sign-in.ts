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

/**
 * Turns whatever goes wrong in one step into a refusal.
 *
 * @param step what was asked of the provider, for the log
 */
export async function asked<T>(step: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusedSignIn) throw error;
    throw refusalOf(step, error as Error & { code?: unknown; error?: unknown; claim?: unknown });
  }
}

function refusalOf(step: string, error: Error & { code?: unknown; error?: unknown; claim?: unknown }): RefusedSignIn {
  const said = error.error === undefined ? undefined : errorCodeOf(error.error);
  if (said !== undefined)
    return new RefusedSignIn(
      `The identity provider did not accept this attempt (${said}). Please try again.`,
      `${step}: ${said}`,
    );
  const code = codeOf(error);
  if (
    /^(E(?!RR_)[A-Z_]+|ERR_(TLS|SSL)_\w+|[A-Z_]*CERT[A-Z_]*|UNABLE_TO_\w+|OAUTH_TIMEOUT|ERR_JWKS_TIMEOUT|ABORT_ERR)$/.test(
      code,
    )
  )
    return new RefusedSignIn(
      'The identity provider cannot be reached at the moment. Please try again in a few minutes.',
      `${step}: ${code}`,
      502,
    );
  return unverified(`${step}: ${[code, claimOf(error)].filter(Boolean).join(' ')}`);
}

function codeOf(error: Error & { code?: unknown }): string {
  const cause = error.cause as { code?: unknown } | undefined;
  const code = [cause?.code, error.code].find((one) => typeof one === 'string');
  return typeof code === 'string' ? code : error.name;
}

/** Which claim was wrong, as both libraries say it, or ''. */
function claimOf(error: Error & { claim?: unknown }): string {
  const cause = error.cause as { claim?: unknown; cause?: { claim?: unknown } } | undefined;
  const claim = [error.claim, cause?.claim, cause?.cause?.claim].find((one) => typeof one === 'string');
  return typeof claim === 'string' ? claim : '';
}
