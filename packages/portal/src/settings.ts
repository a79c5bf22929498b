// What a worker has chosen on this browser.

const key = 'holdpoint:continue';

/** Whether the next task opens by itself after a submit; on unless switched off. */
export function continuesByItself(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

const listeners = new Set<() => void>();

/** Calls `listener` when the choice is made anew on this page; returns how to stop that. */
export function onContinuing(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Remembers the choice; a browser without storage forgets it with the page. */
export function setContinuesByItself(on: boolean): void {
  try {
    localStorage.setItem(key, on ? 'on' : 'off');
  } catch {
    // Private windows may refuse storage: the default then holds next time.
  }
  for (const listener of listeners) listener();
}
