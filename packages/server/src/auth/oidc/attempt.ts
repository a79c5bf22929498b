/**
 * One attempt to sign in at an identity provider, between the redirect there and the way back. The browser keeps it in a
 * cookie that only this installation can make and read: whichever server the browser comes back to can go on.
 */
import type { Exchange } from '../../context.ts';
import { newSecret } from '../../id.ts';
import { cookiesNamed } from '../cookies.ts';
import { seal, unseal } from '../sealed.ts';

export interface OidcAttempt {
  /** Comes back with the code; ties the way back to this browser. */
  readonly state: string;
  /** Comes back inside the ID token; ties the token to this attempt. */
  readonly nonce: string;
  /** Shown to the provider with the code (RFC 7636); ties the code to this attempt. */
  readonly verifier: string;
  /** The provider's name for itself: a workforce that has got another one since does not finish it. */
  readonly issuer: string;
  /** The page to go on to. */
  readonly returnTo: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Milliseconds for typing a password and a second factor. */
export const attemptLifetime = 15 * 60_000;

export const newAttempt = (issuer: string, returnTo: string, now: number): OidcAttempt => ({
  state: newSecret(),
  nonce: newSecret(),
  verifier: newSecret(),
  issuer,
  returnTo,
  expiresAt: now + attemptLifetime,
});

/** The `Set-Cookie` value that keeps an attempt. */
export const attemptCookie = (attempt: OidcAttempt, secret: string, secure: boolean): string =>
  cookie(seal(attempt, secret, use), attemptLifetime / 1000, secure);

/** The `Set-Cookie` value that makes a browser forget its attempt. */
export const endedAttemptCookie = (secure: boolean): string => cookie('', 0, secure);

/** The attempt that this browser began, unless it is over; what somebody else made or changed is none. */
export function findAttempt(exchange: Exchange, secret: string, now: number): OidcAttempt | undefined {
  for (const value of cookiesNamed(exchange, cookieName(exchange.secure))) {
    const attempt = unseal<OidcAttempt>(value, secret, use);
    if (attempt && attempt.expiresAt > now) return attempt;
  }
  return undefined;
}

const use = 'holdpoint oidc attempt';

const cookieName = (secure: boolean): string => (secure ? '__Host-holdpoint-oidc' : 'holdpoint-oidc');

/** Lax, since the way back is a navigation that another site begins. */
function cookie(value: string, maxAgeSeconds: number, secure: boolean): string {
  const attributes = ['Path=/', `Max-Age=${maxAgeSeconds}`, 'HttpOnly', 'SameSite=Lax', ...(secure ? ['Secure'] : [])];
  return [`${cookieName(secure)}=${value}`, ...attributes].join('; ');
}
