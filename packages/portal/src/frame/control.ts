/** A control of the page, as drafts see it. */
export interface Control {
  readonly element: Element;
  /** Whether it is the browser's own: then nobody else looks after its state. */
  readonly isNative: boolean;
  /** What tells it from others of its tag and name. */
  readonly key: string | undefined;
  /** JSON; undefined while it is untouched. @param isLast the page may be gone afterwards */
  take(isLast: boolean): unknown;
  /** @returns false when it cannot take the state in now */
  restore(state: unknown): boolean;
  lock(): void;
}
