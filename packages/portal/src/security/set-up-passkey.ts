import type { FactorSetUpResponse, PasskeyPlaceView } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { PageElement } from '../page.ts';
import { createPasskey, Dismissed, NoPasskey, passkeyProblem } from '../passkeys.ts';
import { sentenceOf } from '../portal-error.ts';
import { signInApi } from '../sign-in-api.ts';

/** What devices are called; only a beginning, which the worker can change. */
const deviceName = (): string =>
  /Android|iPhone|iPad|Macintosh|Windows|CrOS|Linux/.exec(navigator.userAgent)?.[0]?.replace('Macintosh', 'Mac') ?? '';

/** Adds a passkey. Fires `set-up` (CustomEvent of FactorSetUpResponse) and `refused` (CustomEvent of the error). */
class SetUpPasskey extends PageElement {
  static override properties = { place: {} };
  declare place: PasskeyPlaceView;
  #busy = false;
  #error = '';

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.#busy) return;
    const form = event.target as HTMLFormElement;
    const name = String(new FormData(form).get('name')).trim();
    this.#show(true, '');
    try {
      const { publicKey } = await signInApi.newPasskeyOptions();
      const detail: FactorSetUpResponse = await signInApi.addPasskey(name, await createPasskey(publicKey));
      this.#show(false, '');
      this.dispatchEvent(new CustomEvent('set-up', { detail }));
    } catch (error) {
      this.#show(false, said(error));
      this.dispatchEvent(new CustomEvent('refused', { detail: error }));
    }
  }

  #show(busy: boolean, error: string): void {
    this.#busy = busy;
    this.#error = error;
    this.requestUpdate();
  }

  protected override render() {
    const problem = passkeyProblem(this.place);
    if (problem !== undefined) return html`<p class="muted">${problem}</p>`;
    return html`<form class="form" @submit=${this.#add}>
      <label for="passkey-name">Name of the new passkey</label>
      <input id="passkey-name" name="name" maxlength="100" required .defaultValue=${deviceName()} autocomplete="off"
        aria-describedby="passkey-error" />
      <div id="passkey-error" class="field-error" role="alert">${this.#error}</div>
      <div class="row"><button class="button" aria-disabled=${this.#busy ? 'true' : nothing}>Add a passkey</button></div>
    </form>`;
  }
}

function said(error: unknown): string {
  if (error instanceof Dismissed) return 'No passkey was made.';
  return error instanceof NoPasskey ? error.message : sentenceOf(error);
}

customElements.define('holdpoint-set-up-passkey', SetUpPasskey);
