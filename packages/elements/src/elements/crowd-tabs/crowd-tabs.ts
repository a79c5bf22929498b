import { css, html } from 'lit';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';
import { revealEvent } from '../../internal/instructions.ts';
import { layoutMessages } from '../../internal/layout-messages.ts';
import { tabAfter } from '../../internal/tab-keys.ts';
import { tabStripStyles } from '../../internal/tab-strip.styles.ts';
import type { CrowdTab } from '../crowd-tab/crowd-tab.ts';

/** Marks the tab that is shown: a class would be the template's, and a shadow part of the tab could not hide the tab itself. */
const shown = 'data-shown';

/**
 * Shows one of its `crowd-tab` children at a time, at first the first one. The others are hidden, not removed: players keep
 * their state and controls are in the answer. A control that blocks submission brings its tab to the front.
 *
 * @slot - `crowd-tab` elements.
 */
export class CrowdTabs extends CrowdElement {
  static override styles = [
    base,
    tabStripStyles,
    css`
      :host {
        display: block;
        margin-block: 8px;
      }
      ::slotted(crowd-tab:not([data-shown])) {
        display: none !important;
      }
    `,
  ];

  constructor() {
    super();
    this.addEventListener(revealEvent, (event) => {
      const path = event.composedPath();
      const tab = this.#tabs.find((each) => path.includes(each));
      if (tab) this.#show(tab);
    });
  }

  get #tabs(): CrowdTab[] {
    return [...this.children].filter((child): child is CrowdTab => child.localName === 'crowd-tab');
  }

  get #current(): CrowdTab | undefined {
    const tabs = this.#tabs;
    return tabs.find((tab) => tab.hasAttribute(shown)) ?? tabs[0];
  }

  /** At once, so that a control in it can take the focus. */
  #show(tab: CrowdTab | undefined): void {
    for (const each of this.#tabs) each.toggleAttribute(shown, each === tab);
    this.requestUpdate();
  }

  #onKey(event: KeyboardEvent): void {
    const tabs = this.#tabs;
    const to = tabAfter(event, tabs.indexOf(this.#current!), tabs.length);
    if (to === undefined) return;
    event.preventDefault();
    this.#show(tabs[to]);
    this.renderRoot.querySelectorAll<HTMLElement>('.tab')[to]?.focus();
  }

  protected override willUpdate(): void {
    const current = this.#current;
    this.#tabs.forEach((tab, index) => {
      tab.toggleAttribute(shown, tab === current);
      tab.setAttribute('aria-label', headerOf(tab, index));
    });
  }

  protected override render() {
    const current = this.#current;
    return html`
      <div class="tabs" part="tabs" role="tablist" @keydown=${this.#onKey}>${this.#tabs.map(
        (
          tab,
          index,
        ) => html`<button class="tab" part="tab" role="tab" type="button" aria-selected=${tab === current ? 'true' : 'false'}
          tabindex=${tab === current ? 0 : -1} @click=${() => this.#show(tab)}>${headerOf(tab, index)}</button>`,
      )}</div>
      <slot @slotchange=${() => this.requestUpdate()}></slot>
    `;
  }
}

const headerOf = (tab: CrowdTab, index: number): string =>
  (tab.header ?? tab.getAttribute('header')) || layoutMessages.tab(index + 1);
