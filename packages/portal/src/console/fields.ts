// Fields of forms: a label, what it means, the control, and what is wrong with it, tied together for assistive technology. What
// is typed is told as it is typed; where only the sent form counts, `form-fields.ts` has them.
import { html, nothing, type TemplateResult } from 'lit';

export interface FieldTexts {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | TemplateResult | undefined;
  readonly error?: string | undefined;
  /** Whether the label says that it may be left empty. */
  readonly isOptional?: boolean;
}

/** The ids that describe a control, and whether it is invalid; for its attributes. */
export const describedBy = ({ id, hint, error }: FieldTexts) =>
  [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ') || nothing;

/** A field around a control, which has the id of the field and `describedBy`. */
export const field = (texts: FieldTexts, control: TemplateResult): TemplateResult => html`
  <div class="field">
    <label for=${texts.id}>${texts.label}${texts.isOptional ? html` <span class="muted">(optional)</span>` : nothing}</label>
    ${hintOf(texts)} ${control} ${errorOf(texts)}
  </div>`;

export const hintOf = ({ id, hint }: FieldTexts) =>
  hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`;

export const errorOf = ({ id, error }: FieldTexts) =>
  error === undefined ? nothing : html`<p class="field-error" id="${id}-error">${error}</p>`;

export interface TextField extends FieldTexts {
  readonly value: string;
  readonly changed: (value: string) => void;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly inputMode?: 'numeric' | 'text';
  readonly left?: () => void;
}

/** One line of text. */
export const textField = (texts: TextField): TemplateResult =>
  field(
    texts,
    html`<input
      id=${texts.id}
      name=${texts.id}
      autocomplete="off"
      spellcheck="false"
      .value=${texts.value}
      placeholder=${texts.placeholder ?? nothing}
      inputmode=${texts.inputMode ?? nothing}
      aria-required=${texts.required ? 'true' : nothing}
      aria-invalid=${texts.error === undefined ? nothing : 'true'}
      aria-describedby=${describedBy(texts)}
      @input=${(event: Event) => texts.changed((event.target as HTMLInputElement).value)}
      @change=${() => texts.left?.()}
    />`,
  );

/** Several lines of text. */
export const areaField = (texts: TextField & { readonly rows?: number; readonly mono?: boolean }): TemplateResult =>
  field(
    texts,
    html`<textarea
      id=${texts.id}
      name=${texts.id}
      rows=${texts.rows ?? 3}
      class=${texts.mono ? 'mono' : ''}
      spellcheck=${texts.mono ? 'false' : 'true'}
      .value=${texts.value}
      aria-required=${texts.required ? 'true' : nothing}
      aria-invalid=${texts.error === undefined ? nothing : 'true'}
      aria-describedby=${describedBy(texts)}
      @input=${(event: Event) => texts.changed((event.target as HTMLTextAreaElement).value)}
      @change=${() => texts.left?.()}
    ></textarea>`,
  );

export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** One of several. */
export const selectField = (texts: TextField & { readonly choices: readonly Choice[] }): TemplateResult =>
  field(
    texts,
    html`<select
      id=${texts.id}
      name=${texts.id}
      aria-invalid=${texts.error === undefined ? nothing : 'true'}
      aria-describedby=${describedBy(texts)}
      @change=${(event: Event) => texts.changed((event.target as HTMLSelectElement).value)}
    >
      ${texts.choices.map(({ value, text }) => html`<option value=${value} ?selected=${value === texts.value}>${text}</option>`)}
    </select>`,
  );
