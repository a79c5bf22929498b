import { type Json, stringifySorted } from '@holdpoint/protocol';
import { type FieldKind, inOrder, isRecord, type JsonRecord, sumOf, weightOf } from './field-kind.ts';
import { vote } from './vote.ts';

interface Form {
  /** The texts of keys, each with the texts of its values. */
  readonly pairs: ReadonlyMap<string, string>;
  readonly value: Json;
}

/**
 * `{ blocks: [] }` of the widget for Amazon Textract: keys and values are compared as text. Blocks refer to each other, so that
 * those of several answers cannot be mixed: the answer is taken whose pairs agree most with what most said of each key (the set
 * median of Kohonen, Median Strings, Pattern Recognition Letters 3(5), 1985).
 */
export const blocks: FieldKind<Form> = {
  kind: 'blocks',
  read(value) {
    if (!isRecord(value) || !Array.isArray(value.blocks)) return undefined;
    const list = value.blocks as Json[];
    return list.every((block): block is JsonRecord => isRecord(block) && typeof block.blockType === 'string')
      ? { pairs: pairsOf(list), value }
      : undefined;
  },
  similarity(a, b) {
    const names = new Set([...a.pairs.keys(), ...b.pairs.keys()]);
    if (names.size === 0) return 1;
    return [...names].filter((name) => a.pairs.get(name) === b.pairs.get(name)).length / names.size;
  },
  merge(given) {
    const total = weightOf(given);
    const names = [...new Set(given.flatMap(({ value }) => [...value.pairs.keys()]))].sort(inOrder);
    const votes = names.map((name) => {
      const { shares, winner } = vote(
        given.map(({ value, weight }) => ({ choice: JSON.stringify(value.pairs.get(name) ?? null), weight })),
      );
      return { name, winner, share: shares.get(winner)! };
    });
    const agrees = ({ pairs }: Form): number =>
      votes.filter(({ name, winner }) => JSON.stringify(pairs.get(name) ?? null) === winner).length;
    const ranked = given
      .map(({ value }) => ({ form: value, agrees: agrees(value), key: stringifySorted(value.value) }))
      .sort((a, b) => b.agrees - a.agrees || inOrder(a.key, b.key));
    const { form } = ranked[0]!;
    const shares = names.map((name) => {
      const alike = given.filter(({ value }) => value.pairs.get(name) === form.pairs.get(name));
      return [name, sumOf(alike.map(({ weight }) => weight)) / total] as const;
    });
    return { method: 'most-agreeing', merged: form, value: form.value, votes: Object.fromEntries(shares) };
  },
};

function pairsOf(list: readonly JsonRecord[]): Map<string, string> {
  const byId = new Map(list.flatMap((block) => (typeof block.id === 'string' ? [[block.id, block] as const] : [])));
  const related = (block: JsonRecord, type: string): JsonRecord[] =>
    asList(block.relationships)
      .filter((relation) => isRecord(relation) && relation.type === type)
      .flatMap((relation) => asList((relation as JsonRecord).ids))
      .flatMap((id) => (typeof id === 'string' && byId.has(id) ? [byId.get(id)!] : []));
  const textOf = (block: JsonRecord): string =>
    typeof block.text === 'string'
      ? block.text
      : related(block, 'CHILD')
          .map(({ text, selectionStatus }) => (typeof text === 'string' ? text : (selectionStatus ?? '')))
          .join(' ');
  const pairs = new Map<string, string>();
  for (const block of list) {
    if (block.blockType !== 'KEY_VALUE_SET' || !asList(block.entityTypes).includes('KEY')) continue;
    const key = normal(textOf(block));
    const value = normal(related(block, 'VALUE').map(textOf).join(' '));
    pairs.set(key, pairs.has(key) ? `${pairs.get(key)}\n${value}` : value);
  }
  return pairs;
}

const asList = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const normal = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
