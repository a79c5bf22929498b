// Keys with their values, as a worker goes through them. A pair is never changed: each edit makes another one of the same id.
import { type Area, readArea } from './areas.ts';
import { type Block, type Blocks, blocksOf, childrenOf, idOf, idsOf, isPart, textOf } from './blocks.ts';
import { type ImportantKey, undetected } from './important-keys.ts';

export type PartName = 'key' | 'value';

export interface Part {
  readonly text: string;
  readonly area: Area | undefined;
}

/** A check box on the page. */
export interface Selection {
  readonly id: string;
  readonly isSelected: boolean;
}

export interface Pair {
  /** Unique within the element. */
  readonly id: number;
  /** It was read off the page, or is a key that was looked for in vain, or was put in by the worker. */
  readonly origin: 'given' | 'sought' | 'added';
  /** The block of the key, of a given pair. */
  readonly keyId: string;
  /** The blocks of the value; none, or one in nearly all documents. */
  readonly valueIds: readonly string[];
  readonly key: Part;
  readonly value: Part;
  readonly selections: readonly Selection[];
  /** The value is known to be empty. */
  readonly isBlank: boolean;
  /** The worker says that this is no pair, or that the key is not on the page. */
  readonly isRejected: boolean;
  /** Other names of a key that is looked for. */
  readonly aliases: readonly string[];
}

export const isSelectionOnly = ({ selections, value }: Pair): boolean => selections.length > 0 && value.text === '';

/**
 * A given pair counts as it is unless the worker says otherwise: a page has dozens of them, most are right, and whoever had to
 * press something forty times would soon press without looking. What nobody has proposed an answer for must be answered: a key
 * that was looked for in vain needs a value, “blank” or “not found”, and a pair needs the text of its key, since programs stumble
 * over a key without any.
 */
export function isOpen(pair: Pair, first: Pair | undefined): boolean {
  if (pair.isRejected) return false;
  if (pair.key.text.trim() === '' && first?.key.text !== pair.key.text) return true;
  return pair.origin === 'sought' && !pair.isBlank && pair.value.text.trim() === '';
}

const none = {
  keyId: '',
  valueIds: [],
  value: { text: '', area: undefined },
  selections: [],
  isBlank: false,
  isRejected: false,
  aliases: [],
} as const;

export const addedPair = (id: number): Pair => ({ ...none, id, origin: 'added', key: none.value });

export interface Pairs {
  readonly pairs: readonly Pair[];
  /** How many keys and values have a geometry that says nothing. */
  readonly misplaced: number;
}

/** The pairs of a page from top to bottom, after the keys that are looked for. Their ids are their places. */
export function pairsOf(blocks: Blocks, keys: readonly ImportantKey[]): Pairs {
  const given = blocks.all.filter((block) => isPart(block, 'KEY') && blocks.byId.get(idOf(block)) === block);
  let misplaced = 0;
  const areaOf = (block: Block | undefined): Area | undefined => {
    const area = readArea(block?.geometry);
    if (area !== 'misplaced') return area;
    misplaced += 1;
    return undefined;
  };
  const read = given.map((block): Omit<Pair, 'id'> => {
    const values = blocksOf(idsOf(block, 'VALUE'), blocks);
    const children = values.flatMap((value) => childrenOf(value, blocks));
    const selections = children.filter(({ blockType }) => blockType === 'SELECTION_ELEMENT');
    const text = textOf(children);
    return {
      ...none,
      origin: 'given',
      keyId: idOf(block),
      valueIds: values.map(idOf),
      key: { text: textOf(childrenOf(block, blocks)), area: areaOf(block) },
      value: { text, area: areaOf(values[0]) },
      selections: selections.map((each) => ({ id: idOf(each), isSelected: each.selectionStatus === 'SELECTED' })),
      isBlank: text === '' && selections.length === 0,
    };
  });
  const missing = undetected(
    keys,
    read.map(({ key }) => key.text),
  );
  const sought = missing.map(
    ({ name, aliases }): Omit<Pair, 'id'> => ({
      ...none,
      origin: 'sought',
      key: { text: name.trim(), area: undefined },
      aliases,
    }),
  );
  const pairs = [...sought, ...read.sort(byPlace)].map((pair, id) => ({ ...pair, id }));
  return { pairs, misplaced };
}

/** So much of the page's height is one line of writing, roughly. */
const line = 0.012;

function byPlace({ key: a }: Omit<Pair, 'id'>, { key: b }: Omit<Pair, 'id'>): number {
  const [[rowA, leftA], [rowB, leftB]] = [placeOf(a.area), placeOf(b.area)];
  return rowA === rowB ? (leftA === leftB ? 0 : leftA - leftB) : rowA - rowB;
}

/** What has no place comes last, in the order in which it was given. */
function placeOf(area: Area | undefined): [row: number, left: number] {
  if (area === undefined) return [Number.MAX_VALUE, 0];
  const middle = area.reduce((sum, { y }) => sum + y, 0) / area.length;
  return [Math.round(middle / line), Math.min(...area.map(({ x }) => x))];
}
