// Drafts of the answer: taken after whatever a worker does, sent to the portal when they differ, and put back.
// waiting → open when the portal has said what to put back, if anything → over when the answer was accepted.
// waiting → shown when the page is only to be read. Drafts are sent while it is open.
import type { Draft, FrameMessage } from '@holdpoint/protocol';
import { isDraft, longestDraft } from '@holdpoint/protocol';
import type { Control } from './control.ts';
import { controlsIn } from './controls.ts';
import { createPace } from './draft-pace.ts';
import { showReadOnly } from './read-only.ts';
import { createRestoring } from './restoring.ts';

/** Milliseconds after which elements whose code does not come are waited for no more; what is kept for them waits on. */
const patience = 5_000;
/** The last one is told by elements whose state has changed without any of the others. */
const activities = [
  'input',
  'change',
  'click',
  'keyup',
  'pointerup',
  'pointercancel',
  'drop',
  'reset',
  'holdpoint-draft',
];
const readyEvent = 'all-crowd-elements-ready';

/** To be called before any script of the page. @param portal where messages come from @param tooLarge what is told of a draft that is */
export function keepDrafts(
  portal: Window,
  tell: (message: FrameMessage) => void,
  tellError: (message: string) => void,
  tooLarge: string,
): void {
  let state: 'waiting' | 'open' | 'shown' | 'over' = 'waiting';
  let last = '';
  let key = '';
  let isTooLargeTold = false;
  let areElementsReady = false;
  /** Whether something was done before the portal has said what to put back. */
  let isAhead = false;
  let lock = () => {};
  /** By a worker, or by what was put back. */
  const touched = new WeakSet<EventTarget>();
  const unkept = new WeakSet<Element>();
  const controls = () => controlsIn(document, (element) => touched.has(element));
  const restoring = createRestoring({ document, controls, touched, restored: () => lock() });
  const pace = createPace(() => send(false));

  /** @param isLast the page may be gone afterwards */
  function send(isLast: boolean): void {
    if (state !== 'open') return;
    pace.taken();
    const text = draftText(isLast);
    if (text === last) return;
    last = text;
    if (new Blob([text]).size > longestDraft) {
      if (!isTooLargeTold) tellError(tooLarge);
      isTooLargeTold = true;
    } else tell({ holdpoint: 'draft', draft: JSON.parse(text) as Draft, key });
  }

  function draftText(isLast: boolean): string {
    const { waiting } = restoring;
    const entries: string[] = [];
    for (const [key, control] of controls()) {
      if (waiting.has(key)) {
        if (!touched.has(control.element)) continue;
        // The worker has chosen something else meanwhile.
        waiting.delete(key);
      }
      const text = take(control, isLast);
      if (text !== undefined) entries.push(`${JSON.stringify(key)}:${text}`);
    }
    for (const [key, kept] of waiting) entries.push(`${JSON.stringify(key)}:${JSON.stringify(kept)}`);
    return `{"version":1,"controls":{${entries.join(',')}}}`;
  }

  function take(control: Control, isLast: boolean): string | undefined {
    try {
      return JSON.stringify(control.take(isLast));
    } catch (error) {
      // It is for whoever wrote the element.
      if (!unkept.has(control.element)) console.error(error);
      unkept.add(control.element);
      return undefined;
    }
  }

  async function restore(draft: unknown, isReadOnly: boolean): Promise<void> {
    if (isDraft(draft) || isReadOnly) await elementsReady();
    if (state === 'shown' || state === 'over' || (state === 'open' && draft === null && !isReadOnly)) return;
    // What a worker has entered before the page was ready is newer.
    const isNewer = (element: Element) => state === 'waiting' && touched.has(element);
    if (isDraft(draft)) restoring.begin(draft.controls, isNewer);
    if (isReadOnly) {
      state = 'shown';
      lock = showReadOnly(document, () => controls().values());
      return;
    }
    // What was put back is known to the portal, what was done ahead of it is not.
    last = isAhead ? '' : draftText(false);
    isAhead = false;
    state = 'open';
    pace.active();
  }

  /** Scripts fill in first values when the elements are ready: what is put back comes after them. */
  async function elementsReady(): Promise<void> {
    if (areElementsReady || customElements.get('crowd-form') === undefined) return;
    await new Promise((resolve) => {
      document.addEventListener(readyEvent, resolve, { once: true });
      setTimeout(resolve, patience);
    });
    await new Promise((resolve) => setTimeout(resolve));
  }

  const listen = (type: string, action: (event: Event) => void) =>
    window.addEventListener(type, action, { capture: true, passive: true });
  listen(readyEvent, () => {
    areElementsReady = true;
  });
  for (const type of activities)
    listen(type, ({ isTrusted, target }) => {
      isAhead ||= isTrusted && state === 'waiting';
      // Scripts fire them for first values, too.
      if (isTrusted && target && (type === 'input' || type === 'change')) touched.add(target);
      pace.active();
    });
  listen('submit', () => send(true));
  listen('pagehide', () => send(true));
  listen('visibilitychange', () => {
    if (document.visibilityState === 'hidden') send(true);
  });
  // Of the window only: the worker has gone to the page around, where the task can be left.
  listen('blur', ({ target }) => {
    if (target === window) send(false);
  });
  window.addEventListener('message', ({ source, data }) => {
    if (source !== portal || typeof data !== 'object' || data === null) return;
    const message = data as Record<string, unknown>;
    if (message.holdpoint === 'accepted' && state === 'open') state = 'over';
    if (message.holdpoint !== 'restore') return;
    key = String(message.key);
    void restore(message.draft, message.readOnly === true);
  });
}
