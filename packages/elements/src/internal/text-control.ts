// What the single-line and the multi-line text field share: value, limits, allowed characters, label, message.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { CrowdControl, type Problem } from './crowd-control.ts';
import { messages } from './messages.ts';

/**
 * @attr required - Blocks submission while the field is empty.
 * @fires input - With each character.
 * @fires change - When the text was changed and the field is left.
 */
export abstract class TextControl extends CrowdControl {
  static override readonly aliases = { maxlength: 'max-length', minlength: 'min-length', readonly: 'read-only' };

  /** Says what belongs into the field: inside of it, and above when it is filled. */
  @property() label = '';
  /** Shown while the field is empty. */
  @property() placeholder = '';
  /** Takes the keyboard when the page opens. */
  @property({ type: Boolean, attribute: 'auto-focus' }) autoFocus = false;
  /** Checks while the reviewer types. */
  @property({ type: Boolean, attribute: 'auto-validate' }) autoValidate = false;
  /** A regular expression for one character; with `auto-validate` other characters are dropped as they are typed. */
  @property({ attribute: 'allowed-pattern' }) allowedPattern = '';
  /** Shown instead of our own sentences when the field is not filled as it should be. */
  @property({ attribute: 'error-message' }) errorMessage = '';
  /** The most characters. */
  @property({ type: Number, attribute: 'max-length' }) maxLength = Number.NaN;
  /** The least characters, once anything was typed. */
  @property({ type: Number, attribute: 'min-length' }) minLength = Number.NaN;
  /** Can be selected, not changed; is part of the answer. */
  @property({ type: Boolean, attribute: 'read-only' }) readOnly = false;

  @query('#field') protected readonly field!: HTMLInputElement | HTMLTextAreaElement | null;
  #value = '';

  /** What stands in the field at the start; it is the answer if nobody changes it. */
  @property()
  get value(): string {
    return this.#value;
  }
  set value(value: string | null | undefined) {
    this.#value = value === null || value === undefined ? '' : String(value);
  }

  get _submittableValue(): unknown {
    return this.value === '' ? undefined : this.value;
  }

  protected override draft(): unknown {
    return this.value === (this.getAttribute('value') ?? '') && !this.drafts.isTouched ? undefined : this.value;
  }

  protected override resume(state: unknown): boolean {
    if (typeof state !== 'string') return false;
    this.value = state;
    return true;
  }

  /** Its text can still be selected and copied. */
  protected override lock(): void {
    this.readOnly = true;
  }

  select(): void {
    this.field?.select();
  }

  protected override problem(): Problem | undefined {
    if (this.readOnly) return undefined;
    if (this.value === '') {
      return this.required ? { flag: 'valueMissing', message: this.errorMessage || messages.required } : undefined;
    }
    const problem = this.#lengthProblem();
    if (problem) return { ...problem, message: this.errorMessage || problem.message };
    if (this.autoValidate && this.#allowed(this.value) !== this.value) {
      return { flag: 'patternMismatch', message: this.errorMessage || messages.notAllowed };
    }
    return undefined;
  }

  #lengthProblem(): Problem | undefined {
    if (this.value.length < this.minLength) return { flag: 'tooShort', message: messages.tooShort(this.minLength) };
    if (this.value.length > this.maxLength) return { flag: 'tooLong', message: messages.tooLong(this.maxLength) };
    return undefined;
  }

  protected override restore(): void {
    this.value = this.getAttribute('value');
  }

  protected override firstUpdated(): void {
    if (this.autoFocus) this.focus();
  }

  protected override updated(changed: PropertyValues): void {
    const { field } = this;
    if (field && this.writesToField && field.value !== this.#value) {
      field.value = this.#value;
      // A date or number field may refuse a text; what it shows is the answer.
      if (field.localName === 'input' && this.type !== 'text') this.#value = field.value;
    }
    super.updated(changed);
  }

  /** The kind of the inner field. */
  protected abstract readonly type: string;

  protected get writesToField(): boolean {
    return true;
  }

  protected onInput(event: Event): void {
    const field = event.currentTarget as HTMLInputElement | HTMLTextAreaElement;
    if (this.autoValidate && !(event as InputEvent).isComposing) this.#dropDisallowed(field);
    this.value = field.value;
    if (this.autoValidate) this.complain();
    else this.edited();
  }

  protected onChange(): void {
    this.announce('change');
  }

  #dropDisallowed(field: HTMLInputElement | HTMLTextAreaElement): void {
    const kept = this.#allowed(field.value);
    if (kept === field.value) return;
    const caret = field.selectionStart;
    const before = caret === null ? null : this.#allowed(field.value.slice(0, caret)).length;
    field.value = kept;
    if (before !== null) field.setSelectionRange(before, before);
  }

  /** The text without the characters that the pattern excludes. */
  #allowed(text: string): string {
    const pattern = compile(this.allowedPattern);
    return pattern ? [...text].filter((character) => character === '\n' || pattern.test(character)).join('') : text;
  }

  protected get accessibleLabel(): string | typeof nothing {
    return this.label ? nothing : this.outerLabel || this.placeholder || this.name || nothing;
  }

  protected renderFrame(field: TemplateResult, foot: unknown = nothing, floated = false): TemplateResult {
    return html`
      <div class="frame ${this.complaint ? 'wrong' : ''} ${this.label ? 'labelled' : ''} ${floated ? 'floated' : ''}">
        ${field}
        ${this.label ? html`<label for="field">${this.label}${this.required ? html`<span aria-hidden="true"> *</span>` : nothing}</label>` : nothing}
      </div>
      <div class="foot">${this.renderComplaint()}${foot}</div>
    `;
  }
}

const compiled = new Map<string, RegExp | undefined>();

function compile(pattern: string): RegExp | undefined {
  if (pattern === '') return undefined;
  if (!compiled.has(pattern)) {
    try {
      compiled.set(pattern, new RegExp(`^(?:${pattern})$`, 'u'));
    } catch (error) {
      console.error(`allowed-pattern "${pattern}" is not a regular expression:`, error);
      compiled.set(pattern, undefined);
    }
  }
  return compiled.get(pattern);
}
