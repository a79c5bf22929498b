import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import type { Problem } from '../../internal/crowd-control.ts';
import { textControlStyles } from '../../internal/text-control.styles.ts';
import { TextControl } from '../../internal/text-control.ts';
import { inputStyles } from './crowd-input.styles.ts';

const types = new Set(
  'text password email url tel search number date time datetime-local month week color range file hidden'.split(' '),
);
/** What is in them is not to lie anywhere but in the answer, or cannot be put back, or is no work of a worker. */
const neverKept = new Set('password file hidden'.split(' '));
/** Fields that show something even when they are empty, so that a label inside would cover it. */
const neverEmpty = new Set('date time datetime-local month week color range file'.split(' '));

/** A single-line text field with a floating label. Adds its text to the answer, nothing when it is empty. */
export class CrowdInput extends TextControl {
  static override styles = [base, textControlStyles, inputStyles];

  /** A type of the HTML `input` element, such as `number`, `date` or `email`; unknown ones and buttons are `text`. */
  @property({ attribute: 'type' }) kind = 'text';
  /** The id of a `datalist` of the page: suggestions. */
  @property() list = '';
  @state() private options: readonly string[] = [];

  protected override get type(): string {
    const kind = this.kind?.toLowerCase();
    return types.has(kind) ? kind : 'text';
  }

  protected override get writesToField(): boolean {
    return this.type !== 'file';
  }

  protected override draft(): unknown {
    return neverKept.has(this.type) ? undefined : super.draft();
  }

  protected override resume(state: unknown): boolean {
    return !neverKept.has(this.type) && super.resume(state);
  }

  protected override problem(): Problem | undefined {
    const problem = super.problem();
    if (problem || !this.field) return problem;
    const { badInput, typeMismatch } = this.field.validity;
    if (!badInput && !typeMismatch) return undefined;
    return { flag: 'badInput', message: this.errorMessage || this.field.validationMessage };
  }

  protected override onInput(event: Event): void {
    super.onInput(event);
    if (this.type === 'file')
      this.value = [...((this.field as HTMLInputElement).files ?? [])].map(({ name }) => name).join(', ');
  }

  protected override onChange(): void {
    if (this.type === 'file' && this.value)
      console.warn(`The answer holds only the name of the file in "${this.name}".`);
    super.onChange();
  }

  protected override restore(): void {
    super.restore();
    if (this.type === 'file' && this.field) this.field.value = '';
  }

  #readOptions(): void {
    const list = this.list ? (this.getRootNode() as ParentNode).querySelector(`#${CSS.escape(this.list)}`) : null;
    this.options = list instanceof HTMLDataListElement ? [...list.options].map((option) => option.value) : [];
  }

  protected override render() {
    const field = html`<input
      id="field"
      part="input"
      type=${this.type}
      step=${this.type === 'number' ? 'any' : nothing}
      placeholder=${this.placeholder || ' '}
      maxlength=${this.maxLength >= 0 ? this.maxLength : nothing}
      list=${this.list ? 'options' : nothing}
      aria-label=${this.accessibleLabel}
      aria-describedby="complaint"
      aria-invalid=${this.complaint ? 'true' : nothing}
      aria-required=${this.required ? 'true' : nothing}
      ?disabled=${this.inactive}
      ?readonly=${this.readOnly}
      @focus=${this.#readOptions}
      @input=${this.onInput}
      @change=${this.onChange}
    />`;
    const list = this.list
      ? html`<datalist id="options">${this.options.map((value) => html`<option value=${value}></option>`)}</datalist>`
      : nothing;
    return this.renderFrame(html`${field}`, list, neverEmpty.has(this.type));
  }
}
