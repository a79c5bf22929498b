// The second step of signing in.
import type { FactorSetUpResponse, PortalSession, SecondFactorResponse } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { failurePanel, loading } from '../components/message.ts';
import { goTo, signInPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { Dismissed, NoPasskey, passkeyProblem, usePasskey } from '../passkeys.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { signInApi } from '../sign-in-api.ts';
import { recoveryCodesPanel } from './recovery-codes.ts';
import './set-up-app.ts';
import './set-up-passkey.ts';

/** Fires `signed-in` (CustomEvent of PortalSession). */
class SecondFactor extends PageElement {
  static override properties = { returnTo: {} };
  /** The page to go on to. */
  declare returnTo: string;
  #asked: SecondFactorResponse | undefined;
  #failure: unknown;
  #error = '';
  #busy = false;
  #setUp: FactorSetUpResponse | undefined;

  constructor() {
    super();
    this.returnTo = '/portal';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#failure = undefined;
    try {
      this.#asked = await signInApi.secondFactor();
    } catch (error) {
      if (codeOf(error) === 'signed-out') return this.#beginAgain();
      this.#failure = error;
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>('.button-primary, input')?.focus();
  }

  #beginAgain(): void {
    goTo(signInPath(this.returnTo), { replace: true });
  }

  async #give(way: () => Promise<PortalSession>): Promise<void> {
    if (this.#busy) return;
    this.#show(true, '');
    try {
      this.#enter(await way());
    } catch (error) {
      if (codeOf(error) === 'signed-out') return this.#beginAgain();
      this.#show(false, said(error));
    }
  }

  #enter(session: PortalSession): void {
    this.dispatchEvent(new CustomEvent('signed-in', { detail: session }));
    goTo(this.returnTo, { replace: true });
  }

  #show(busy: boolean, error: string): void {
    this.#busy = busy;
    this.#error = error;
    this.requestUpdate();
  }

  async #giveCode(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    await this.#give(() => signInApi.giveCode(String(new FormData(form).get('code'))));
    const field = form.querySelector('input');
    field?.focus();
    field?.select();
  }

  #givePasskey = (): Promise<void> =>
    this.#give(async () => signInApi.givePasskey(await usePasskey((await signInApi.secondFactorOptions()).publicKey)));

  #wasSetUp({ detail }: CustomEvent<FactorSetUpResponse>): void {
    this.#setUp = detail;
    this.requestUpdate();
    if (detail.recoveryCodes === undefined) this.#goOn();
    else void this.updateComplete.then(() => this.querySelector<HTMLElement>('#recovery-title')?.focus());
  }

  #goOn(): void {
    const session = this.#setUp?.session;
    if (session !== undefined) this.#enter(session);
  }

  /** Whoever took too long begins again; other refusals are said where they belong. */
  #refused({ detail }: CustomEvent<unknown>): void {
    if (codeOf(detail) === 'signed-out') this.#beginAgain();
  }

  protected override render() {
    return html`<div class="sheet">
      <h1 tabindex="-1">${this.#asked?.secondFactor === 'set-up' ? 'Set up a second factor' : 'Is it you?'}</h1>
      ${this.#renderContent()}
    </div>`;
  }

  #renderContent() {
    if (this.#failure !== undefined) return failurePanel(this.#failure, () => void this.#load());
    if (this.#asked === undefined) return loading('One moment…');
    if (this.#setUp?.recoveryCodes !== undefined)
      return recoveryCodesPanel(this.#setUp.recoveryCodes, () => this.#goOn());
    return this.#asked.secondFactor === 'set-up' ? this.#renderSetUp(this.#asked) : this.#renderGive(this.#asked);
  }

  #renderSetUp({ place }: SecondFactorResponse) {
    const heard = (event: CustomEvent<FactorSetUpResponse>) => this.#wasSetUp(event);
    const refused = (event: CustomEvent<unknown>) => this.#refused(event);
    return html`<p class="muted">The people who run this portal ask for more than a password. Choose one of the two; you can add
        the other later.</p>
      <h2>A passkey</h2>
      <p class="muted">Fingerprint, face or PIN of this device, or a security key.</p>
      <holdpoint-set-up-passkey .place=${place} @set-up=${heard} @refused=${refused}></holdpoint-set-up-passkey>
      <h2>An authenticator app</h2>
      <p class="muted">An app on your phone that shows a code every half minute.</p>
      <holdpoint-set-up-app @set-up=${heard} @refused=${refused}></holdpoint-set-up-app>`;
  }

  #renderGive({ email, passkey, app, recoveryCodesLeft, place }: SecondFactorResponse) {
    const problem = passkey ? passkeyProblem(place) : undefined;
    const busy = this.#busy ? 'true' : nothing;
    return html`<p class="muted">Your password was right, ${email}. One more step.</p>
      ${
        passkey && problem === undefined
          ? html`<button type="button" class="button button-primary button-wide" aria-disabled=${busy} aria-describedby="factor-error"
              @click=${this.#givePasskey}>Use your passkey</button>`
          : nothing
      }
      ${problem === undefined ? nothing : html`<p class="muted">${problem}</p>`}
      ${app ? this.#renderCode('app-code', 'Code of your authenticator app', 'one-time-code', 'numeric') : nothing}
      <div id="factor-error" class="field-error" role="alert">${this.#error}</div>
      ${
        recoveryCodesLeft > 0
          ? html`<details class="other-way">
              <summary>Use a recovery code</summary>
              ${this.#renderCode('recovery-code', 'Recovery code', 'off', 'text')}
            </details>`
          : nothing
      }
      <p class="muted small">Is everything lost? The people who run this portal can reset how you sign in.
        <a href=${signInPath(this.returnTo)}>Sign in as somebody else</a></p>`;
  }

  #renderCode(id: string, label: string, autocomplete: 'one-time-code' | 'off', mode: 'numeric' | 'text') {
    return html`<form class="form" @submit=${this.#giveCode}>
      <label for=${id}>${label}</label>
      <input id=${id} name="code" inputmode=${mode} autocomplete=${autocomplete} autocapitalize="none" spellcheck="false"
        maxlength="40" required aria-invalid=${this.#error === '' ? nothing : 'true'} aria-describedby="factor-error" />
      <button class="button button-wide" aria-disabled=${this.#busy ? 'true' : nothing}>Go on</button>
    </form>`;
  }
}

function said(error: unknown): string {
  if (error instanceof Dismissed) return 'No passkey was used. Try again, or choose another way.';
  return error instanceof NoPasskey ? error.message : sentenceOf(error);
}

customElements.define('holdpoint-second-factor', SecondFactor);
