// How the worker wants to see things: the portal says it by the name of the frame, which is there before anything else.
import type { FrameDisplay } from '@holdpoint/protocol';
import { addSheet, adopt, type ShadowRoots } from './shadow-roots.ts';

const workerLanguage = Symbol.for('holdpoint.language');

/** A page that declares a scheme itself has a rule that is stronger. */
const dark = ':where(:root) { color-scheme: dark; }';
const still = `*, ::before, ::after {
  animation-duration: 0.01ms !important;
  animation-iteration-count: 1 !important;
  transition-duration: 0.01ms !important;
  scroll-behavior: auto !important;
}`;
const motionQuery = /^\(prefers-reduced-motion(?:: (reduce|no-preference))?\)$/;

/** Reads the name of a frame; what is none of ours says nothing. */
export function displayOf(name: string): FrameDisplay {
  const said = parsed(name);
  return {
    language: typeof said.language === 'string' ? said.language : 'en',
    isDark: said.isDark === true,
    hasLessMotion: said.hasLessMotion === true,
    isAhead: said.isAhead === true,
  };
}

function parsed(name: string): { readonly [part in keyof FrameDisplay]?: unknown } {
  try {
    return Object(JSON.parse(name));
  } catch {
    return {};
  }
}

/** Follows a choice, and every other one while the page is shown. To be called before any script of the page. */
export function followDisplay(first: FrameDisplay, roots: ShadowRoots, portal: Window | undefined): void {
  let display = first;
  // Elements of ours speak it where the page declares no language.
  Object.defineProperty(document, workerLanguage, { value: display.language, configurable: true });
  const darkSheet = addSheet(document, dark);
  const stillSheet = addSheet(document, still);
  const show = () => {
    darkSheet.disabled = !display.isDark;
    stillSheet.disabled = !display.hasLessMotion;
  };
  roots.each((root) => adopt(root, stillSheet));
  show();
  const ask = window.matchMedia.bind(window);
  window.matchMedia = (query) => {
    const asked = motionQuery.exec(query.trim());
    if (!display.hasLessMotion || asked === null) return ask(query);
    return ask(asked[1] === 'no-preference' ? 'not all' : 'all');
  };
  window.addEventListener('message', ({ source, data }) => {
    if (portal === undefined || source !== portal || Object(data).holdpoint !== 'display') return;
    display = displayOf(JSON.stringify(data.display));
    show();
  });
}
