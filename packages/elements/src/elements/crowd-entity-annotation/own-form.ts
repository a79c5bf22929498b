import { draftHook, inviteGuests, lendForm } from '../../base.ts';

/** A form for the shadow tree of a widget that stands in none: the same element, so an answer takes the same way. */
export function makeOwnForm(host: Element, guests: () => readonly Element[]): HTMLElement {
  const form = document.createElement('crowd-form');
  form.className = 'own-form';
  inviteGuests(form, guests);
  lendForm(host, form);
  return form;
}

/** It cannot be submitted any more. */
export const lockForm = (form: HTMLElement | undefined): void =>
  (form as { [draftHook]?: { lock(): void } } | undefined)?.[draftHook]?.lock();

/** Whether there is a form around the element, also one around the host of a shadow tree in which it stands. */
export function isInForm(element: Element): boolean {
  for (let at: Element | null = element; at; ) {
    if (at.closest('crowd-form')) return true;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return false;
}
