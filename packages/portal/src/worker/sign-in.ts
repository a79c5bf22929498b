import type { PortalSession } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { goTo, secondFactorPath } from '../navigation.ts';
import { identityProvider, mailsLinks, PageElement } from '../page.ts';
import { Dismissed, NoPasskey, offersPasskeys, passkeysKnown, usePasskey } from '../passkeys.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { signInApi } from '../sign-in-api.ts';

/** Fires `signed-in` (CustomEvent of PortalSession). */
class SignIn extends PageElement {
  static override properties = { returnTo: {} };
  /** The page to go on to. */
  declare returnTo: string;
  #busy = false;
  #error = '';
  #wrong = false;
  #waiting = new AbortController();

  constructor() {
    super();
    this.returnTo = '/portal';
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('[name=email], a')?.focus();
    if (identityProvider() === undefined) void this.#offerPasskeys();
  }

  override disconnectedCallback(): void {
    this.#waiting.abort();
    super.disconnectedCallback();
  }

  /** The browser shows passkeys among the addresses that it knows; what goes wrong there is no matter of this page. */
  async #offerPasskeys(): Promise<void> {
    const { signal } = this.#waiting;
    try {
      if (!(await offersPasskeys())) return;
      const { publicKey } = await signInApi.passkeyOptions();
      if (signal.aborted) return;
      const credential = await usePasskey(publicKey, { mediation: 'conditional', signal });
      await this.#enter(() => signInApi.signInByPasskey(credential));
    } catch {
      // Passwords are there for everybody.
    }
  }

  async #usePasskey(): Promise<void> {
    if (this.#busy) return;
    // Browsers take one request at a time.
    this.#waiting.abort();
    this.#waiting = new AbortController();
    await this.#enter(async () =>
      signInApi.signInByPasskey(await usePasskey((await signInApi.passkeyOptions()).publicKey)),
    );
  }

  async #enter(way: () => Promise<PortalSession>): Promise<void> {
    this.#wrong = false;
    this.#show(true, '');
    try {
      const session = await way();
      this.dispatchEvent(new CustomEvent('signed-in', { detail: session }));
      goTo(this.returnTo, { replace: true });
    } catch (error) {
      this.#show(false, said(error));
    }
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.#busy) return;
    const fields = new FormData(event.target as HTMLFormElement);
    this.#show(true, '');
    try {
      const answer = await api.signIn(String(fields.get('email')).trim(), String(fields.get('password')));
      if ('secondFactor' in answer) return goTo(secondFactorPath(this.returnTo), { replace: true });
      this.dispatchEvent(new CustomEvent('signed-in', { detail: answer }));
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
      <h1 tabindex="-1">Sign in</h1>
      <p class="muted">Review the tasks that wait for your team. You sign in at ${host}, and come back here.</p>
      <p><a class="button button-primary button-wide" target="_self" href=${way}>Sign in at ${host}</a></p>
    </div>`;
  }

  protected override render() {
    const invalid = this.#error !== '' && this.#wrong ? 'true' : nothing;
    const why = this.#error === '' ? nothing : 'sign-in-error';
    const provider = identityProvider();
    if (provider !== undefined) return this.#renderProvider(provider);
    return html`<div class="sheet">
      <h1 tabindex="-1">Sign in</h1>
      <p class="muted">Review the tasks that wait for your team.</p>
      <form class="form" @submit=${this.#submit}>
        <label for="email">Email</label>
        <input id="email" name="email" type="email" autocomplete="username webauthn" autocapitalize="none" spellcheck="false"
          required aria-invalid=${invalid} aria-describedby=${why} />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password"
          required aria-invalid=${invalid} aria-describedby=${why} />
        <div id="sign-in-error" class="field-error" role="alert">${this.#error}</div>
        <button class="button button-primary button-wide" aria-disabled=${this.#busy ? 'true' : nothing}>Sign in</button>
      </form>
      ${
        passkeysKnown()
          ? html`<button type="button" class="button button-wide" aria-disabled=${this.#busy ? 'true' : nothing}
              aria-describedby=${why} @click=${this.#usePasskey}>Use a passkey</button>`
          : nothing
      }
      ${mailsLinks() ? html`<p><a href="/portal/forgot-password">Forgot your password?</a></p>` : nothing}
      <p class="muted small">${mailsLinks() ? 'No account?' : 'No account, or the password is lost?'} Ask the people who run this portal for a new link.</p>
    </div>`;
  }
}

function said(error: unknown): string {
  if (error instanceof Dismissed) return 'No passkey was used.';
  return error instanceof NoPasskey ? error.message : sentenceOf(error);
}

customElements.define('holdpoint-sign-in', SignIn);
