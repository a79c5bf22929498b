// The page of a one-time link: signs in at once, or asks for a new password. The token is in the fragment, which browsers
// do not send, so a mail program that looks at links does not use one up.
import type { UseLinkResponse } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { loading } from '../components/message.ts';
import { goTo } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';

/** Fires `signed-in` (CustomEvent of PortalSession). */
class Link extends PageElement {
  static override properties = { token: {} };
  declare token: string;
  #owner: UseLinkResponse | undefined;
  #failure: unknown;
  #error = '';
  #busy = false;

  constructor() {
    super();
    this.token = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#open();
  }

  async #open(): Promise<void> {
    this.#failure = undefined;
    this.requestUpdate();
    try {
      const owner = await api.openLink(this.token);
      if (owner.purpose === 'sign-in') {
        if (owner.secondFactor !== undefined) return goTo('/portal/second-factor', { replace: true });
        this.dispatchEvent(new CustomEvent('signed-in', { detail: await api.session() }));
        goTo('/portal', { replace: true });
        return;
      }
      this.#owner = owner;
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector<HTMLInputElement>('#password')?.focus();
    } catch (error) {
      this.#failure = error;
      this.requestUpdate();
    }
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.#busy) return;
    const fields = new FormData(event.target as HTMLFormElement);
    const password = String(fields.get('password'));
    if (password !== fields.get('repeat')) return this.#refuse('The two passwords are not the same.', '#repeat');
    this.#busy = true;
    this.#error = '';
    this.requestUpdate();
    try {
      const answer = await api.setPassword(this.token, password);
      if ('secondFactor' in answer) return goTo('/portal/second-factor', { replace: true });
      this.dispatchEvent(new CustomEvent('signed-in', { detail: answer }));
      goTo('/portal', { replace: true, notice: 'Your password is set. Next time, sign in with it.' });
    } catch (error) {
      this.#busy = false;
      await this.#refuse(sentenceOf(error), '#password');
    }
  }

  async #refuse(sentence: string, field: string): Promise<void> {
    this.#error = sentence;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLInputElement>(field)?.focus();
  }

  protected override render() {
    if (this.#failure !== undefined) return this.#renderFailure();
    if (this.#owner === undefined) {
      return html`<div class="sheet"><h1 tabindex="-1">Opening your link</h1>${loading('One moment…')}</div>`;
    }
    return this.#renderForm(this.#owner);
  }

  #renderFailure() {
    const used = codeOf(this.#failure) === 'link-invalid';
    return html`<div class="sheet">
      <h1 tabindex="-1">This link did not work</h1>
      <p role="alert">${sentenceOf(this.#failure)}</p>
      <p class="muted">
        ${used ? 'Each link works once and for a limited time. The people who run this portal can make another.' : nothing}
      </p>
      <div class="row">
        ${used ? nothing : html`<button type="button" class="button button-primary" @click=${this.#open}>Try again</button>`}
        <a class="button" href="/portal/sign-in">Go to sign in</a>
      </div>
    </div>`;
  }

  #renderForm(owner: UseLinkResponse) {
    const invalid = this.#error === '' ? nothing : 'true';
    const why = this.#error === '' ? 'password-hint' : 'password-hint password-error';
    return html`<div class="sheet">
      <h1 tabindex="-1">Set your password</h1>
      <p class="muted">Welcome, ${owner.name}. You will sign in with this email and the password you choose here.</p>
      <form class="form" @submit=${this.#save}>
        <label for="email">Email</label>
        <input id="email" name="email" type="email" autocomplete="username" readonly .value=${owner.email} />
        <label for="password">New password</label>
        <input id="password" name="password" type="password" autocomplete="new-password" required
          aria-invalid=${invalid} aria-describedby=${why} />
        <p id="password-hint" class="muted small">A few unrelated words make a good password.</p>
        <label for="repeat">Repeat new password</label>
        <input id="repeat" name="repeat" type="password" autocomplete="new-password" required
          aria-invalid=${invalid} aria-describedby=${why} />
        <div id="password-error" class="field-error" role="alert">${this.#error}</div>
        <button class="button button-primary button-wide" aria-disabled=${this.#busy ? 'true' : nothing}>Set password</button>
      </form>
    </div>`;
  }
}

customElements.define('holdpoint-link', Link);
