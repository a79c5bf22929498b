// What the sentences of all languages are made with.
import { numberText } from './locale.ts';

/** A sentence with markup in it, as Lit renders it. */
export type Mixed = readonly unknown[];

export const mixed = (texts: TemplateStringsArray, ...values: readonly unknown[]): Mixed =>
  texts.flatMap((text, index) => (index < values.length ? [text, values[index]] : [text]));

/** Numbers with their noun; `#` is the number. Languages that have one form for all give that. */
export function counted(
  language: string,
  forms: { readonly one?: string; readonly other: string },
): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  return (count) => {
    const form = (rules.select(count) === 'one' ? forms.one : undefined) ?? forms.other;
    return form.replace('#', numberText(count));
  };
}

/** "a, b and c" */
export const listed = (language: string, parts: readonly string[]): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);
