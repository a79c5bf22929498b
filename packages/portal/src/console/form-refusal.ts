// A form's refusal by the server: each sentence is said at the field that it names, or above the form.
import { isSignedOut } from './console-api.ts';
import { sentenceOf } from './english.ts';

/** Whoever is signed out loses nothing of what is typed, and so does not leave. */
export const sentenceAtForm = (error: unknown): string =>
  isSignedOut(error)
    ? 'You are signed out. Sign in in another tab, then press the button again: what you typed stays here.'
    : sentenceOf(error);

export interface FormRefusal {
  /** The form's own name: a page may have several. */
  readonly form: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly rest: string | undefined;
}

/** What is wrong with several members comes as one message. */
export function refusalOf(form: HTMLFormElement, message: string): FormRefusal {
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
