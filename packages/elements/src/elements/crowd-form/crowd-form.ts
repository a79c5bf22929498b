// States of a submission: idle → asking (the `submit` event) → sending → idle again (rejected, preview) or done (accepted).
import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type AnswerContent, collectAnswer } from '../../internal/answer.ts';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';
import { CrowdWidget } from '../../internal/crowd-widget.ts';
import { dialogStyles } from '../../internal/dialog.styles.ts';
import { draftHook } from '../../internal/draft.ts';
import { guestsOf, participantsOf } from '../../internal/form-guests.ts';
import { complainAbout } from '../../internal/form-validation.ts';
import { InnerForm } from '../../internal/inner-form.ts';
import { instructionsStyles } from '../../internal/instructions.styles.ts';
import { Instructions } from '../../internal/instructions.ts';
import { isAwaited } from '../../internal/lazy-elements.ts';
import { messages } from '../../internal/messages.ts';
import { isFramed, sendToPortal } from '../../internal/portal.ts';
import { Regions } from '../../internal/regions.ts';
import { resetAll, resetIn } from '../../internal/reset.ts';
import { stringifySorted } from '../../internal/sorted-json.ts';
import type { CrowdButton } from '../crowd-button/crowd-button.ts';
import { formStyles } from './crowd-form.styles.ts';

interface Submission {
  readonly answerContent: AnswerContent;
  /** ISO 8601: when the form was ready, and when it was submitted. */
  readonly startedAt: string;
  readonly submittedAt: string;
}

type Note = { readonly type: 'error' | 'success'; readonly text: string };

// Nothing says whether these suppress the automatic button of the original: who writes one means it. A button without a type,
// which is one that submits all the same, is often meant for something else.
const nativeSubmits = 'input[type="submit"], input[type="image"], button[type="submit"]';

/**
 * Collects the answers of the controls below it, checks them and sends one answer object to the portal around the page.
 * Fires a cancelable `submit` event on itself before the answer is collected, and `reset` before a reset.
 *
 * `answer-format` and the query string of MTurk change nothing: the answer goes to the portal, as one object.
 *
 * @fires submit - Before the answer is collected; `preventDefault()` stops the submission.
 * @fires reset - Before the controls get their first values back.
 */
export class CrowdForm extends CrowdElement {
  static override styles = [base, dialogStyles, instructionsStyles, formStyles];

  /** Takes the answer instead of the portal; a rejection's message is shown and allows another attempt. */
  @property({ attribute: false }) transport: ((submission: Submission) => unknown) | undefined;

  @state() private note: Note | undefined;
  @state() private preview = '';
  @state() private progress: 'idle' | 'sending' | 'done' = 'idle';
  @state() private parsed = false;
  /** It shows an answer that was given. */
  @state() private locked = false;

  readonly #regions = new Regions(this, ['short-instructions', 'full-instructions']);
  readonly #instructions = new Instructions(this, this.#regions);
  readonly #inner = new InnerForm(
    this,
    (node) => this.#regions.isRegion(node),
    () => {
      this.parsed ||= document.readyState !== 'loading';
      this.requestUpdate();
    },
  );
  readonly #buttons = new Set<CrowdButton>();
  readonly #busyNatives = new Set<HTMLButtonElement | HTMLInputElement>();
  readonly #startedAt = new Date();
  #asking = false;
  #askedAgain = false;
  #askedThisTask = false;
  #resetting = false;

  /** The native form that holds the content. */
  get form(): HTMLFormElement {
    if (this.isConnected) this.#inner.adopt();
    return this.#inner.element;
  }

  /** The present answer. */
  get value(): AnswerContent {
    return collectAnswer(this);
  }

  get _submittableValue(): AnswerContent {
    return this.value;
  }

  /** The fields that the original posts: the answer as JSON text of an array with one object. */
  _serializeForm(): Record<string, string> {
    return { taskAnswers: stringifySorted([this.value]) ?? '[]' };
  }

  /** Sends the answer; third-party pages replace it on the instance. */
  async _submitHelperForm(): Promise<void> {
    // Through text, so that what is sent is what JSON can hold.
    const answerContent = JSON.parse(stringifySorted(this.value) ?? '{}') as AnswerContent;
    if (this.transport) {
      const submittedAt = new Date().toISOString();
      await this.transport({ answerContent, startedAt: this.#startedAt.toISOString(), submittedAt });
    } else if (isFramed) await sendToPortal(answerContent);
    else {
      this.preview = stringifySorted(this.value, '\n') ?? '';
      return;
    }
    this.progress = 'done';
  }

  /**
   * Checks the controls, fires `submit` (unlike the native method) and sends the answer unless the event was cancelled. That it
   * checks first, as the button does, is our decision: what the button refuses, a script should not send by mistake.
   */
  submit(): void {
    this.#submit();
  }

  requestSubmit(submitter?: HTMLElement): void {
    this.#submit(submitter);
  }

  checkValidity(): boolean {
    return participantsOf(this).every(
      (element) => !('checkValidity' in element) || (element as HTMLInputElement).checkValidity(),
    );
  }

  reportValidity(): boolean {
    return this.#validate();
  }

  /** Fires `reset`; unless it is cancelled, all controls get back what the template gave them. */
  reset(): void {
    if (!this.#resetting && this.#mayReset()) this.#resetAllBut();
  }

  /** What a task's page asks: the controls keep their states themselves. Locked, it cannot be submitted. */
  readonly [draftHook] = {
    take: () => undefined,
    restore: () => undefined,
    lock: () => {
      this.progress = 'done';
      this.locked = true;
      this.#block('sent');
    },
  };

  /** Called by a `crowd-button` with `form-action="submit"`. */
  submitBy(button: CrowdButton): void {
    this.#submit(this.contains(button) ? button : undefined);
  }

  addSubmitButton(button: CrowdButton): void {
    this.#buttons.add(button);
    this.requestUpdate();
  }

  removeSubmitButton(button: CrowdButton): void {
    this.#buttons.delete(button);
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#inner.attach();
  }

  constructor() {
    super();
    for (const type of ['submit', 'reset'])
      this.addEventListener(type, (event) => this.#followNestedForm(event), { capture: true });
  }

  protected override createRenderRoot() {
    const root = super.createRenderRoot();
    // Here native events arrive after the listeners of the inner form and before those of this element.
    root.addEventListener('submit', this.#onNativeSubmit);
    root.addEventListener('reset', this.#onNativeReset);
    return root;
  }

  /** Browsers let no `submit` or `reset` of a form bubble through an outer form: it is taken at the nested form, last. */
  #followNestedForm(event: Event): void {
    const { target } = event;
    if (!(target instanceof HTMLFormElement) || target === this.#inner.element) return;
    target.addEventListener(event.type, event.type === 'submit' ? this.#onNativeSubmit : this.#onNativeReset, {
      once: true,
    });
  }

  readonly #onNativeSubmit = (event: Event): void => {
    event.stopPropagation();
    if (event.defaultPrevented) return;
    event.preventDefault();
    // A native button whose click listener has called `submit()` already.
    if (this.#askedThisTask) return;
    const submitter = event instanceof SubmitEvent ? event.submitter : null;
    const lenient =
      (submitter instanceof HTMLButtonElement || submitter instanceof HTMLInputElement) && submitter.formNoValidate;
    this.#submit(submitter ?? undefined, lenient);
  };

  /** A native form that is being reset cannot be reset again, so the browser's own action goes on. */
  readonly #onNativeReset = (event: Event): void => {
    event.stopPropagation();
    if (this.#resetting || event.defaultPrevented) return;
    if (this.#mayReset()) this.#resetAllBut(event.target as HTMLFormElement);
    else event.preventDefault();
  };

  #mayReset(): boolean {
    return this.progress === 'idle' && this.dispatchEvent(new Event('reset', { bubbles: true, cancelable: true }));
  }

  #resetAllBut(done?: HTMLFormElement): void {
    this.#resetting = true;
    for (const form of [this.form, ...this.form.querySelectorAll('form')]) if (form !== done) form.reset();
    // Controls outside any native form.
    for (const name of ['short-instructions', 'full-instructions']) this.#regions.all(name).forEach(resetIn);
    resetAll(guestsOf(this));
    this.#resetting = false;
    this.note = undefined;
    this.preview = '';
  }

  #submit(submitter?: HTMLElement, lenient = false): void {
    if (this.progress !== 'idle') return;
    if (this.#asking) {
      // A listener that cancels the event and calls `submit()` when it has filled its hidden fields.
      this.#askedAgain = true;
      return;
    }
    this.#askedThisTask = true;
    setTimeout(() => {
      this.#askedThisTask = false;
    });
    this.note = undefined;
    if (!lenient && !this.#validate()) return;
    if (this.#ask(submitter)) void this.#send();
  }

  #validate(): boolean {
    const count = complainAbout(this);
    this.note = count > 0 ? { type: 'error', text: messages.needAttention(count) } : undefined;
    return count === 0;
  }

  #ask(submitter?: HTMLElement): boolean {
    this.#asking = true;
    this.#askedAgain = false;
    try {
      const event = new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: submitter ?? null });
      return this.dispatchEvent(event) || this.#askedAgain;
    } finally {
      this.#asking = false;
    }
  }

  async #send(): Promise<void> {
    this.progress = 'sending';
    try {
      const sending = this._submitHelperForm();
      this.#block('sending');
      await sending;
    } catch (error) {
      this.note = { type: 'error', text: (error instanceof Error && error.message) || messages.notSubmitted };
      this.progress = 'idle';
    }
    // `_submitHelperForm` sets it, which the compiler does not see.
    if ((this.progress as string) === 'done') {
      this.note = { type: 'success', text: messages.submitted };
      this.#block('sent');
    } else {
      this.progress = 'idle';
      this.#block('no');
    }
  }

  /** Blocks and frees whatever submits; what the template has disabled itself stays so. */
  #block(pending: CrowdButton['pending']): void {
    const own = [...this.renderRoot.querySelectorAll<CrowdButton>('crowd-button')];
    for (const button of [...this.#submitButtons, ...own]) button.pending = pending;
    if (pending === 'no') {
      for (const native of this.#busyNatives) native.disabled = false;
      this.#busyNatives.clear();
      return;
    }
    for (const native of this.querySelectorAll<HTMLButtonElement | HTMLInputElement>(
      `${nativeSubmits}, button:not([type])`,
    )) {
      if (native.disabled) continue;
      native.disabled = true;
      this.#busyNatives.add(native);
    }
  }

  get #hasWidget(): boolean {
    return [...this.querySelectorAll('*')].some((element) => element instanceof CrowdWidget || isAwaited(element));
  }

  get #submitButtons(): CrowdButton[] {
    const shadowed = [...this.#buttons].filter(
      (button) => button.formAction === 'submit' && button.getRootNode() !== this.shadowRoot,
    );
    const light = this.querySelectorAll<CrowdButton>('crowd-button[form-action="submit"]');
    return [...new Set([...shadowed, ...light])];
  }

  get #needsButton(): boolean {
    // A guest's button stands in instructions, which can be put away: it is no replacement.
    const own = this.#submitButtons.filter((button) => !guestsOf(this).includes(button));
    return this.parsed && !this.locked && own.length === 0 && !this.querySelector(nativeSubmits);
  }

  protected override render() {
    return html`
      <div class="bar" ?hidden=${!this.#instructions.present}>${this.#instructions.toggle()}</div>
      <div class="layout">
        ${this.#instructions.pane()}
        <div class="content" part="content">
          <slot></slot>
          ${
            this.#needsButton
              ? html`<div class="submit ${this.#hasWidget ? 'end' : ''}"><crowd-button form-action="submit" variant="primary">${messages.submit}</crowd-button></div>`
              : nothing
          }
          <div class="notes">${
            this.note ? html`<crowd-alert type=${this.note.type}>${this.note.text}</crowd-alert>` : nothing
          }</div>
          <div id="answers-box" part="answers" ?hidden=${this.preview === ''}>
            <p>${messages.preview}</p>
            <pre tabindex="0" aria-label=${messages.preview}>${this.preview}</pre>
          </div>
        </div>
      </div>
      ${this.#instructions.dialog()}
    `;
  }
}
