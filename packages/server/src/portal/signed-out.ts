import { Refusal } from '../domain/refusal.ts';

/** There is no session, or its worker was disabled. */
export const signedOut = (): Refusal => new Refusal('signed-out', 'You are signed out. Please sign in.');
