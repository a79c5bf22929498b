// How the installation is: what the server's own check finds.
import type { OperationOutput } from '@holdpoint/protocol';
import { html } from 'lit';
import { failurePanel, loading } from '../components/message.ts';
import { PageElement } from '../page.ts';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';

type Check = OperationOutput<'CheckInstallation'>['Checks'][number];

class Overview extends PageElement {
  #checks: readonly Check[] | undefined;
  #failure: unknown;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.#checks = (await call('CheckInstallation', {})).Checks;
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
    }
    this.requestUpdate();
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><h1 tabindex="-1">Overview</h1></div>
      ${this.#renderChecks()}
      ${apiCall('CheckInstallation', {})}
    </div>`;
  }

  #renderChecks() {
    if (this.#failure !== undefined) return failurePanel(this.#failure, () => void this.#load());
    if (!this.#checks) return loading('Looking over the installation…');
    return html`<ul class="checks">
      ${this.#checks.map(
        ({ Name, Status, Message, Advice }) => html`<li class="check check-${Status.toLowerCase()}">
          <strong>${Name}: ${Status}</strong> <span>${Message}</span>${Advice ? html` <span class="muted">${Advice}</span>` : ''}
        </li>`,
      )}
    </ul>`;
  }
}

customElements.define('holdpoint-overview', Overview);
