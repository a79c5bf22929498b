// The locale in which numbers and times are written: the browser's own where it is one of the language of the page.

let current = 'en';

/** @param wanted the browser's, in the order of preference */
export function setLocale(language: string, wanted: readonly string[]): void {
  current = localeOf(language, wanted);
}

/** The first of those that are wanted that is one of the language, else the language itself. */
export const localeOf = (language: string, wanted: readonly string[]): string =>
  wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;

const made = new Map<string, unknown>();

/** One formatter for each locale and use: to make one takes longer than to use it. */
export function formatter<Format>(use: string, make: (locale: string) => Format, locale = current): Format {
  const key = `${locale} ${use}`;
  if (!made.has(key)) made.set(key, make(locale));
  return made.get(key) as Format;
}

export const numberText = (value: number): string =>
  formatter('number', (tag) => new Intl.NumberFormat(tag)).format(value);
