// The base of the pages about resources: what they load, what was done and what went wrong.
import { html, nothing, type TemplateResult } from 'lit';
import { loading, notice } from '../components/message.ts';
import { goTo, signInPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { ConsoleError, isSignedOut } from './console-api.ts';

/** A form's refusal: each sentence is said at the field that it names, or above the form. */
export interface FormFailure {
  /** The form's own name: a page may have several. */
  readonly form: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly rest: string | undefined;
}

export const sentenceOf = (error: unknown): string =>
  error instanceof ConsoleError ? error.message : 'Something went wrong on this page. Reload it and try again.';

export abstract class ResourcePage extends PageElement {
  protected failure: unknown;
  protected refusal: FormFailure | undefined;
  protected busy = false;
  #said: { readonly text: string; readonly tone: 'info' | 'warning' } | undefined;
  #isLoaded = false;

  /** Asks for what the page shows. */
  protected abstract load(): Promise<void>;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.reload();
  }

  protected async reload(): Promise<void> {
    try {
      await this.load();
      this.#isLoaded = true;
      this.failure = undefined;
    } catch (error) {
      if (isSignedOut(error)) return goTo(signInPath(location.pathname + location.search), { replace: true });
      this.failure = error;
    }
    this.requestUpdate();
  }

  /**
   * Does what a button says, then loads the page anew and says what came of it.
   *
   * @returns whether it was done
   */
  protected async act<T>(work: () => Promise<T>, done: string | ((result: T) => string)): Promise<boolean> {
    if (this.busy) return false;
    this.#begin();
    try {
      const result = await work();
      this.#said = { text: typeof done === 'string' ? done : done(result), tone: 'info' };
    } catch (error) {
      if (isSignedOut(error)) goTo(signInPath(location.pathname + location.search), { replace: true });
      this.#said = { text: sentenceOf(error), tone: 'warning' };
    }
    this.busy = false;
    await this.reload();
    await this.updateComplete;
    // The button that was pressed may be gone, and the focus with it.
    if (!this.contains(document.activeElement)) this.querySelector<HTMLElement>('h1')?.focus();
    return this.#said?.tone === 'info';
  }

  /**
   * Sends a form. What is refused is said at the field that the sentence names, and what was typed stays.
   *
   * @param fields the form's fields by the names of the operation's members
   */
  protected async send(form: HTMLFormElement, work: () => Promise<unknown>, done: string): Promise<boolean> {
    if (this.busy) return false;
    this.#begin();
    try {
      await work();
      this.#said = { text: done, tone: 'info' };
    } catch (error) {
      if (isSignedOut(error)) goTo(signInPath(location.pathname + location.search), { replace: true });
      this.refusal = refusalOf(form, sentenceOf(error));
    }
    this.busy = false;
    if (this.refusal) {
      this.requestUpdate();
      await this.updateComplete;
      const first = [...form.elements].find((field) => this.refusal?.fields.has((field as HTMLInputElement).name));
      if (first) (first as HTMLElement).focus();
      else form.querySelector<HTMLElement>('[role="alert"]')?.focus();
      return false;
    }
    await this.reload();
    return true;
  }

  #begin(): void {
    this.busy = true;
    this.refusal = undefined;
    this.#said = undefined;
    this.requestUpdate();
  }

  protected say(text: string, tone: 'info' | 'warning' = 'info'): void {
    this.#said = { text, tone };
    this.requestUpdate();
  }

  /** Heading, what was done, and the content once it is there. */
  protected page(title: string, content: () => unknown, beside: unknown = nothing): TemplateResult {
    return html`<div class="page">
      <div class="page-head"><h1 tabindex="-1">${title}</h1>${beside}</div>
      <div role="status">${notice(this.#said?.text, () => this.#dismiss(), this.#said?.tone)}</div>
      ${this.failure === undefined ? nothing : this.#renderFailure()}
      ${this.#isLoaded ? content() : this.failure === undefined ? loading('Loading…') : nothing}
    </div>`;
  }

  #renderFailure() {
    return html`<section class="panel panel-failure" role="alert">
      <p>${sentenceOf(this.failure)}</p>
      <div class="row"><button type="button" class="button" @click=${() => void this.reload()}>Try again</button></div>
    </section>`;
  }

  #dismiss(): void {
    this.#said = undefined;
    this.requestUpdate();
  }

  /** The refusal of a form, where no field is named by it. */
  protected formRefusal(form: string) {
    if (this.refusal?.form !== form || this.refusal.rest === undefined) return nothing;
    return html`<p class="form-error" role="alert" tabindex="-1">${this.refusal.rest}</p>`;
  }

  protected fieldRefusal(form: string, field: string): string | undefined {
    return this.refusal?.form === form ? this.refusal.fields.get(field) : undefined;
  }
}

/** What is wrong with several members comes as one message. */
function refusalOf(form: HTMLFormElement, message: string): FormFailure {
  const sentences = message.replace(/^\d+ validation errors? detected: /, '').split(/; (?=Value )/);
  const fields = new Map<string, string>();
  const rest: string[] = [];
  for (const sentence of sentences) {
    const field = fieldNamed(form, sentence);
    if (field === undefined) rest.push(sentence);
    else fields.set(field, [fields.get(field), sentence].filter(Boolean).join(' '));
  }
  return { form: form.name, fields, rest: rest.length > 0 ? rest.join(' ') : undefined };
}

/** The field whose member, or whose label, a sentence of the server names; of several the one that is named by the longest. */
function fieldNamed(form: HTMLFormElement, sentence: string): string | undefined {
  const small = sentence.toLowerCase();
  const named = [...form.elements].flatMap((element) => {
    const field = element as HTMLInputElement;
    if (!field.name || field.type === 'hidden') return [];
    const words = [field.name, ...(field.dataset.words?.split(',') ?? [])];
    const found = words.filter((word) => small.includes(word.toLowerCase())).map((word) => word.length);
    return found.length > 0 ? [{ name: field.name, length: Math.max(...found) }] : [];
  });
  return named.toSorted((one, other) => other.length - one.length)[0]?.name;
}
