// A control of a form: name, disabled, required, validity with a message of its own, and what it puts into the answer.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CrowdElement } from './crowd-element.ts';
import { type DraftHook, DraftKeeper, draftHook } from './draft.ts';

/** Why a control cannot be submitted as it is. */
export interface Problem {
  readonly flag: 'valueMissing' | 'tooShort' | 'tooLong' | 'patternMismatch' | 'badInput';
  /** A sentence for the worker. */
  readonly message: string;
}

export abstract class CrowdControl extends CrowdElement {
  static readonly formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** The key in the answer; a control without a name adds nothing to it. */
  @property({ reflect: true, useDefault: true }) name = '';
  /** Cannot be used and adds nothing to the answer. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** Blocks submission until it is answered. */
  @property({ type: Boolean, reflect: true }) required = false;

  @state() protected complaint = '';
  /** Disabled by a native fieldset around it. */
  @state() private fenced = false;
  /** It only shows an answer. */
  @state() private locked = false;
  private custom = '';
  readonly #internals = this.attachInternals();
  protected readonly drafts = new DraftKeeper({
    key: () => this.draftKey,
    beginsAnew: () => this.beginsAnew,
    isUpdated: () => this.hasUpdated,
    updated: () => this.updateComplete,
    draft: (isLast) => this.draft(isLast),
    resume: (state) => this.resume(state),
    announce: () => {
      this.edited();
      this.announce('input');
      this.announce('change');
    },
    lock: () => this.lock(),
  });

  constructor() {
    super();
    this.addEventListener('input', ({ target }) => {
      // Not of controls in its content.
      if (target === this) this.drafts.touched();
    });
  }

  /** Exactly what goes into the answer under `name`, made afresh for each reader; `undefined` for no answer. */
  abstract get _submittableValue(): unknown;

  /** What is wrong with the present value, if anything. */
  protected abstract problem(): Problem | undefined;

  /** Back to the state that the template gave. */
  protected abstract restore(): void;

  /** The same as a task's page asks it for drafts. */
  get [draftHook](): DraftHook {
    return this.drafts;
  }

  /** What tells it from others of its name in a draft. */
  protected get draftKey(): string | undefined {
    return undefined;
  }

  /** Whether scripts begin it anew by setting what it is about; see `draft.ts`. */
  protected get beginsAnew(): boolean {
    return false;
  }

  /**
   * Its state as JSON; undefined while it is untouched, and of what has none.
   *
   * @param _isLast the page may be gone afterwards: work that takes a while must be done now
   */
  protected draft(_isLast: boolean): unknown {
    return undefined;
  }

  /** Takes in a state that `draft` has given. @returns false when it cannot yet: then `drafts.resume()` is called when it can */
  protected resume(_state: unknown): boolean {
    return false;
  }

  /** From now on it only shows its answer. */
  protected lock(): void {
    this.locked = true;
  }

  /** Disabled by itself or by what stands around it, or locked. */
  protected get inactive(): boolean {
    return this.disabled || this.fenced || this.locked;
  }

  /** For the native form's data; the answer is collected by `_submittableValue`. */
  protected get formValue(): string | null {
    const value = this._submittableValue;
    return value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);
  }

  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  get validity(): ValidityState {
    this.#updateValidity();
    return this.#internals.validity;
  }

  get validationMessage(): string {
    this.#updateValidity();
    return this.#internals.validationMessage;
  }

  get willValidate(): boolean {
    return !this.inactive;
  }

  checkValidity(): boolean {
    this.#updateValidity();
    return this.inactive || this.#internals.checkValidity();
  }

  /** Like `checkValidity`, and shows what is wrong and moves the focus there. */
  reportValidity(): boolean {
    const valid = this.complain();
    if (!valid) this.focus();
    return valid;
  }

  /** Like `checkValidity`, and shows what is wrong without moving the focus. */
  complain(): boolean {
    const valid = this.checkValidity();
    this.complaint = valid ? '' : this.validationMessage;
    return valid;
  }

  setCustomValidity(message: string): void {
    this.custom = String(message ?? '');
    this.#updateValidity();
    if (this.complaint) this.complaint = this.validationMessage;
  }

  formDisabledCallback(disabled: boolean): void {
    this.fenced = disabled;
    // Reflecting `disabled` calls this in the middle of an update, which would not render again.
    void this.updateComplete.then(() => this.requestUpdate());
  }

  formResetCallback(): void {
    this.drafts.forget();
    this.restore();
    this.complaint = '';
  }

  protected override updated(_changed: PropertyValues): void {
    this.#updateValidity();
    this.#internals.setFormValue(this.inactive ? null : this.formValue);
  }

  /** To be called after each edit: a message that is shown follows the value. */
  protected edited(): void {
    this.#updateValidity();
    if (this.complaint) this.complaint = this.#internals.validationMessage;
  }

  #updateValidity(): void {
    const problem = this.inactive ? undefined : this.problem();
    if (this.custom) this.#internals.setValidity({ customError: true }, this.custom);
    else if (problem) this.#internals.setValidity({ [problem.flag]: true }, problem.message);
    else this.#internals.setValidity({});
  }

  /** A name for the inner control when the element shows none itself. */
  protected get outerLabel(): string {
    const labels = [...this.#internals.labels].map((label) => label.textContent?.trim() ?? '').join(' ');
    return this.getAttribute('aria-label') || labels || this.getAttribute('title') || '';
  }

  /** The place of the message; it stays in the tree, so that screen readers announce what appears in it. */
  protected renderComplaint(text = this.complaint): TemplateResult {
    return html`<div id="complaint" class="complaint" part="error" aria-live="polite">${text || nothing}</div>`;
  }
}
