// The answer that was submitted last, as long as it can be taken back; whichever page is shown meanwhile.

export interface Undoable {
  readonly assignmentId: string;
  readonly title: string;
  /** Of this browser's clock (milliseconds). */
  readonly until: number;
}

const listeners = new Set<() => void>();
let current: Undoable | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** What can be taken back now. */
export const undoable = (): Undoable | undefined => (current && current.until > Date.now() ? current : undefined);

/** Offers an answer for as long as the server said. */
export function offerUndo(answer: { assignmentId: string; title: string; undoMs: number }): void {
  clearTimeout(timer);
  current = answer.undoMs > 0 ? { ...answer, until: Date.now() + answer.undoMs } : undefined;
  if (current) timer = setTimeout(withdrawUndo, answer.undoMs);
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
