// The languages that the elements speak. What the page says of its language decides; where it says nothing, what the worker has
// chosen, if the page around tells it; else they speak English.

type Language = 'en' | 'es' | 'de' | 'ja';
type Words = Readonly<Record<string, string | ((...values: never[]) => string)>>;
/** The same keys, with texts for texts and functions of the same values for functions. */
type Translation<T extends Words> = {
  readonly [K in keyof T]: T[K] extends (...values: infer V) => string ? (...values: V) => string : string;
};

/** A table of words in all languages, read in the language that the page has at that moment. */
export function inLanguages<T extends Words>(
  tables: { readonly en: T } & Readonly<Record<Exclude<Language, 'en'>, Translation<NoInfer<T>>>>,
): Translation<T> {
  const read = (key: string) => ({ get: () => tables[pageLanguage()][key], enumerable: true });
  const properties = Object.fromEntries(Object.keys(tables.en).map((key) => [key, read(key)]));
  return Object.defineProperties({} as Translation<T>, properties);
}

/** What the worker has chosen; the prelude of the task frame puts it there. */
const workerLanguage = Symbol.for('holdpoint.language');

/** `lang` of the root, of the body or of the form; the subtag for the region makes no difference. */
export function pageLanguage(): Language {
  const declared =
    document.documentElement.lang || document.body?.lang || document.querySelector('crowd-form')?.getAttribute('lang');
  const chosen = (document as { [workerLanguage]?: unknown })[workerLanguage];
  const subtag = (declared || (typeof chosen === 'string' ? chosen : undefined))?.toLowerCase().split('-')[0];
  return subtag === 'es' || subtag === 'de' || subtag === 'ja' ? subtag : 'en';
}
