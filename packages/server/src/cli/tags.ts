import { UsageError } from './usage-error.ts';

/** The wire's tags of `--tag KEY=VALUE` options. @throws UsageError for one without a key, or a key given twice. */
export function parseTags(given: readonly string[] = []): { Key: string; Value: string }[] {
  const tags = new Map<string, string>();
  for (const text of given) {
    const cut = text.indexOf('=');
    const key = text.slice(0, cut);
    if (cut < 1) throw new UsageError(`--tag takes KEY=VALUE, not '${text}'.`);
    if (tags.has(key)) throw new UsageError(`--tag names ${key} twice.`);
    tags.set(key, text.slice(cut + 1));
  }
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
