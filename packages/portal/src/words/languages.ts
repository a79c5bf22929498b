/** The languages of the portal, each by its own name. */
export const languages = { en: 'English', es: 'Español', de: 'Deutsch', ja: '日本語' } as const;
export type Language = keyof typeof languages;

export const isLanguage = (tag: unknown): tag is Language => typeof tag === 'string' && Object.hasOwn(languages, tag);

/** The first language of a list of tags that is there, else English. */
export const firstKnown = (tags: readonly string[]): Language =>
  tags.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
