// The answer of a form: what every named control under it contributes, in document order.
import { participantsOf } from './form-guests.ts';
import { isPlainObject, sortDeep } from './sorted-json.ts';

/** The answer, keyed by the controls' names; it has no prototype, because names come from templates. */
export type AnswerContent = Record<string, unknown>;

interface Contribution {
  readonly name: string;
  readonly value: unknown;
  /**
   * Toggles of one name merge into one object; of all others the last one wins. No document says so: templates that blank a
   * control out by a hidden field of the same name behind it only make sense that way.
   */
  readonly toggle: boolean;
}

const crowdToggles = new Set(['crowd-checkbox', 'crowd-toggle-button', 'crowd-radio-button']);

/**
 * Walks the tree below `root` (nested forms and regions included, shadow trees not), and its guests, and collects the answer.
 * `form.elements` would miss controls of nested native forms and nodes outside the inner form.
 */
export function collectAnswer(root: Element): AnswerContent {
  const answer: AnswerContent = Object.create(null);
  const merged = new Set<string>();
  for (const element of participantsOf(root)) {
    for (const { name, value, toggle } of contributionsOf(element)) {
      const earlier = answer[name];
      if (toggle && merged.has(name) && isPlainObject(earlier)) {
        answer[name] = merge(earlier, value as Record<string, boolean>);
        continue;
      }
      if (name in answer)
        console.warn(`Several controls are named "${name}"; the answer holds the value of the last one.`);
      answer[name] = value;
      if (toggle) merged.add(name);
      else merged.delete(name);
    }
  }
  return sortDeep(answer) as AnswerContent;
}

/** Two toggles of one name and one value count as on when either is. */
function merge(earlier: Record<string, unknown>, later: Record<string, boolean>): Record<string, unknown> {
  const result: Record<string, unknown> = Object.assign(Object.create(null), earlier);
  for (const [key, on] of Object.entries(later)) result[key] = on || result[key] === true;
  return result;
}

/** A control that answers at the root says so by `_answersAtRoot`: then its keys, not its name, are keys of the answer. */
function contributionsOf(element: Element): readonly Contribution[] {
  if ('_answersAtRoot' in element && element._answersAtRoot === true) {
    const { _submittableValue: value } = element as { _submittableValue?: unknown };
    if (!isPlainObject(value) || isDisabled(element)) return [];
    return Object.entries(value).map(([name, value]) => ({ name, value, toggle: false }));
  }
  const contribution = contributionOf(element);
  return contribution ? [contribution] : [];
}

function contributionOf(element: Element): Contribution | undefined {
  if (isNativeControl(element)) return nativeContribution(element);
  if (!element.localName.includes('-') || !('_submittableValue' in element)) return undefined;
  const name = (element as { name?: unknown }).name ?? element.getAttribute('name');
  if (typeof name !== 'string' || name === '' || isDisabled(element)) return undefined;
  const value = element._submittableValue;
  return value === undefined ? undefined : { name, value, toggle: crowdToggles.has(element.localName) };
}

type NativeControl = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isNativeControl = (element: Element): element is NativeControl =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;

/** What is disabled adds nothing, as with native controls; nothing says otherwise of the original. A group disables its buttons. */
const isDisabled = (element: Element): boolean =>
  element.matches(':disabled') ||
  ('disabled' in element && element.disabled === true) ||
  ('inactive' in element && element.inactive === true);

function nativeContribution(control: NativeControl): Contribution | undefined {
  const name = control.name;
  if (name === '' || isDisabled(control)) return undefined;
  if (control instanceof HTMLSelectElement && control.multiple) {
    return { name, value: [...control.selectedOptions].map((option) => option.value), toggle: false };
  }
  if (!(control instanceof HTMLInputElement)) return scalar(name, control.value);
  switch (control.type) {
    case 'checkbox':
    case 'radio':
      return { name, value: { [control.value || 'on']: control.checked }, toggle: true };
    case 'button':
    case 'submit':
    case 'reset':
    case 'image':
      return undefined;
    case 'file': {
      const names = [...(control.files ?? [])].map((file) => file.name);
      if (names.length > 0) console.warn(`The answer holds only the name of the file in "${name}", not its content.`);
      return scalar(name, names.join(', '));
    }
    default:
      return scalar(name, control.value);
  }
}

const scalar = (name: string, value: string): Contribution | undefined =>
  value === '' ? undefined : { name, value, toggle: false };
