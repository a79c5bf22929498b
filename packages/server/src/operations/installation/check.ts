import type { OperationOutput } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { StoreHealth } from '../../store/store.ts';

export type Check = OperationOutput<'CheckInstallation'>['Checks'][number];
/** What a check found: one sentence, and what to do about it where something is to be done. */
export type Verdict = Omit<Check, 'Name'>;

/** What the checks of one visit share. */
export interface Visit extends OperationContext {
  readonly health: Promise<StoreHealth>;
}

export const ok = (Message: string): Verdict => ({ Status: 'Ok', Message });
export const skipped = (Message: string): Verdict => ({ Status: 'Skipped', Message });
export const warning = (Message: string, Advice: string): Verdict => ({ Status: 'Warning', Message, Advice });
export const failed = (Message: string, Advice: string): Verdict => ({ Status: 'Failed', Message, Advice });

/** Counts as people write them: `1 job`, `3 jobs`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The part of an error's message that belongs into a sentence of ours. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().replace(/[.\s]+$/, '');
