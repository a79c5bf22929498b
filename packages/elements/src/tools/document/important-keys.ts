// The keys that a document should have, with the other names that they go by.
import { isPlainObject } from '../../base.ts';

export interface ImportantKey {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** A list of objects, or of texts; undefined for anything else. */
export function readImportantKeys(value: unknown): readonly ImportantKey[] | undefined {
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value)) return undefined;
  const keys = value.map(keyOf);
  // `*` stands for all keys of a document: there is nothing to look for.
  return keys.filter(({ name }, at) => {
    const same = sameness(name);
    return same !== '' && name.trim() !== '*' && keys.findIndex((each) => sameness(each.name) === same) === at;
  });
}

function keyOf(entry: unknown): ImportantKey {
  if (!isPlainObject(entry)) return { name: typeof entry === 'string' ? entry : '', aliases: [] };
  const name = entry.importantFormKey ?? entry.ImportantFormKey;
  const aliases = entry.importantFormKeyAliases ?? entry.ImportantFormKeyAliases;
  return {
    name: typeof name === 'string' ? name : '',
    aliases: Array.isArray(aliases) ? aliases.filter((alias) => typeof alias === 'string' && alias.trim() !== '') : [],
  };
}

/** The keys that none of the texts on the page is. */
export function undetected(keys: readonly ImportantKey[], texts: readonly string[]): readonly ImportantKey[] {
  const found = new Set(texts.map(sameness));
  return keys.filter(({ name, aliases }) => ![name, ...aliases].some((each) => found.has(sameness(each))));
}

/** Forms write `NAME:` for what is looked for as `Name`. */
const sameness = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\s*[:：]+$/, '')
    .toLowerCase();
