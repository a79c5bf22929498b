import type { Change } from '../../packages/server/src/domain/change.ts';
import type { SaveResult } from '../../packages/server/src/store/store.ts';

/** What a call goes through: `act` is done when the gate opens. */
export interface Gates {
  /** A read, or a claim of jobs. */
  readonly read: <T>(name: string, argument: unknown, act: () => T) => Promise<T>;
  /** A save: done at one moment, heard of at a later one. */
  readonly save: (changes: readonly Change[], act: () => SaveResult) => Promise<SaveResult>;
}
