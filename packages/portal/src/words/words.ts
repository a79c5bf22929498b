// The words of the page, in the language that the worker has chosen, else the first of the browser's that is there, else
// English. English comes with the page, each other language as a file of its own.
import { english, type Words } from './en.ts';
import type { Language } from './languages.ts';
import { setLocale } from './locale.ts';

const others: { readonly [language in Language]: (() => Promise<Words>) | undefined } = {
  en: undefined,
  es: async () => (await import('./es.ts')).spanish,
  de: async () => (await import('./de.ts')).german,
  ja: async () => (await import('./ja.ts')).japanese,
};

/** In the present language; others when that changes, so nothing keeps them. */
export let words: Words = english;

const listeners = new Set<() => void>();

/** Calls `listener` when the language has changed; returns how to stop that. */
export function onWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let wanted: Language = 'en';

/** Speaks a language from now on; the one before stays when its file cannot be loaded. */
export async function speak(language: Language): Promise<void> {
  wanted = language;
  try {
    const loaded = (await others[language]?.()) ?? english;
    if (language !== wanted) return;
    words = loaded;
  } catch {
    // No connection: what is there can be read, in another language.
  }
  setLocale(words.language, navigator.languages);
  document.documentElement.lang = words.language;
  document.documentElement.dir = words.direction;
  for (const listener of listeners) listener();
}
