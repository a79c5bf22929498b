import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { goTo } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { words } from '../words/words.ts';

/** The host at which people sign in, when it is not here; the server writes it into the page. */
const identityProvider = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name="holdpoint-identity-provider"]')?.content;

/** Fires `signed-in` (CustomEvent of PortalSession). */
class SignIn extends PageElement {
  static override properties = { returnTo: {} };
  /** The page to go on to. */
  declare returnTo: string;
  #busy = false;
  #error = '';
  #wrong = false;

  constructor() {
    super();
    this.returnTo = '/portal';
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('[name=email], a')?.focus();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.#busy) return;
    const fields = new FormData(event.target as HTMLFormElement);
    this.#show(true, '');
    try {
      const session = await api.signIn(String(fields.get('email')).trim(), String(fields.get('password')));
      this.dispatchEvent(new CustomEvent('signed-in', { detail: session }));
      goTo(this.returnTo, { replace: true });
    } catch (error) {
      this.#wrong = codeOf(error) === 'wrong-credentials';
      this.#show(false, sentenceOf(error));
      await this.updateComplete;
      const password = this.querySelector<HTMLInputElement>('[name=password]');
      password?.focus();
      if (this.#wrong) password?.select();
    }
  }

  #show(busy: boolean, error: string): void {
    this.#busy = busy;
    this.#error = error;
    this.requestUpdate();
  }

  #renderProvider(host: string) {
    const way = `/portal/oidc/start?${new URLSearchParams({ to: this.returnTo })}`;
    return html`<div class="sheet">
      <h1 tabindex="-1">${words.signIn.heading}</h1>
      <p class="muted">${words.signIn.elsewhere(host)}</p>
      <p><a class="button button-primary button-wide" target="_self" href=${way}>${words.signIn.signInAt(host)}</a></p>
    </div>`;
  }

  protected override render() {
    const invalid = this.#error !== '' && this.#wrong ? 'true' : nothing;
    const why = this.#error === '' ? nothing : 'sign-in-error';
    const provider = identityProvider();
    if (provider !== undefined) return this.#renderProvider(provider);
    return html`<div class="sheet">
      <h1 tabindex="-1">${words.signIn.heading}</h1>
      <p class="muted">${words.signIn.what}</p>
      <form class="form" @submit=${this.#submit}>
        <label for="email">${words.signIn.email}</label>
        <input id="email" name="email" type="email" autocomplete="username" autocapitalize="none" spellcheck="false"
          required aria-invalid=${invalid} aria-describedby=${why} />
        <label for="password">${words.signIn.password}</label>
        <input id="password" name="password" type="password" autocomplete="current-password"
          required aria-invalid=${invalid} aria-describedby=${why} />
        <div id="sign-in-error" class="field-error" role="alert">${this.#error}</div>
        <button class="button button-primary button-wide" aria-disabled=${this.#busy ? 'true' : nothing}>${words.signIn.button}</button>
      </form>
      <p class="muted small">${words.signIn.noAccount}</p>
    </div>`;
  }
}

customElements.define('holdpoint-sign-in', SignIn);
