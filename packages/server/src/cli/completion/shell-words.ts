import type { CommandNode, Value } from './command-tree.ts';

/** The options after which a script repeats what was given, so that names come from the same server. */
export const serverFlags = ['--data', '--endpoint-url', '--profile', '--region'];

/** In single quotes, as bash and zsh take them. */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A value in words that the scripts read: `file`, `folder`, `anything`, `words a b`, `names flows`. */
export function valueWords(value: Value): string {
  if (value.kind === 'words') return `words ${value.words.join(' ')}`;
  return value.kind === 'names' ? `names ${value.of}` : value.kind;
}

/** What follows an option or stands in a place, for `case` in bash and zsh: `flow create --template` or `flow show 1`. */
export function valueCases(tree: readonly CommandNode[]): string {
  const exact = new Map<string, string[]>();
  // Last, since they fit every place: `worker workteams ` and a number.
  const further = new Map<string, string[]>();
  for (const { path, options, places, variadic } of tree) {
    for (const { flags, value } of options)
      if (value !== undefined) for (const flag of flags) add(exact, value, quote(`${path} ${flag}`));
    for (const [index, value] of places.entries()) {
      if (variadic && index === places.length - 1) add(further, value, `${quote(`${path} `)}[0-9]*`);
      else add(exact, value, quote(`${path} ${index + 1}`));
    }
  }
  return [...exact, ...further].map(([words, keys]) => `    ${keys.join('|')}) value=${quote(words)} ;;`).join('\n');
}

function add(cases: Map<string, string[]>, value: Value, key: string): void {
  const words = valueWords(value);
  cases.set(words, [...(cases.get(words) ?? []), key]);
}
