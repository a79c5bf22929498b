// Elements of the original that this version does not have: a visible notice with the name, and the children below it.
import { css, html, LitElement } from 'lit';
import { base } from './base.styles.ts';
import { messages } from './messages.ts';
import { whenParsed } from './ready.ts';

export const unsupportedTags = [
  'crowd-badge',
  'crowd-bounding-box',
  'crowd-entity-annotation',
  'crowd-fab',
  'crowd-icon-button',
  'crowd-image-classifier',
  'crowd-image-classifier-multi-select',
  'crowd-instance-segmentation',
  'crowd-keypoint',
  'crowd-line',
  'crowd-modal',
  'crowd-polygon',
  'crowd-polyline',
  'crowd-question-answer-generation',
  'crowd-rekognition-detect-moderation-labels',
  'crowd-semantic-segmentation',
  'crowd-tab',
  'crowd-tabs',
  'crowd-text-ranking',
  'crowd-textract-analyze-document',
  'crowd-toast',
] as const;

/** Makes a class of its own for a tag, since a class can be registered only once. */
export function unsupportedElement(): typeof LitElement {
  return class extends LitElement {
    static override styles = [
      base,
      css`
        :host {
          display: block;
        }
        p {
          background: var(--crowd-warn-soft);
          border-inline-start: 4px solid var(--crowd-warn);
          border-radius: var(--crowd-radius-small);
          color: var(--crowd-warn);
          margin: 8px 0;
          padding: 8px 12px;
        }
      `,
    ];

    protected override render() {
      return html`<p role="note">${messages.unsupported(this.localName)}</p><slot></slot>`;
    }
  };
}

/**
 * Marks `crowd-…` tags that nobody has defined by generated style rules: a template may still define them itself, which a
 * class or a shadow root of ours would forbid.
 */
export function markUnknownTags(): void {
  const sheet = new CSSStyleSheet();
  const marked = new Set<string>();
  const mark = (element: Element) => {
    const name = element.localName;
    if (!name.startsWith('crowd-') || marked.has(name) || element.matches(':defined')) return;
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
