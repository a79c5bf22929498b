// Tags that look like ours and are not: a visible notice with the name, and the children below it.
import { isLazy } from './lazy-elements.ts';
import { messages } from './messages.ts';
import { whenParsed } from './ready.ts';

/**
 * Marks `crowd-…` tags that nobody has defined by generated style rules: a template may still define them itself, which a
 * class or a shadow root of ours would forbid.
 */
export function markUnknownTags(): void {
  const sheet = new CSSStyleSheet();
  const marked = new Set<string>();
  const mark = (element: Element) => {
    const name = element.localName;
    if (!name.startsWith('crowd-') || isLazy(name) || marked.has(name) || element.matches(':defined')) return;
    marked.add(name);
    const text = JSON.stringify(messages.unsupported(name));
    sheet.insertRule(
      `@layer crowd { ${CSS.escape(name)}:not(:defined)::before {
        background: var(--crowd-warn-soft); color: var(--crowd-warn); content: ${text}; display: block; padding: 8px 12px;
      } }`,
    );
  };
  const markAll = (root: ParentNode) => {
    for (const element of root.querySelectorAll(':not(:defined)')) mark(element);
  };
  whenParsed(() => {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    markAll(document);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          if (!(node instanceof Element)) continue;
          mark(node);
          markAll(node);
        }
      }
    }).observe(document, { childList: true, subtree: true });
  });
}
