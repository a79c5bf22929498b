// `all-crowd-elements-ready`: once, on the document, when the page is parsed and every crowd element in it has rendered.
import { LitElement } from 'lit';
import { lazyElementsLoaded } from './lazy-elements.ts';

/** Runs now, or when the document is parsed. */
export function whenParsed(action: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', action, { once: true });
  else action();
}

export function announceReady(): void {
  whenParsed(() => void afterRendering());
}

async function afterRendering(): Promise<void> {
  // A task of its own: listeners of `DOMContentLoaded` add theirs first. No animation frame, since a hidden page has none.
  await new Promise((resolve) => setTimeout(resolve));
  await lazyElementsLoaded();
  let waited = -1;
  for (let pending = crowdElements(); pending.length !== waited; pending = crowdElements()) {
    waited = pending.length;
    await Promise.all(pending.map((element) => element.updateComplete.catch(() => undefined)));
  }
  document.dispatchEvent(new Event('all-crowd-elements-ready', { bubbles: true }));
}

const crowdElements = (): LitElement[] =>
  [...document.querySelectorAll('*')].filter(
    (element): element is LitElement => element.localName.startsWith('crowd-') && element instanceof LitElement,
  );
