// A control for each of our own tags: a length of time, yes and no, or what else its value is.
import { type ExtensionTag, extensionTags } from '@holdpoint/protocol';
import { html, type TemplateResult } from 'lit';
import { type Duration, durationField, durationOf } from '../duration-field.ts';
import type { FieldErrors } from '../field-errors.ts';
import { selectField, textField } from '../fields.ts';

/** By the name of the tag; of what is no time, `amount` is the value. */
export type ExtensionValues = Readonly<Record<string, Duration>>;

type Tag = { readonly Key: string; readonly Value: string };

/** What a flow's tags say; empty where a tag is not set. */
export function extensionsIn(tags: readonly Tag[]): ExtensionValues {
  return Object.fromEntries(
    extensionTags.map(({ name, kind }) => {
      const value = tags.find(({ Key }) => Key === name)?.Value ?? '';
      const isTime = kind === 'seconds' && /^\d+$/.test(value);
      return [name, isTime ? durationOf(Number(value)) : { amount: value, unit: 'seconds' as const }];
    }),
  );
}

export const extensionFields = (form: {
  readonly values: ExtensionValues;
  readonly errors: FieldErrors;
  readonly change: (values: ExtensionValues) => void;
}): TemplateResult =>
  html`<div class="tag-fields">${extensionTags.map((tag: ExtensionTag) => {
    const { name, sentence, default: otherwise } = tag;
    const texts = {
      id: name.replace(':', '-'),
      label: name,
      hint: `${sentence} (${otherwise})`,
      error: form.errors[name],
    };
    const value = form.values[name] ?? durationOf(undefined);
    const changed = (next: Duration) => form.change({ ...form.values, [name]: next });
    if (tag.kind === 'seconds') return durationField({ ...texts, value, changed });
    const put = (amount: string) => changed({ amount, unit: 'seconds' });
    const words = tag.kind === 'flag' ? ['true', 'false'] : tag.kind === 'choice' ? tag.choices : undefined;
    if (!words) return textField({ ...texts, value: value.amount, changed: put });
    const choices = ['', ...words].map((one) => ({ value: one, text: one === '' ? 'not set' : one }));
    return selectField({
      ...texts,
      value: value.amount,
      choices,
      changed: put,
    });
  })}</div>`;
