// What keeps a form from being submitted: native controls first, then crowd controls, then widgets that need an answer.
import { CrowdControl } from './crowd-control.ts';
import { CrowdWidget } from './crowd-widget.ts';
import { participantsOf } from './form-guests.ts';
import { revealEvent } from './instructions.ts';
import { isAwaited } from './lazy-elements.ts';

interface Validated extends HTMLElement {
  checkValidity: () => boolean;
  reportValidity: () => boolean;
}

/** Checks every control below `root`, shows what is wrong and goes to the first offender; returns how many there are. */
export function complainAbout(root: Element): number {
  const natives: Validated[] = [];
  const controls: CrowdControl[] = [];
  const widgets: HTMLElement[] = [];
  for (const element of participantsOf(root)) {
    if (!(element instanceof HTMLElement)) continue;
    if (element instanceof CrowdControl) {
      if (!element.complain()) (element instanceof CrowdWidget ? widgets : controls).push(element);
    } else if (isAwaited(element)) widgets.push(element);
    else if (isValidated(element) && !element.checkValidity()) natives.push(element);
  }
  const [native] = natives;
  const first = native ?? controls[0] ?? widgets[0];
  if (first) goTo(first);
  native?.reportValidity();
  return countOnce(natives) + controls.length + widgets.length;
}

function isValidated(element: HTMLElement): element is Validated {
  return 'checkValidity' in element && 'reportValidity' in element && !(element instanceof HTMLFormElement);
}

/** The radio buttons of one required group are one question. */
function countOnce(natives: readonly Validated[]): number {
  const radios = natives.filter(
    (each): each is HTMLInputElement & Validated => each instanceof HTMLInputElement && each.type === 'radio',
  );
  return natives.length - radios.length + new Set(radios.map((radio) => radio.name)).size;
}

function goTo(element: HTMLElement): void {
  element.dispatchEvent(new Event(revealEvent, { bubbles: true, composed: true }));
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  element.focus({ preventScroll: true });
}
