// What a worker signs in with besides the password.
import type { FactorSetUpResponse, OwnPasskey, SecurityResponse } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { confirm } from '../components/confirm.ts';
import { loading } from '../components/message.ts';
import { signInPath } from '../navigation.ts';
import { done, OwnPage } from '../own-page.ts';
import { codeOf } from '../portal-error.ts';
import { signInApi } from '../sign-in-api.ts';
import { exactTime, relativeTime } from '../time.ts';
import { recoveryCodesPanel } from './recovery-codes.ts';
import './set-up-app.ts';
import './set-up-passkey.ts';
import { words } from '../words/words.ts';

class Security extends OwnPage {
  #security: SecurityResponse | undefined;
  #isOld = false;
  #codes: readonly string[] | undefined;
  #renaming: string | undefined;

  protected override async load(): Promise<void> {
    this.#security = await signInApi.security();
  }

  async #change(work: () => Promise<FactorSetUpResponse>, said: string): Promise<void> {
    const after = async (refusal: unknown) => {
      this.#noteAge(refusal);
      await this.reload();
      await this.updateComplete;
      this.querySelector<HTMLElement>(this.#codes === undefined ? 'h1' : '#recovery-title')?.focus();
    };
    await this.act(async () => {
      const { recoveryCodes } = await work();
      this.#renaming = undefined;
      this.#codes = recoveryCodes ?? this.#codes;
      return done(said);
    }, after);
  }

  #noteAge(error: unknown): void {
    this.#isOld = codeOf(error) === 'sign-in-again';
    this.requestUpdate();
  }

  #wasSetUp(event: CustomEvent<FactorSetUpResponse>, done: string): void {
    void this.#change(async () => event.detail, done);
  }

  async #remove({ passkeyId, name }: OwnPasskey): Promise<void> {
    const text = words.security.removePasskeyText;
    if (!(await confirm({ title: words.security.removePasskey(name), text }))) return;
    await this.#change(() => signInApi.removePasskey(passkeyId), words.security.passkeyRemoved);
  }

  async #removeApp(): Promise<void> {
    const text = words.security.removeAppText;
    if (!(await confirm({ title: words.security.removeAppTitle, text }))) return;
    await this.#change(() => signInApi.removeApp(), words.security.appRemoved);
  }

  protected override render() {
    const sessions = html`<a href="/portal/sessions">${words.pages.sessions}</a>`;
    return this.page(words.pages.security, sessions, () => this.#renderContent());
  }

  #renderContent() {
    const security = this.#security;
    if (security === undefined) return loading(words.security.loading);
    const hasFactor = security.passkeys.length > 0 || security.app;
    return html`
      ${this.#isOld ? html`<p class="row"><a class="button button-primary" href=${signInPath('/portal/security')}>${words.work.signInAgain}</a></p>` : nothing}
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
      <h2 id="passkeys-title">${words.security.passkeys}</h2>
      <p class="muted">${words.security.passkeysHint}</p>
      ${
        passkeys.length === 0
          ? nothing
          : html`<ul class="sign-ins">${passkeys.map((passkey) => this.#renderPasskey(passkey, now))}</ul>`
      }
      <holdpoint-set-up-passkey .place=${place} @refused=${({ detail }: CustomEvent<unknown>) => this.#noteAge(detail)}
        @set-up=${(event: CustomEvent<FactorSetUpResponse>) => this.#wasSetUp(event, words.security.passkeyAdded)}></holdpoint-set-up-passkey>
    </section>`;
  }

  #renderPasskey(passkey: OwnPasskey, now: number) {
    const { passkeyId, name, createdAt, lastUsedAt, otherHost } = passkey;
    const id = `passkey-${passkeyId}`;
    if (this.#renaming === passkeyId) return this.#renderRename(passkey);
    return html`<li class="sign-in">
      <div id=${id}>
        <p><strong>${name}</strong></p>
        <p class="muted small">${words.security.added(exactTime(createdAt), lastUsedAt && relativeTime(lastUsedAt, now))}</p>
        ${otherHost === undefined ? nothing : html`<p class="small">${words.security.otherHost(otherHost)}</p>`}
      </div>
      <div class="row">
        <button type="button" class="button" aria-describedby=${id} @click=${() => void this.#rename(passkeyId)}>${words.security.rename}</button>
        <button type="button" class="button" aria-describedby=${id} aria-disabled=${this.isBusy ? 'true' : nothing}
          @click=${() => void this.#remove(passkey)}>${words.security.remove}</button>
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
      void this.#change(() => signInApi.namePasskey(passkeyId, other), words.security.renamed);
    };
    return html`<li class="sign-in"><form class="form" @submit=${save}>
      <label for="other-name">${words.security.name}</label>
      <input id="other-name" name="name" maxlength="100" required autocomplete="off" .defaultValue=${name} />
      <div class="row"><button class="button button-primary">${words.security.save}</button></div>
    </form></li>`;
  }

  #renderApp({ app }: SecurityResponse) {
    return html`<section class="security" aria-labelledby="app-title">
      <h2 id="app-title">${words.security.app}</h2>
      <p class="muted">${app ? words.security.appIsSetUp : words.security.appHint}</p>
      ${
        app
          ? html`<div class="row"><button type="button" class="button" aria-describedby="app-title"
              aria-disabled=${this.isBusy ? 'true' : nothing} @click=${() => void this.#removeApp()}>${words.security.removeApp}</button></div>`
          : nothing
      }
      <holdpoint-set-up-app .label=${app ? words.security.otherApp : words.security.setUpApp}
        @refused=${({ detail }: CustomEvent<unknown>) => this.#noteAge(detail)}
        @set-up=${(event: CustomEvent<FactorSetUpResponse>) => this.#wasSetUp(event, words.security.appAdded)}></holdpoint-set-up-app>
    </section>`;
  }

  #renderCodes({ recoveryCodesLeft }: SecurityResponse) {
    return html`<section class="security" aria-labelledby="codes-title">
      <h2 id="codes-title">${words.security.codes}</h2>
      <p class="muted">${words.security.codesHint(recoveryCodesLeft)}</p>
      <div class="row"><button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : nothing}
        @click=${() => void this.#change(() => signInApi.renewRecoveryCodes(), words.security.codesRenewed)}>${words.security.newCodes}</button></div>
    </section>`;
  }
}

function introduction({ required }: SecurityResponse, hasFactor: boolean): string {
  if (hasFactor) return words.security.hasFactor;
  return required ? words.security.required : words.security.optional;
}

customElements.define('holdpoint-security', Security);
