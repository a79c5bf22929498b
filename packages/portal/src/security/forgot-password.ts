import { html, nothing } from 'lit';
import { PageElement } from '../page.ts';
import { sentenceOf } from '../portal-error.ts';
import { signInApi } from '../sign-in-api.ts';
import { words } from '../words/words.ts';

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
        <h1 tabindex="-1">${words.forgot.sent}</h1>
        <p>${words.forgot.sentText(this.#sent)}</p>
        <p><a href="/portal/sign-in">${words.link.goToSignIn}</a></p>
      </div>`;
    return html`<div class="sheet">
      <h1 tabindex="-1">${words.pages['forgot-password']}</h1>
      <p class="muted">${words.forgot.hint}</p>
      <form class="form" @submit=${this.#ask}>
        <label for="email">${words.signIn.email}</label>
        <input id="email" name="email" type="email" autocomplete="username" autocapitalize="none" spellcheck="false" required
          aria-describedby="forgot-error" />
        <div id="forgot-error" class="field-error" role="alert">${this.#error}</div>
        <button class="button button-primary button-wide" aria-disabled=${this.#busy ? 'true' : nothing}>${words.forgot.send}</button>
      </form>
      <p><a href="/portal/sign-in">${words.forgot.back}</a></p>
    </div>`;
  }
}

customElements.define('holdpoint-forgot-password', ForgotPassword);
