// What a worker signs in with besides the password.
import type { FactorSetUpResponse, OwnPasskey, SecurityResponse } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { confirm } from '../components/confirm.ts';
import { failurePanel, loading, notice } from '../components/message.ts';
import { goTo, signInPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { signInApi } from '../sign-in-api.ts';
import { exactTime, relativeTime } from '../time.ts';
import { recoveryCodesPanel } from './recovery-codes.ts';
import './set-up-app.ts';
import './set-up-passkey.ts';

const here = '/portal/security';

class Security extends PageElement {
  #security: SecurityResponse | undefined;
  #failure: unknown;
  #said: { text: string; tone: 'info' | 'warning' } | undefined;
  #isOld = false;
  #codes: readonly string[] | undefined;
  #renaming: string | undefined;
  #busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.#security = await signInApi.security();
      this.#failure = undefined;
    } catch (error) {
      if (codeOf(error) === 'signed-out') return goTo(signInPath(here), { replace: true });
      this.#failure = error;
    }
    this.requestUpdate();
  }

  async #change(work: () => Promise<object>, done: string): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.requestUpdate();
    try {
      await this.#changed(await work(), done);
    } catch (error) {
      this.#said = { text: sentenceOf(error), tone: 'warning' };
      this.#noteAge(error);
    }
    this.#busy = false;
    await this.#load();
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.#codes === undefined ? 'h1' : '#recovery-title')?.focus();
  }

  async #changed({ recoveryCodes }: FactorSetUpResponse, done: string): Promise<void> {
    this.#said = { text: done, tone: 'info' };
    this.#isOld = false;
    this.#renaming = undefined;
    this.#codes = recoveryCodes ?? this.#codes;
  }

  #noteAge(error: unknown): void {
    this.#isOld = codeOf(error) === 'sign-in-again';
    this.requestUpdate();
  }

  #wasSetUp(event: CustomEvent<FactorSetUpResponse>, done: string): void {
    void this.#change(async () => event.detail, done);
  }

  async #remove({ passkeyId, name }: OwnPasskey): Promise<void> {
    const text = 'It opens nothing from then on. The device keeps its part until you remove it there too.';
    if (!(await confirm({ title: `Remove the passkey ${name}?`, text }))) return;
    await this.#change(() => signInApi.removePasskey(passkeyId), 'The passkey is removed.');
  }

  async #removeApp(): Promise<void> {
    const text = 'Its codes are not asked for any more, and open nothing.';
    if (!(await confirm({ title: 'Remove the authenticator app?', text }))) return;
    await this.#change(() => signInApi.removeApp(), 'The authenticator app is removed.');
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><h1 tabindex="-1">Passkeys and second factor</h1><a href="/portal/sessions">Your sign-ins</a></div>
      <div role="status">${notice(this.#said?.text, () => this.#dismiss(), this.#said?.tone)}</div>
      ${this.#isOld ? html`<p class="row"><a class="button button-primary" href=${signInPath(here)}>Sign in again</a></p>` : nothing}
      ${this.#renderContent()}
    </div>`;
  }

  #dismiss(): void {
    this.#said = undefined;
    this.requestUpdate();
  }

  #renderContent() {
    if (this.#failure !== undefined) return failurePanel(this.#failure, () => void this.#load());
    const security = this.#security;
    if (security === undefined) return loading('Looking how you sign in…');
    const hasFactor = security.passkeys.length > 0 || security.app;
    return html`
      ${this.#codes === undefined ? nothing : recoveryCodesPanel(this.#codes, () => this.#kept())}
      <p class="muted">${introduction(security, hasFactor)}</p>
      ${this.#renderPasskeys(security)} ${this.#renderApp(security)} ${hasFactor ? this.#renderCodes(security) : nothing}`;
  }

  #kept(): void {
    this.#codes = undefined;
    this.requestUpdate();
    this.querySelector<HTMLElement>('h1')?.focus();
  }

  #renderPasskeys({ passkeys, place }: SecurityResponse) {
    const now = Date.now();
    return html`<section class="security" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">Passkeys</h2>
      <p class="muted">Sign in by fingerprint, face or PIN of a device, or by a security key, without a password.</p>
      ${
        passkeys.length === 0
          ? nothing
          : html`<ul class="sign-ins">${passkeys.map((passkey) => this.#renderPasskey(passkey, now))}</ul>`
      }
      <holdpoint-set-up-passkey .place=${place} @refused=${({ detail }: CustomEvent<unknown>) => this.#noteAge(detail)}
        @set-up=${(event: CustomEvent<FactorSetUpResponse>) => this.#wasSetUp(event, 'The passkey is added.')}></holdpoint-set-up-passkey>
    </section>`;
  }

  #renderPasskey(passkey: OwnPasskey, now: number) {
    const { passkeyId, name, createdAt, lastUsedAt, otherHost } = passkey;
    const id = `passkey-${passkeyId}`;
    if (this.#renaming === passkeyId) return this.#renderRename(passkey);
    return html`<li class="sign-in">
      <div id=${id}>
        <p><strong>${name}</strong></p>
        <p class="muted small">Added ${exactTime(createdAt)}, ${lastUsedAt === undefined ? 'not used yet' : `used ${relativeTime(lastUsedAt, now)}`}</p>
        ${otherHost === undefined ? nothing : html`<p class="small">It works at ${otherHost} only, where the portal is no more.</p>`}
      </div>
      <div class="row">
        <button type="button" class="button" aria-describedby=${id} @click=${() => void this.#rename(passkeyId)}>Rename</button>
        <button type="button" class="button" aria-describedby=${id} aria-disabled=${this.#busy ? 'true' : nothing}
          @click=${() => void this.#remove(passkey)}>Remove</button>
      </div>
    </li>`;
  }

  async #rename(passkeyId: string): Promise<void> {
    this.#renaming = passkeyId;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLInputElement>('#other-name')?.select();
  }

  #renderRename({ passkeyId, name }: OwnPasskey) {
    const save = (event: SubmitEvent) => {
      event.preventDefault();
      const other = String(new FormData(event.target as HTMLFormElement).get('name')).trim();
      void this.#change(() => signInApi.namePasskey(passkeyId, other), 'The passkey has another name.');
    };
    return html`<li class="sign-in"><form class="form" @submit=${save}>
      <label for="other-name">Name</label>
      <input id="other-name" name="name" maxlength="100" required autocomplete="off" .defaultValue=${name} />
      <div class="row"><button class="button button-primary">Save</button></div>
    </form></li>`;
  }

  #renderApp({ app }: SecurityResponse) {
    return html`<section class="security" aria-labelledby="app-title">
      <h2 id="app-title">Authenticator app</h2>
      <p class="muted">${app ? 'It is set up: its code is asked for after the password.' : 'An app on your phone that shows a code every half minute.'}</p>
      ${
        app
          ? html`<div class="row"><button type="button" class="button" aria-describedby="app-title"
              aria-disabled=${this.#busy ? 'true' : nothing} @click=${() => void this.#removeApp()}>Remove the app</button></div>`
          : nothing
      }
      <holdpoint-set-up-app .label=${app ? 'Set up another app instead' : 'Set up an authenticator app'}
        @refused=${({ detail }: CustomEvent<unknown>) => this.#noteAge(detail)}
        @set-up=${(event: CustomEvent<FactorSetUpResponse>) => this.#wasSetUp(event, 'The authenticator app is set up.')}></holdpoint-set-up-app>
    </section>`;
  }

  #renderCodes({ recoveryCodesLeft }: SecurityResponse) {
    return html`<section class="security" aria-labelledby="codes-title">
      <h2 id="codes-title">Recovery codes</h2>
      <p class="muted">For the day on which the rest is lost. ${recoveryCodesLeft} of them are left.</p>
      <div class="row"><button type="button" class="button" aria-disabled=${this.#busy ? 'true' : nothing}
        @click=${() => void this.#change(() => signInApi.renewRecoveryCodes(), 'The old codes open nothing any more.')}>Make new codes</button></div>
    </section>`;
  }
}

function introduction({ required }: SecurityResponse, hasFactor: boolean): string {
  if (hasFactor)
    return 'After your password you are asked for a passkey, or for the code of your app. A passkey alone will do too.';
  return required
    ? 'A second factor is required here: add a passkey or an authenticator app.'
    : 'With a passkey or an authenticator app, your password alone opens nothing any more.';
}

customElements.define('holdpoint-security', Security);
