// The base of the console's pages: what they load, what was done on them, and what went wrong.
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { loading } from '../components/message.ts';
import { goTo, signInPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { isMissing, isSignedOut } from './console-api.ts';
import { failurePanel, notice, sentenceOf } from './english.ts';
import { type FormRefusal, refusalOf, sentenceAtForm } from './form-refusal.ts';

interface Said {
  readonly text: string;
  readonly tone: 'info' | 'warning';
}

/** What is said afterwards. */
type Done<T> = string | ((result: T) => string);
const textOf = <T>(done: Done<T>, result: T): string => (typeof done === 'string' ? done : done(result));

export interface PageParts {
  /** Where the page belongs to: the address and the name of the list. */
  readonly back?: readonly [path: string, title: string];
  /** What stands beside the heading. */
  readonly beside?: unknown;
  /** What the page is about, such as "human loop": the page says when there is none. */
  readonly kind?: string;
  /** The content has something to show before anything is loaded, such as a filter. */
  readonly showsAtOnce?: boolean;
  /** Takes all the width there is. */
  readonly isWide?: boolean;
}

export abstract class ConsolePage extends PageElement {
  static override properties: PropertyDeclarations = { news: { attribute: false } };

  /** What became of the page before, to be said on this one. */
  declare news: string | undefined;
  protected failure: unknown;
  protected busy = false;
  /** Milliseconds between two looks while the page is in sight; it looks once without it. */
  protected readonly lookEvery: number | undefined;
  #refusal: FormRefusal | undefined;
  #said: Said | undefined;
  #isLoaded = false;
  #turn = 0;
  #looks: ReturnType<typeof setInterval> | undefined;

  /** Asks for what the page shows. */
  protected abstract load(): Promise<void>;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.lookEvery !== undefined)
      this.#looks = setInterval(() => {
        if (!document.hidden) void this.reload();
      }, this.lookEvery);
    void this.#start();
  }

  /** What changes in a page that is there already is read aloud. */
  async #start(): Promise<void> {
    await this.reload();
    if (this.news !== undefined) this.say(this.news);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#looks);
    super.disconnectedCallback();
  }

  protected override updated(): void {
    const heading = this.querySelector('h1')?.textContent;
    if (heading) document.title = `${heading} – Holdpoint`;
  }

  protected async reload(): Promise<void> {
    const turn = ++this.#turn;
    try {
      await this.load();
      this.#isLoaded = true;
      if (turn === this.#turn) this.failure = undefined;
    } catch (error) {
      if (turn === this.#turn) this.fail(error);
    }
    this.requestUpdate();
  }

  /** Says a failure above the content; whoever is signed out goes to the sign-in, and comes back here. */
  protected fail(error: unknown): void {
    if (!this.isConnected || this.#leftSignedOut(error)) return;
    this.failure = error;
    this.requestUpdate();
  }

  #leftSignedOut(error: unknown): boolean {
    if (!isSignedOut(error)) return false;
    goTo(signInPath(location.pathname + location.search), { replace: true });
    return true;
  }

  /**
   * Does what a button says, one thing at a time, then loads the page anew and says what came of it.
   *
   * @param goOn the page to go to instead, which says it
   * @returns whether it was done
   */
  protected async act<T>(work: () => Promise<T>, done: Done<T>, goOn?: string): Promise<boolean> {
    if (this.busy) return false;
    this.#begin();
    try {
      const text = textOf(done, await work());
      if (goOn !== undefined) {
        goTo(goOn, { notice: text });
        return true;
      }
      this.#said = { text, tone: 'info' };
    } catch (error) {
      if (this.#leftSignedOut(error)) return false;
      this.#said = { text: sentenceOf(error), tone: 'warning' };
    } finally {
      this.busy = false;
      this.requestUpdate();
    }
    const { tone } = this.#said;
    await this.reload();
    await this.updateComplete;
    // The button that was pressed may be gone, and the focus with it.
    if (!this.contains(document.activeElement)) this.querySelector<HTMLElement>('h1')?.focus();
    return tone === 'info';
  }

  /**
   * Sends a form. What is refused is said at the field that the sentence names, and what was typed stays, also when nobody is
   * signed in any more.
   *
   * @returns whether it was taken
   */
  protected async send<T>(form: HTMLFormElement, work: () => Promise<T>, done: Done<T>): Promise<boolean> {
    if (this.busy) return false;
    this.#begin();
    try {
      this.#said = { text: textOf(done, await work()), tone: 'info' };
    } catch (error) {
      this.#refusal = refusalOf(form, sentenceAtForm(error));
    } finally {
      this.busy = false;
      this.requestUpdate();
    }
    if (this.#refusal) {
      await this.updateComplete;
      const first = [...form.elements].find((field) => this.#refusal?.fields.has((field as HTMLInputElement).name));
      if (first) (first as HTMLElement).focus();
      else form.querySelector<HTMLElement>('[role="alert"]')?.focus();
      return false;
    }
    await this.reload();
    return true;
  }

  #begin(): void {
    this.busy = true;
    this.#refusal = undefined;
    this.#said = undefined;
    this.requestUpdate();
  }

  protected say(text: string | undefined, tone: Said['tone'] = 'info'): void {
    this.#said = text === undefined ? undefined : { text, tone };
    this.requestUpdate();
  }

  /** Heading, what was done, and the content once it is there. */
  protected page(title: string, content: () => unknown, parts: PageParts = {}): TemplateResult {
    const { back, beside, kind, showsAtOnce = false, isWide = false } = parts;
    const isGone = kind !== undefined && isMissing(this.failure);
    return html`<div class="page ${isWide ? 'page-wide' : ''}">
      ${back ? html`<p class="crumbs"><a href=${back[0]}>${back[1]}</a></p>` : nothing}
      <div class="page-head"><h1 tabindex="-1" class="wrap">${isGone ? `There is no such ${kind}` : title}</h1>${
        beside !== undefined && this.#isLoaded && !isGone ? html`<div class="row">${beside}</div>` : nothing
      }</div>
      ${this.said()}
      ${this.failure === undefined ? nothing : isGone ? html`<p class="panel">${sentenceOf(this.failure)}</p>` : failurePanel(this.failure, () => void this.reload())}
      ${!isGone && (this.#isLoaded || showsAtOnce) ? content() : nothing}
      ${this.#isLoaded || this.failure !== undefined ? nothing : loading('Loading…')}
    </div>`;
  }

  /** What was done, or could not be. */
  protected said(): TemplateResult {
    return html`<div role="status">${notice(this.#said?.text, () => this.say(undefined), this.#said?.tone)}</div>`;
  }

  /** The refusal of a form, where no field is named by it. */
  protected formRefusal(form: string) {
    if (this.#refusal?.form !== form || this.#refusal.rest === undefined) return nothing;
    return html`<p class="form-error" role="alert" tabindex="-1">${this.#refusal.rest}</p>`;
  }

  protected fieldRefusal(form: string, field: string): string | undefined {
    return this.#refusal?.form === form ? this.#refusal.fields.get(field) : undefined;
  }
}
