import { ApiError } from '@holdpoint/protocol';

/**
 * Rows cannot be read or written just now: the database is not there, or full. Whoever asked may ask the same again; a save
 * whose answer was lost on the way may have been carried out.
 */
export class StoreUnavailable extends ApiError {
  /** @param sentence for callers: no addresses, no names of files */
  constructor(sentence: string, options?: ErrorOptions) {
    super('ServiceUnavailableException', sentence, options);
  }
}

/** How loud work of the server's own is about an error, which it tries again: of its troubles the store has told when they began. */
export const loudnessOf = (error: unknown): 'debug' | 'error' =>
  error instanceof StoreUnavailable ? 'debug' : 'error';

export const fullSentence = 'The database is full: nothing can be saved until there is room on its disk.';
