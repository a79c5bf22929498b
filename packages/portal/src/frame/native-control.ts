// What drafts keep of the browser's own controls: whether it is ticked, which options are chosen, or the text in it.
import type { Control } from './control.ts';

type NativeControl = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What is in them is secret, or cannot be put back, or is no work of a worker. */
const neverKept = new Set(['password', 'file', 'hidden', 'button', 'submit', 'reset', 'image']);
/** They have a value before anybody gave one. */
const neverEmpty = new Set(['range', 'color']);

/** Passwords that a page has made readable are secret all the same. */
const secret = new WeakSet<HTMLInputElement>();

/** Of the prototypes: frameworks put setters of their own on elements, and take what these set for their own doing. */
const setterOfValue = (prototype: object) => Object.getOwnPropertyDescriptor(prototype, 'value')!.set!;
const setInputValue = setterOfValue(HTMLInputElement.prototype);
const setTextAreaValue = setterOfValue(HTMLTextAreaElement.prototype);
const setChecked = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'checked')!.set!;

const isToggle = (control: NativeControl): control is HTMLInputElement =>
  control.type === 'checkbox' || control.type === 'radio';

/** Undefined for other elements, and for what is never kept. */
export function nativeControl(element: Element, isTouched: (element: Element) => boolean): Control | undefined {
  if (element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement)
    return controlOf(element, isTouched);
  if (!(element instanceof HTMLInputElement)) return undefined;
  if (element.type === 'password') secret.add(element);
  return neverKept.has(element.type) || secret.has(element) ? undefined : controlOf(element, isTouched);
}

const controlOf = (element: NativeControl, isTouched: (element: Element) => boolean): Control => ({
  element,
  isNative: true,
  key: isToggle(element) ? element.value : undefined,
  take: () => (isTouched(element) || !isAsGiven(element) ? stateOf(element) : undefined),
  restore: (state) => restore(element, state),
  lock: () => lockControl(element),
});

const stateOf = (control: NativeControl): unknown => {
  if (control instanceof HTMLSelectElement) return [...control.selectedOptions].map(({ value }) => value);
  return isToggle(control) ? control.checked : control.value;
};

function isAsGiven(control: NativeControl): boolean {
  if (control instanceof HTMLSelectElement) return areOptionsAsGiven(control);
  if (isToggle(control)) return control.checked === control.defaultChecked;
  return (
    control.value === control.defaultValue || (neverEmpty.has(control.type) && control.value === freshValue(control))
  );
}

/** What the browser makes of it before anybody has touched it. */
function freshValue(control: Element): string {
  const fresh = document.createElement('input');
  for (const name of ['type', 'min', 'max', 'step', 'value']) {
    const value = control.getAttribute(name);
    if (value !== null) fresh.setAttribute(name, value);
  }
  return fresh.value;
}

function areOptionsAsGiven({ options, multiple, selectedIndex }: HTMLSelectElement): boolean {
  if (multiple) return [...options].every(({ selected, defaultSelected }) => selected === defaultSelected);
  const given = [...options].findLastIndex(({ defaultSelected }) => defaultSelected);
  // Without one the browser chooses the first that can be chosen.
  return selectedIndex === (given < 0 ? [...options].findIndex(({ disabled }) => !disabled) : given);
}

function restore(control: NativeControl, state: unknown): boolean {
  if (control instanceof HTMLSelectElement) return restoreOptions(control, state);
  if (isToggle(control)) {
    if (typeof state !== 'boolean') return false;
    if (control.checked === state) return true;
    setChecked.call(control, state);
    // A browser tells of the button that was chosen, not of the one that was given up for it.
    if (state || control.type !== 'radio') announce(control);
    return true;
  }
  if (typeof state !== 'string') return false;
  if (control.value === state) return true;
  (control instanceof HTMLInputElement ? setInputValue : setTextAreaValue).call(control, state);
  announce(control);
  return true;
}

function restoreOptions(control: HTMLSelectElement, state: unknown): boolean {
  if (!Array.isArray(state)) return false;
  const options = [...control.options];
  // A script may add it later.
  if (!state.every((value) => options.some((option) => option.value === value))) return false;
  if (JSON.stringify(stateOf(control)) === JSON.stringify(state)) return true;
  if (control.multiple) for (const option of options) option.selected = state.includes(option.value);
  else control.selectedIndex = options.findIndex(({ value }) => value === state[0]);
  announce(control);
  return true;
}

function announce(control: Element): void {
  control.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Text stays readable as it is, and can be copied. */
function lockControl(control: NativeControl): void {
  if (control instanceof HTMLSelectElement || isToggle(control) || neverEmpty.has(control.type))
    control.disabled = true;
  else control.readOnly = true;
}

/** An element whose text can be edited. Undefined where it holds more than lines of text, which nobody can put back for sure. */
export function editableText(element: HTMLElement, isTouched: (element: Element) => boolean): Control | undefined {
  const isPlain = () => [...element.querySelectorAll('*')].every((each) => /^(br|div|p)$/.test(each.localName));
  return {
    element,
    isNative: true,
    key: undefined,
    take: () => (isTouched(element) && isPlain() ? element.innerText : undefined),
    restore(state) {
      if (typeof state !== 'string' || !isPlain()) return false;
      if (element.innerText === state) return true;
      element.innerText = state;
      announce(element);
      return true;
    },
    lock: () => {
      element.contentEditable = 'false';
    },
  };
}
