// The instructions around an element: a pane with the short ones, a dialog with the full ones, a button that shows the pane.
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { openDialog, renderDialog } from './dialog.ts';
import { messages } from './messages.ts';
import type { Regions } from './regions.ts';

/** Asks the elements around a control to show the place where it stands. */
export const revealEvent = 'crowd-reveal';

type Host = ReactiveControllerHost & HTMLElement;

export class Instructions implements ReactiveController {
  readonly #host: Host;
  readonly #regions: Regions;
  #open = true;

  constructor(host: Host, regions: Regions) {
    this.#host = host;
    this.#regions = regions;
    host.addController(this);
    host.addEventListener(revealEvent, (event) => {
      if (this.#regions.all('short-instructions').some((region) => event.composedPath().includes(region)))
        this.#show(true);
      if (this.#regions.all('full-instructions').some((region) => event.composedPath().includes(region)))
        openDialog(host.shadowRoot, 'full');
    });
  }

  hostConnected(): void {}

  get present(): boolean {
    return this.#regions.has('short-instructions') || this.#regions.has('full-instructions');
  }

  /** The button that shows and hides the pane. */
  toggle(): TemplateResult | typeof nothing {
    if (!this.present) return nothing;
    return html`<button
      class="toggle"
      type="button"
      aria-expanded=${this.#open ? 'true' : 'false'}
      aria-controls="instructions"
      @click=${() => this.#show(!this.#open)}
    >${messages.instructions}</button>`;
  }

  /** The pane; its class is a hook by which templates set its width. */
  pane(): TemplateResult | typeof nothing {
    if (!this.present) return nothing;
    const title = this.#regions.all('short-instructions')[0]?.getAttribute('header');
    return html`<div
      id="instructions"
      class="awsui-app-layout__navigation"
      part="instructions"
      role="region"
      tabindex="0"
      aria-label=${title || messages.instructions}
      ?hidden=${!this.#open}
    >
      ${title ? html`<h3 class="pane-title">${title}</h3>` : nothing}
      <slot name="short-instructions"></slot>
      ${
        this.#regions.has('full-instructions')
          ? html`<button class="link full-link moreInstructionsLink" type="button"
              @click=${() => openDialog(this.#host.shadowRoot, 'full')}
            >${messages.fullInstructions}</button>`
          : nothing
      }
    </div>`;
  }

  dialog(): TemplateResult | typeof nothing {
    if (!this.present) return nothing;
    const title = this.#regions.all('full-instructions')[0]?.getAttribute('header') || messages.instructions;
    return renderDialog({ id: 'full', title, body: html`<slot name="full-instructions"></slot>` });
  }

  #show(open: boolean): void {
    this.#open = open;
    // At once, so that a control in it can take the focus.
    const pane = this.#host.shadowRoot?.querySelector<HTMLElement>('#instructions');
    if (pane) pane.hidden = !open;
    this.#host.requestUpdate();
  }
}
