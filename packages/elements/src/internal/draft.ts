// What a worker has entered, kept in case the page has to be loaded anew. The frame around a task's page asks each element by
// this hook; elements of a template's own may have it, too.
// A control is untouched → touched (by the worker, or a script has changed it) → untouched again by a reset. One that gets its
// state back is waiting until it can take it in, and touched from then on. What a script may begin anew at any time (tools, whose
// image, text or first marks come late) stays restored until the worker goes on, so that it is taken in again after each beginning.

export const draftHook = Symbol.for('holdpoint.draft');

export interface DraftHook {
  /** What tells it from others of its tag and name, such as the value of a check box. */
  readonly key?: string;
  /**
   * Its state as JSON; undefined while it is untouched.
   *
   * @param isLast the page may be gone afterwards: nothing can be put off to the next time
   */
  take(isLast: boolean): unknown;
  /** Takes in a state that `take` has given, at once or when it can, and fires `input` and `change` then. */
  restore(state: unknown): void;
  /** From now on it shows what it has and takes no input. */
  lock?(): void;
}

/** Fired by an element whose state has become another one without any input, as after work that was put off. */
export const draftReadyEvent = 'holdpoint-draft';

/** A control as its keeper sees it. */
interface DraftSource {
  key(): string | undefined;
  /** Whether a script may begin anew what was restored, so that it must be restored once more. */
  beginsAnew(): boolean;
  /** Whether it was rendered: what the template gave is noted then. */
  isUpdated(): boolean;
  updated(): Promise<unknown>;
  draft(isLast: boolean): unknown;
  /** @returns whether it could take it in */
  resume(state: unknown): boolean;
  announce(): void;
  lock(): void;
}

export class DraftKeeper implements DraftHook {
  readonly #source: DraftSource;
  /** What was restored, until it is taken in, or until the worker goes on. */
  #restored: unknown;
  #isTouched = false;
  #isResuming = false;

  constructor(source: DraftSource) {
    this.#source = source;
  }

  get key(): string | undefined {
    return this.#source.key();
  }

  get isTouched(): boolean {
    return this.#isTouched;
  }

  /** The worker has changed something. */
  touched(): void {
    if (this.#isResuming) return;
    this.#isTouched = true;
    this.#restored = undefined;
  }

  /** All is as the template gave it. */
  forget(): void {
    this.#isTouched = false;
    this.#restored = undefined;
  }

  take(isLast: boolean): unknown {
    if (this.#restored !== undefined) return this.#restored;
    return this.#source.isUpdated() ? this.#source.draft(isLast) : undefined;
  }

  restore(state: unknown): void {
    if (state === undefined) return;
    this.#restored = state;
    if (this.#source.isUpdated()) this.resume();
    else void this.#source.updated().then(() => this.resume());
  }

  /** A script has replaced what there was. */
  begunAnew(): void {
    this.#isTouched = false;
    this.resume();
  }

  /** Tries to take in what was restored; to be called when something that it may have waited for has come. */
  resume(): void {
    if (this.#restored !== undefined && this.#source.isUpdated() && this.#source.resume(this.#restored)) this.resumed();
  }

  /** What was restored has been taken in. */
  resumed(): void {
    this.#isTouched = true;
    if (!this.#source.beginsAnew()) this.#restored = undefined;
    this.#isResuming = true;
    this.#source.announce();
    this.#isResuming = false;
  }

  lock(): void {
    this.#source.lock();
  }
}
