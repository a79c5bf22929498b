// A page that only shows an answer: it can be read, scrolled and copied from, and takes no input. The controls are locked rather
// than the page made inert, so that screen readers read it as well.
import type { Control } from './control.ts';

/** They reach nobody. Keys still scroll, and the mouse still selects text. */
const unheard = [
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'touchstart',
  'touchend',
  'wheel',
  'keydown',
  'keyup',
  'keypress',
];
/** Nor has the browser anything to do for them. */
const prevented = [
  'click',
  'auxclick',
  'dblclick',
  'beforeinput',
  'paste',
  'cut',
  'drop',
  'dragstart',
  'submit',
  'reset',
];
/** Parts of the page that show others. */
const views = 'summary, [role="tab"]';

const look = `:disabled, :read-only { cursor: default; opacity: 1; }
:is(input, select, textarea):disabled { color: inherit; -webkit-text-fill-color: currentColor; }
:is(button, input):is([type="submit"], [type="image"]), form button:not([type]), crowd-button[form-action="submit"] { display: none !important; }`;

/** @param controls those that are there at the moment @returns locks those that have come since */
export function showReadOnly(page: Document, controls: () => Iterable<Control>): () => void {
  for (const type of [...unheard, ...prevented]) {
    window.addEventListener(
      type,
      (event) => {
        if (event.composedPath().some((node) => node instanceof Element && node.matches(views))) return;
        event.stopImmediatePropagation();
        if (prevented.includes(type)) event.preventDefault();
      },
      { capture: true, passive: false },
    );
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  const lock = () => {
    for (const control of controls()) control.lock();
    for (const button of page.querySelectorAll<HTMLButtonElement>('button, input[type="button"], input[type="file"]'))
      if (!button.matches(views)) button.disabled = true;
  };
  lock();
  new MutationObserver(lock).observe(page, { childList: true, subtree: true });
  return lock;
}
