import { Refusal } from '../../domain/refusal.ts';

/** What came from a browser is no passkey for this portal; the sentence is for the worker. */
export const refusedPasskey = (sentence: string): Refusal => new Refusal('passkey-refused', sentence);
