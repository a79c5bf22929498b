import { html, nothing } from 'lit';
import { PageElement } from '../page.ts';
import { sentenceOf } from '../portal-error.ts';
import { signInApi } from '../sign-in-api.ts';

/** Asks for a link by mail. Whether the address is known is not said. */
class ForgotPassword extends PageElement {
  #busy = false;
  #error = '';
  #sent = '';

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('input')?.focus();
  }

  async #ask(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.#busy) return;
    const email = String(new FormData(event.target as HTMLFormElement).get('email')).trim();
    this.#busy = true;
    this.#error = '';
    this.requestUpdate();
    try {
      await signInApi.forgotPassword(email);
      this.#sent = email;
    } catch (error) {
      this.#error = sentenceOf(error);
    }
    this.#busy = false;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.#sent === '' ? 'input' : 'h1')?.focus();
  }

  protected override render() {
    if (this.#sent !== '')
      return html`<div class="sheet">
        <h1 tabindex="-1">Look into your mail</h1>
        <p>If ${this.#sent} belongs to somebody here, a link is on its way. It works once, within an hour.</p>
        <p><a href="/portal/sign-in">Go to sign in</a></p>
      </div>`;
    return html`<div class="sheet">
      <h1 tabindex="-1">Forgot your password?</h1>
      <p class="muted">A link with which you choose a new one is sent to your address.</p>
      <form class="form" @submit=${this.#ask}>
        <label for="email">Email</label>
        <input id="email" name="email" type="email" autocomplete="username" autocapitalize="none" spellcheck="false" required
          aria-describedby="forgot-error" />
        <div id="forgot-error" class="field-error" role="alert">${this.#error}</div>
        <button class="button button-primary button-wide" aria-disabled=${this.#busy ? 'true' : nothing}>Send the link</button>
      </form>
      <p><a href="/portal/sign-in">Back to sign in</a></p>
    </div>`;
  }
}

customElements.define('holdpoint-forgot-password', ForgotPassword);
