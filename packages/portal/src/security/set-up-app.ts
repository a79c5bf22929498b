import type { StartAppResponse } from '@holdpoint/protocol';
import { html, nothing, svg } from 'lit';
import { PageElement } from '../page.ts';
import { sentenceOf } from '../portal-error.ts';
import { signInApi } from '../sign-in-api.ts';

/** Sets up an authenticator app. Fires `set-up` (CustomEvent of FactorSetUpResponse) and `refused` (CustomEvent of the error). */
class SetUpApp extends PageElement {
  static override properties = { label: {} };
  /** Of the button that begins. */
  declare label: string;
  #started: StartAppResponse | undefined;
  #busy = false;
  #error = '';

  constructor() {
    super();
    this.label = 'Set up an authenticator app';
  }

  async #start(): Promise<void> {
    if (this.#busy) return;
    await this.#work(async () => {
      this.#started = await signInApi.startApp();
    });
    await this.updateComplete;
    this.querySelector<HTMLElement>('#app-code')?.focus();
  }

  async #confirm(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { token } = this.#started ?? {};
    if (this.#busy || token === undefined) return;
    const code = String(new FormData(event.target as HTMLFormElement).get('code'));
    await this.#work(async () => {
      const detail = await signInApi.confirmApp(token, code);
      this.#started = undefined;
      this.dispatchEvent(new CustomEvent('set-up', { detail }));
    });
    const field = this.querySelector<HTMLInputElement>('#app-code');
    field?.focus();
    field?.select();
  }

  async #work(work: () => Promise<void>): Promise<void> {
    this.#busy = true;
    this.#error = '';
    this.requestUpdate();
    try {
      await work();
    } catch (error) {
      this.#error = sentenceOf(error);
      this.dispatchEvent(new CustomEvent('refused', { detail: error }));
    }
    this.#busy = false;
    this.requestUpdate();
  }

  protected override render() {
    const busy = this.#busy ? 'true' : nothing;
    if (this.#started === undefined)
      return html`<div class="field-error" role="alert">${this.#error}</div>
        <div class="row"><button type="button" class="button" aria-disabled=${busy} @click=${this.#start}>${this.label}</button></div>`;
    const { qr, secret } = this.#started;
    return html`<form class="form" @submit=${this.#confirm}>
      <p>Scan this with the app, or type the key into it.</p>
      <svg class="qr" role="img" aria-label="QR code for the authenticator app" viewBox="0 0 ${qr.size} ${qr.size}"
        shape-rendering="crispEdges">${svg`<rect width="100%" height="100%" fill="#fff" /><path fill="#000" d=${qr.path} />`}</svg>
      <p>Key: <code class="app-key">${secret}</code></p>
      <label for="app-code">Code that the app shows</label>
      <input id="app-code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required
        aria-invalid=${this.#error === '' ? nothing : 'true'} aria-describedby="app-error" />
      <div id="app-error" class="field-error" role="alert">${this.#error}</div>
      <div class="row"><button class="button button-primary" aria-disabled=${busy}>Turn on</button></div>
    </form>`;
  }
}

customElements.define('holdpoint-set-up-app', SetUpApp);
