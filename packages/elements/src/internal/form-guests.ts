// Controls that answer in a form without standing below it: a widget with a form in its own shadow tree answers in that form,
// together with the controls in its regions.
const guests = new WeakMap<Element, () => readonly Element[]>();
const ownForms = new WeakMap<Element, Element>();

/** From now on the form also collects, checks and resets what `list` returns at that moment. */
export function inviteGuests(form: Element, list: () => readonly Element[]): void {
  guests.set(form, list);
}

/** From now on a button in the regions of `host` acts on this form, as long as `host` shows it. */
export function lendForm(host: Element, form: Element): void {
  ownForms.set(host, form);
}

/** The form that a widget has in its own shadow tree. */
export function ownFormOf(host: Element): Element | undefined {
  const form = ownForms.get(host);
  return form?.isConnected ? form : undefined;
}

export const guestsOf = (form: Element): readonly Element[] => guests.get(form)?.() ?? [];

/** Every element that may be a control of the form, guests first. */
export const participantsOf = (form: Element): Element[] => [...guestsOf(form), ...form.querySelectorAll('*')];
