// The base of the pages about what is the worker's own: what they load, one thing done at a time, and what came of it.
import { html, type TemplateResult } from 'lit';
import { failurePanel, notice } from './components/message.ts';
import { goTo, signInPath } from './navigation.ts';
import { PageElement } from './page.ts';
import { codeOf, sentenceOf } from './portal-error.ts';

export interface Said {
  readonly text: string;
  readonly tone: 'info' | 'warning';
}

export const done = (text: string): Said => ({ text, tone: 'info' });

export abstract class OwnPage extends PageElement {
  protected failure: unknown;
  protected isBusy = false;
  #said: Said | undefined;

  /** Asks for what the page shows. */
  protected abstract load(): Promise<void>;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.reload();
  }

  protected async reload(): Promise<void> {
    try {
      await this.load();
      this.failure = undefined;
    } catch (error) {
      if (this.#isSignedOut(error)) return;
      this.failure = error;
    }
    this.requestUpdate();
  }

  /** Does what a control says, unless something is being done; then `after`, refused or not. */
  protected async act(work: () => Promise<Said>, after?: (refusal: unknown) => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.#say(undefined);
    let refusal: unknown;
    try {
      this.#said = await work();
    } catch (error) {
      if (this.#isSignedOut(error)) return;
      refusal = error;
      this.#said = { text: sentenceOf(error), tone: 'warning' };
    }
    this.isBusy = false;
    this.requestUpdate();
    await after?.(refusal);
  }

  #isSignedOut(error: unknown): boolean {
    if (codeOf(error) !== 'signed-out') return false;
    if (this.isConnected) goTo(signInPath(location.pathname), { replace: true });
    return true;
  }

  #say(said: Said | undefined): void {
    this.#said = said;
    this.requestUpdate();
  }

  /** Heading, what came of what was done, and the content, or why it cannot be had. */
  protected page(title: string, beside: TemplateResult, content: () => unknown): TemplateResult {
    return html`<div class="page">
      <div class="page-head"><h1 tabindex="-1">${title}</h1>${beside}</div>
      <div role="status">${notice(this.#said?.text, () => this.#say(undefined), this.#said?.tone)}</div>
      ${this.failure === undefined ? content() : failurePanel(this.failure, () => void this.reload())}
    </div>`;
  }
}
