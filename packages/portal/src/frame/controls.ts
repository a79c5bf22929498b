// The controls of a task's page, by the names that they have in drafts.
import type { Control } from './control.ts';
import { editableText, nativeControl } from './native-control.ts';

/** How elements give and take their states; the elements' package says more of it. */
const draftHook = Symbol.for('holdpoint.draft');

interface Hook {
  readonly key?: unknown;
  take?(isLast: boolean): unknown;
  restore?(state: unknown): void;
  lock?(): void;
}

/** Elements of that name do not stand in for the method. */
const all = (page: Document, selector: string): NodeListOf<Element> =>
  Document.prototype.querySelectorAll.call(page, selector);

/** In the order of the page. What stands in shadow trees is the business of their hosts. */
export function controlsIn(page: Document, isTouched: (element: Element) => boolean): Map<string, Control> {
  const controls = new Map<string, Control>();
  const places = new Map<string, number>();
  const editable = new Set(all(page, '[contenteditable]:not([contenteditable="false"])'));
  for (const element of all(page, '*')) {
    const control = hooked(element) ?? nativeControl(element, isTouched) ?? ownText(element, editable, isTouched);
    if (control === undefined) continue;
    const { localName, id } = element;
    const name = element.getAttribute('name') || (id === '' ? '' : `#${id}`);
    const kind = `${localName}/${name}${control.key === undefined ? '' : `=${control.key}`}`;
    const place = places.get(kind) ?? 0;
    places.set(kind, place + 1);
    controls.set(`${kind}/${place}`, control);
  }
  return controls;
}

function hooked(element: Element): Control | undefined {
  const hook = hookOf(element);
  if (typeof hook !== 'object' || hook === null) return undefined;
  return {
    element,
    isNative: false,
    key: hook.key === undefined ? undefined : String(hook.key),
    take: (isLast) => hook.take?.(isLast),
    restore(state) {
      hook.restore?.(state);
      return true;
    },
    lock: () => hook.lock?.(),
  };
}

function hookOf(element: Element): Hook | null | undefined {
  try {
    return (element as { [draftHook]?: Hook | null })[draftHook];
  } catch {
    return undefined;
  }
}

function ownText(
  element: Element,
  editable: ReadonlySet<Element>,
  isTouched: (element: Element) => boolean,
): Control | undefined {
  if (!(element instanceof HTMLElement) || !editable.has(element)) return undefined;
  // What is edited within something that is edited belongs to that.
  const isWithin = element.parentElement?.closest('[contenteditable]:not([contenteditable="false"])');
  return isWithin ? undefined : editableText(element, isTouched);
}
