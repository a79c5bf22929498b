// Puts the states of a draft back into the page. What finds no control yet, since a script adds it later or its code is still on
// its way, waits for it.
import type { Control } from './control.ts';

/** Milliseconds in which changes of the page are gathered. */
const pause = 50;
/** Rows that add rows end some time. */
const mostRounds = 50;

export interface Restoring {
  /** The states that no control has taken yet. */
  readonly waiting: Map<string, unknown>;
  /** Puts back what finds its control, now and later. @param isLeft whether a control is to keep what it has now */
  begin(states: Readonly<Record<string, unknown>>, isLeft: (element: Element) => boolean): void;
}

interface Page {
  readonly document: Document;
  controls(): Map<string, Control>;
  /** Controls that were touched, by the worker or by what was put back. */
  readonly touched: WeakSet<EventTarget>;
  /** Something was put back. */
  restored(): void;
}

export function createRestoring({ document, controls, touched, restored }: Page): Restoring {
  const waiting = new Map<string, unknown>();
  const later = gathered(() => putBack((element) => touched.has(element)));
  const observer = new MutationObserver(later);

  function putBack(isLeft: (element: Element) => boolean): void {
    const taken = new Map<string, unknown>();
    // Each may make a script add others.
    for (let round = 0, before = -1; taken.size !== before && round < mostRounds; round++) {
      before = taken.size;
      for (const [key, control] of controls()) {
        if (!waiting.has(key)) continue;
        const state = waiting.get(key);
        if (isLeft(control.element)) waiting.delete(key);
        else if (attempt(control, state)) {
          waiting.delete(key);
          taken.set(key, state);
        }
      }
    }
    repair(taken);
    if (waiting.size === 0) observer.disconnect();
    if (taken.size > 0) restored();
  }

  /** A script that follows one control may have changed another one that was put back before. */
  function repair(taken: ReadonlyMap<string, unknown>): void {
    for (const [key, control] of controls()) {
      if (!taken.has(key) || !control.isNative) continue;
      attempt(control, taken.get(key));
      touched.add(control.element);
    }
  }

  return {
    waiting,
    begin(states, isLeft) {
      waiting.clear();
      for (const [key, state] of Object.entries(states)) waiting.set(key, state);
      putBack(isLeft);
      if (waiting.size === 0) return;
      observer.observe(document, { childList: true, subtree: true });
      const tags = new Set([...waiting.keys()].map((key) => key.slice(0, key.indexOf('/'))));
      for (const tag of tags) whenDefined(tag).then(later, () => undefined);
    },
  };
}

function attempt(control: Control, state: unknown): boolean {
  try {
    return control.restore(state);
  } catch (error) {
    // It is for whoever wrote the element; the state waits, so that it is not lost.
    console.error(error);
    return false;
  }
}

/** Runs once for all calls in a while. */
function gathered(run: () => void): () => void {
  let isComing = false;
  return () => {
    if (isComing) return;
    isComing = true;
    setTimeout(() => {
      isComing = false;
      run();
    }, pause);
  };
}

/** Never for what is no custom element. */
const whenDefined = async (tag: string): Promise<unknown> => customElements.whenDefined(tag);
