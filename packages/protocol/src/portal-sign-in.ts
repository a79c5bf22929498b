// What the portal and the server exchange about passkeys, second factors and lost passwords.
import type { PortalSession } from './portal.ts';

/** POST sign-in and POST set-password: the session, or what is asked for first. */
export type SignInResponse = PortalSession | SecondFactorNeeded;

/** `give`: the second factor that the worker has; `set-up`: one is required, and there is none yet. */
export type SecondFactorStep = 'give' | 'set-up';

export interface SecondFactorNeeded {
  readonly secondFactor: SecondFactorStep;
}

/** Where passkeys work. */
export interface PasskeyPlaceView {
  readonly origin: string;
  /** Why they work nowhere, as a sentence. */
  readonly problem?: string;
}

/** GET second-factor: what is asked for in this browser, after the password. */
export interface SecondFactorResponse {
  readonly secondFactor: SecondFactorStep;
  readonly email: string;
  readonly passkey: boolean;
  readonly app: boolean;
  readonly recoveryCodesLeft: number;
  readonly place: PasskeyPlaceView;
}

/** POST second-factor/code: of the app, or a recovery code. Answered with PortalSession. */
export interface SecondFactorCodeRequest {
  readonly code: string;
}

/** Options of Web Authentication in their JSON form; POST passkey/options, second-factor/options and security/passkeys/options. */
export interface PasskeyOptionsResponse {
  readonly publicKey: { readonly challenge: string; readonly [name: string]: unknown };
}

/** POST passkey/sign-in and second-factor/passkey: what the passkey signed, in its JSON form. Answered with PortalSession. */
export interface PasskeyRequest {
  readonly credential: object;
}

/** One of the worker's own passkeys. */
export interface OwnPasskey {
  readonly passkeyId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt?: string;
  /** The host at which it works, when that is no more the portal's. */
  readonly otherHost?: string;
}

/** GET security */
export interface SecurityResponse {
  readonly passkeys: readonly OwnPasskey[];
  readonly app: boolean;
  readonly recoveryCodesLeft: number;
  /** Whether the worker must have a second factor. */
  readonly required: boolean;
  readonly place: PasskeyPlaceView;
}

/** POST security/passkeys */
export interface AddPasskeyRequest {
  readonly name: string;
  readonly credential: object;
}

/** POST security/passkeys/{passkeyId}/name; security/passkeys/{passkeyId}/remove takes nothing. */
export interface NamePasskeyRequest {
  readonly name: string;
}

/** POST security/app/start */
export interface StartAppResponse {
  /** For typing it, in groups of four. */
  readonly secret: string;
  readonly uri: string;
  /** The QR code of the URI: the number of its modules on a side, and a path of SVG over these units. */
  readonly qr: { readonly size: number; readonly path: string };
  /** Comes back with the first code. */
  readonly token: string;
}

/** POST security/app */
export interface ConfirmAppRequest {
  readonly token: string;
  readonly code: string;
}

/** POST security/passkeys, security/app and security/recovery-codes. */
export interface FactorSetUpResponse {
  /** Shown once: with the first factor, and when new ones are asked for. */
  readonly recoveryCodes?: readonly string[];
  /** When it was required for signing in: signed in now. */
  readonly session?: PortalSession;
}

/** POST forgot-password: answered alike whether the address is known or not. */
export interface ForgotPasswordRequest {
  readonly email: string;
}
