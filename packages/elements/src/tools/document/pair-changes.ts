// What a worker has done to the pairs of a page, as JSON that can be put back later.
import { isPlainObject } from '../../base.ts';
import type { Area } from './areas.ts';
import { addedPair, type Pair, type Part } from './pairs.ts';

type Change = Pick<Pair, 'id' | 'origin' | 'key' | 'value' | 'isBlank' | 'isRejected'> & {
  /** Of each check box, whether it is ticked. */
  readonly ticks: readonly boolean[];
};

export interface PairChanges {
  readonly pairs: readonly Change[];
  /** The ids of new blocks, by what they stand for. */
  readonly ids: Readonly<Record<string, string>>;
}

export const changeOf = ({ id, origin, key, value, isBlank, isRejected, selections }: Pair): Change => ({
  id,
  origin,
  key,
  value,
  isBlank,
  isRejected,
  ticks: selections.map(({ isSelected }) => isSelected),
});

/** Whether it looks like what `changeOf` has made: what came back through other hands is not believed. */
export const isPairChanges = (value: unknown): value is PairChanges =>
  isPlainObject(value) && isPlainObject(value.ids) && Array.isArray(value.pairs) && value.pairs.every(isChange);

const isChange = (value: unknown): boolean =>
  isPlainObject(value) &&
  Number.isInteger(value.id) &&
  [value.key, value.value].every((part) => isPlainObject(part) && typeof part.text === 'string' && isArea(part.area)) &&
  Array.isArray(value.ticks);

const isArea = (area: unknown): boolean =>
  area === undefined ||
  (Array.isArray(area) && area.every((point) => isPlainObject(point) && [point.x, point.y].every(Number.isFinite)));

/** @param first the pair as it was given; undefined for one that was added */
export function changed({ id, key, value, ticks, isBlank, isRejected }: Change, first: Pair | undefined): Pair {
  const before = first ?? addedPair(id);
  return {
    ...before,
    key: samePlace(key, before.key),
    value: samePlace(value, before.value),
    isBlank,
    isRejected,
    selections: before.selections.map((each, index) => ({ ...each, isSelected: ticks[index] ?? each.isSelected })),
  };
}

/** An area that is not another one is the same object: that is how answers tell. */
function samePlace({ text, area }: Part, before: Part): Part {
  const isSame = JSON.stringify(area as Area | undefined) === JSON.stringify(before.area);
  return { text, area: isSame ? before.area : area };
}
