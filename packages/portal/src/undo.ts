// The answer that was submitted last, as long as it can be taken back; whichever page is shown meanwhile. Where the next task
// follows at once, no page says that the answer is in: then that is said here, also when it cannot be taken back.

/** Milliseconds for which a final answer is said to be in. */
const saidFor = 5_000;

export interface Undoable {
  readonly assignmentId: string;
  readonly title: string;
  /** Of this browser's clock (milliseconds). */
  readonly until: number;
  readonly isFinal: boolean;
}

const listeners = new Set<() => void>();
let current: Undoable | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** What is said to be in now. */
export const submitted = (): Undoable | undefined => (current && current.until > Date.now() ? current : undefined);

/** What can be taken back now. */
export const undoable = (): Undoable | undefined => (current?.isFinal ? undefined : submitted());

/** Offers an answer for as long as the server said. */
export function offerUndo(answer: { assignmentId: string; title: string; undoMs: number }, isSaid: boolean): void {
  clearTimeout(timer);
  const isFinal = answer.undoMs <= 0;
  const shownFor = isFinal ? saidFor : answer.undoMs;
  current = isFinal && !isSaid ? undefined : { ...answer, isFinal, until: Date.now() + shownFor };
  if (current) timer = setTimeout(withdrawUndo, shownFor);
  for (const listener of listeners) listener();
}

export function withdrawUndo(): void {
  clearTimeout(timer);
  current = undefined;
  for (const listener of listeners) listener();
}

/** Calls `listener` when something else can be taken back, or nothing any more; returns how to stop that. */
export function onUndoable(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
