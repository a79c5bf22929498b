// Controls that answer in a form without standing below it: a widget with a form in its own shadow tree answers in that form,
// together with the controls in its regions.
const guests = new WeakMap<Element, () => readonly Element[]>();

/** From now on the form also collects, checks and resets what `list` returns at that moment. */
export function inviteGuests(form: Element, list: () => readonly Element[]): void {
  guests.set(form, list);
}

export const guestsOf = (form: Element): readonly Element[] => guests.get(form)?.() ?? [];

/** Every element that may be a control of the form, guests first. */
export const participantsOf = (form: Element): Element[] => [...guestsOf(form), ...form.querySelectorAll('*')];
