// Fields of forms that are looked at when they are sent, by the names of the operation's members.
import { html, nothing, type TemplateResult } from 'lit';
import { describedBy, errorOf, type FieldTexts, field as frame, hintOf } from './fields.ts';

export interface Field extends Omit<FieldTexts, 'id' | 'isOptional'> {
  readonly form: string;
  /** The operation's member. */
  readonly name: string;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'password' | 'url' | 'datetime-local' | 'search';
  readonly required?: boolean;
  /** What else the server calls it, separated by commas. */
  readonly words?: string;
  readonly rows?: number;
}

const idOf = ({ form, name }: Pick<Field, 'form' | 'name'>): string => `${form}-${name}`;

const textsOf = (field: Field): FieldTexts => ({ ...field, id: idOf(field), isOptional: !field.required });

const around = (field: Field, control: TemplateResult): TemplateResult => frame(textsOf(field), control);

const described = (field: Field) => describedBy(textsOf(field));

export const textField = (field: Field): TemplateResult =>
  around(
    field,
    html`<input id=${idOf(field)} name=${field.name} type=${field.type ?? 'text'} .defaultValue=${field.value ?? ''}
      data-words=${field.words ?? nothing} ?required=${field.required} autocomplete="off" spellcheck="false"
      aria-invalid=${field.error ? 'true' : nothing} aria-describedby=${described(field)} />`,
  );

export const areaField = (field: Field): TemplateResult =>
  around(
    field,
    html`<textarea class="mono" id=${idOf(field)} name=${field.name} rows=${field.rows ?? 4} .defaultValue=${field.value ?? ''}
      data-words=${field.words ?? nothing} ?required=${field.required} spellcheck="false"
      aria-invalid=${field.error ? 'true' : nothing} aria-describedby=${described(field)}></textarea>`,
  );

export const selectField = (
  field: Field,
  options: readonly (readonly [value: string, label: string])[],
  change: ((value: string) => void) | undefined = undefined,
): TemplateResult =>
  around(
    field,
    html`<select id=${idOf(field)} name=${field.name} data-words=${field.words ?? nothing}
      aria-invalid=${field.error ? 'true' : nothing} aria-describedby=${described(field)}
      @change=${(event: Event) => change?.((event.target as HTMLSelectElement).value)}>
      ${options.map(([value, label]) => html`<option value=${value} ?selected=${value === (field.value ?? '')}>${label}</option>`)}
    </select>`,
  );

/** Boxes to tick under one heading, all of one name. */
export const tickFields = (
  field: Field,
  options: readonly string[],
  ticked: readonly string[],
): TemplateResult => html`<fieldset class="field ticks" aria-describedby=${described(field)}>
  <legend>${field.label}</legend>
  ${hintOf(textsOf(field))}
  ${options.map(
    (option) =>
      html`<label class="choice"><input type="checkbox" name=${field.name} value=${option} ?checked=${ticked.includes(option)} />${option}</label>`,
  )}
  ${options.length === 0 ? html`<p class="hint">There are none.</p>` : nothing}
  ${errorOf(textsOf(field))}
</fieldset>`;

/** What a form holds, by name; empty texts are left out. */
export function valuesOf(form: HTMLFormElement): { readonly [name: string]: string | undefined } {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && value.trim() !== '') values[name] = value.trim();
  return values;
}

export const tickedOf = (form: HTMLFormElement, name: string): string[] => new FormData(form).getAll(name).map(String);

export const submitButton = (label: string, busy: boolean): TemplateResult =>
  html`<button class="button button-primary" aria-disabled=${busy ? 'true' : nothing}>${label}</button>`;
