// The keys that a task's page has of its own, as far as its controls show them.
import type { TaskKey } from '@holdpoint/protocol';

const mostKeys = 40;
const longestText = 80;

export function taskKeys(page: Document): readonly TaskKey[] {
  const found = new Map<string, TaskKey>();
  const look = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (found.size >= mostKeys) return;
      if (element.shadowRoot) look(element.shadowRoot);
      const named = element.matches('[aria-keyshortcuts]') ? element : undefined;
      const keys = named?.getAttribute('aria-keyshortcuts') ?? (element.localName === 'kbd' ? element.textContent : '');
      const control =
        named ?? element.closest<HTMLElement>('button, label, [role="button"], [role="radio"], [role="option"]');
      const does = control && textOf(control);
      if (keys && does && !found.has(`${keys} ${does}`)) found.set(`${keys} ${does}`, { keys: keys.trim(), does });
    }
  };
  look(page);
  return [...found.values()];
}

function textOf(control: HTMLElement): string {
  const label = control.getAttribute('aria-label');
  if (label) return label.slice(0, longestText);
  const copy = control.cloneNode(true) as HTMLElement;
  for (const key of copy.querySelectorAll('kbd')) key.remove();
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, longestText);
}
