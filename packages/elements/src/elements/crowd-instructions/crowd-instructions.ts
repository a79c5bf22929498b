import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';
import { dialogStyles } from '../../internal/dialog.styles.ts';
import { openDialog, renderDialog } from '../../internal/dialog.ts';
import { icon } from '../../internal/icons.ts';
import { revealEvent } from '../../internal/instructions.ts';
import { messages } from '../../internal/messages.ts';
import { Regions } from '../../internal/regions.ts';
import { tabAfter } from '../../internal/tab-keys.ts';
import { tabStripStyles } from '../../internal/tab-strip.styles.ts';
import { triggerStyles } from '../../internal/trigger.styles.ts';
import { crowdInstructionsStyles } from './crowd-instructions.styles.ts';

const tabs = [
  { id: 'summary', title: () => messages.summary, regions: ['short-summary'] },
  { id: 'details', title: () => messages.detailedInstructions, regions: ['detailed-instructions'] },
  { id: 'examples', title: () => messages.examples, regions: ['positive-example', 'negative-example'] },
] as const;

type TabId = (typeof tabs)[number]['id'];

/**
 * A link or button that opens instructions in a dialog with a tab for each kind of region.
 *
 * @slot short-summary - The tab “Summary”.
 * @slot detailed-instructions - The tab “Detailed Instructions”.
 * @slot positive-example - In the tab “Examples”; may occur several times.
 * @slot negative-example - In the tab “Examples”; may occur several times.
 */
export class CrowdInstructions extends CrowdElement {
  static override styles = [base, dialogStyles, tabStripStyles, triggerStyles, crowdInstructionsStyles];

  /** The text of the link or button. */
  @property({ attribute: 'link-text' }) linkText = '';
  /** What opens the dialog: `link` or `button`. */
  @property({ attribute: 'link-type' }) linkType = 'link';
  @state() private chosen: TabId = 'summary';

  readonly #regions = new Regions(
    this,
    tabs.flatMap((tab) => [...tab.regions]),
  );

  constructor() {
    super();
    this.addEventListener(revealEvent, (event) => this.#reveal(event.composedPath()));
  }

  /** A control in one of the tabs keeps the answer from being submitted: it has to be seen, and is about to get the focus. */
  #reveal(path: readonly EventTarget[]): void {
    const tab = tabs.find(({ regions }) =>
      regions.some((name) => this.#regions.all(name).some((region) => path.includes(region))),
    );
    if (!tab) return;
    this.chosen = tab.id;
    if (this.isUpdatePending) this.performUpdate();
    openDialog(this.renderRoot as ShadowRoot, 'dialog');
  }

  get #tabs() {
    return tabs.filter((tab) => tab.regions.some((name) => this.#regions.has(name)));
  }

  #onKey(event: KeyboardEvent): void {
    const all = this.#tabs;
    const at = all.findIndex((tab) => tab.id === this.#current?.id);
    const next = all[tabAfter(event, at, all.length) ?? -1];
    if (!next) return;
    event.preventDefault();
    this.chosen = next.id;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus());
  }

  get #current() {
    const all = this.#tabs;
    return all.find((tab) => tab.id === this.chosen) ?? all[0];
  }

  protected override render() {
    const current = this.#current;
    const head = html`<div class="tabs" role="tablist" @keydown=${this.#onKey}>
      ${this.#tabs.map(
        (tab) => html`<button class="tab" role="tab" type="button" id="tab-${tab.id}" aria-controls="panel-${tab.id}"
          aria-selected=${tab === current ? 'true' : 'false'} tabindex=${tab === current ? 0 : -1}
          @click=${() => {
            this.chosen = tab.id;
          }}>${tab.title()}</button>`,
      )}
    </div>`;
    const body = this.#tabs.map(
      (
        tab,
      ) => html`<div role="tabpanel" id="panel-${tab.id}" aria-labelledby="tab-${tab.id}" ?hidden=${tab !== current}>
        ${tab.id === 'examples' ? this.#renderExamples() : html`<slot name=${tab.regions[0]}></slot>`}
      </div>`,
    );
    const text = this.linkText || messages.openInstructions;
    return html`
      <button class=${this.linkType === 'button' ? 'button-trigger' : 'link'} part="trigger" type="button" aria-haspopup="dialog"
        @click=${() => openDialog(this.renderRoot as ShadowRoot, 'dialog')}>${text}</button>
      ${renderDialog({ id: 'dialog', title: messages.instructions, head: this.#tabs.length > 0 ? head : nothing, body })}
      <slot></slot>
    `;
  }

  #renderExamples() {
    return html`
      ${this.#regions.has('positive-example') ? html`<h3 class="kind good">${icon('success')}${messages.positiveExample}</h3>` : nothing}
      <slot name="positive-example"></slot>
      ${this.#regions.has('negative-example') ? html`<h3 class="kind bad">${icon('error')}${messages.negativeExample}</h3>` : nothing}
      <slot name="negative-example"></slot>
    `;
  }
}
