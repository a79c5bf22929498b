// What the pairs have become, as blocks. Whatever nobody has touched is the very block that was given.
import { type Area, geometryOf } from './areas.ts';
import { type Block, type Blocks, idOf, relationshipsOf } from './blocks.ts';
import type { Pair, Selection } from './pairs.ts';

/** A new id that stays the same for the same slot, so that reading an answer twice gives the same. */
export type IdFor = (slot: string) => string;

/**
 * Blocks that are no part of a pair always stay: tables and lines refer to the same words. New blocks follow at the end.
 *
 * @param first the pairs as they were given, by their ids
 */
export function answerBlocks(
  blocks: Blocks,
  pairs: readonly Pair[],
  first: ReadonlyMap<number, Pair>,
  idFor: IdFor,
): readonly Block[] {
  const changed = new Map<string, Block>();
  const kept = new Set<string>();
  const dropped = new Set<string>();
  const added: Block[] = [];
  for (const pair of pairs) {
    const before = first.get(pair.id);
    if (pair.isRejected) for (const id of [pair.keyId, ...pair.valueIds]) dropped.add(id);
    else if (pair.origin === 'given' && before) editGiven(pair, before);
    else added.push(...newPair(pair, idFor));
  }

  function editGiven(pair: Pair, before: Pair): void {
    const { keyId, valueIds } = pair;
    for (const id of valueIds) kept.add(id);
    for (const [index, { id, isSelected }] of pair.selections.entries()) {
      if (before.selections[index]!.isSelected !== isSelected)
        changed.set(id, { ...blocks.byId.get(id)!, selectionStatus: isSelected ? 'SELECTED' : 'NOT_SELECTED' });
    }
    const givenKey = blocks.byId.get(keyId)!;
    const givenValue = blocks.byId.get(valueIds[0] ?? '') ?? newPart('VALUE', idFor(`${pair.id}.v`));
    let [key, value] = [givenKey, givenValue];
    if (pair.key.text !== before.key.text) {
      const children = childText(`${pair.id}.key`, pair.key.text, idFor);
      added.push(...children);
      key = withText(key, pair.key.text, children);
    }
    if (pair.value.text !== before.value.text || pair.isBlank !== before.isBlank) {
      const text = pair.isBlank ? '' : pair.value.text;
      const children = childText(`${pair.id}.value`, text, idFor);
      added.push(...children);
      value = withText(value, text, children, pair.isBlank ? [] : pair.selections);
      // The text of all parts is in the first one now.
      for (const id of valueIds.slice(1)) {
        kept.delete(id);
        dropped.add(id);
      }
    }
    if (pair.key.area !== before.key.area) key = withArea(key, pair.key.area);
    if (pair.value.area !== before.value.area) value = withArea(value, pair.value.area);
    if (value !== givenValue && valueIds.length === 0) {
      added.push(value);
      key = withValue(key, idOf(value));
    } else if (value !== givenValue) changed.set(idOf(value), value);
    if (key !== givenKey) changed.set(keyId, key);
  }

  for (const id of kept) dropped.delete(id);
  dropped.delete('');
  // Two blocks of one id: only the first one was part of a pair.
  const isDropped = (block: Block): boolean => dropped.has(idOf(block)) && blocks.byId.get(idOf(block)) === block;
  const whole = blocks.all.filter((block) => !isDropped(block)).map((block) => changed.get(idOf(block)) ?? block);
  return [...(dropped.size === 0 ? whole : whole.map((block) => withoutReferences(block, dropped))), ...added];
}

function newPair(pair: Pair, idFor: IdFor): Block[] {
  const valueId = idFor(`${pair.id}.v`);
  const valueText = pair.isBlank ? '' : pair.value.text;
  const keyChildren = childText(`${pair.id}.key`, pair.key.text, idFor);
  const valueChildren = childText(`${pair.id}.value`, valueText, idFor);
  const key = withValue(withText(newPart('KEY', idFor(`${pair.id}.k`)), pair.key.text, keyChildren), valueId);
  const value = withText(newPart('VALUE', valueId), valueText, valueChildren);
  return [withArea(key, pair.key.area), withArea(value, pair.value.area), ...keyChildren, ...valueChildren];
}

const newPart = (entity: 'KEY' | 'VALUE', id: string): Block => ({
  blockType: 'KEY_VALUE_SET',
  entityTypes: [entity],
  id,
});

/**
 * Text as children: its words, then the line that they make. Of the two programs that are known to read these answers, one looks
 * for words only, and the other lets the last line stand for all before it: both read the text once, and right.
 */
function childText(slot: string, text: string, idFor: IdFor): readonly Block[] {
  const words = text.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const blocks = words.map((word, index): Block => ({ blockType: 'WORD', id: idFor(`${slot}.${index}`), text: word }));
  const relationships = [{ ids: blocks.map(idOf), type: 'CHILD' }];
  return [...blocks, { blockType: 'LINE', id: idFor(`${slot}.line`), relationships, text: words.join(' ') }];
}

/** A blank value has no children at all. */
function withText(
  block: Block,
  text: string,
  children: readonly Block[],
  selections: readonly Selection[] = [],
): Block {
  const { text: _text, relationships: _relationships, ...rest } = block;
  const ids = [...selections.map(({ id }) => id), ...children.map(idOf)];
  const others = relationshipsOf(block).filter(({ type }) => type !== 'CHILD');
  const relationships = ids.length === 0 ? others : [...others, { ids, type: 'CHILD' }];
  return {
    ...rest,
    ...(relationships.length > 0 && { relationships }),
    ...(children.length > 0 && { text: text.trim() }),
  };
}

const withArea = (block: Block, area: Area | undefined): Block =>
  area === undefined ? block : { ...block, geometry: geometryOf(area) };

const withValue = (block: Block, valueId: string): Block => ({
  ...block,
  relationships: [{ ids: [valueId], type: 'VALUE' }, ...relationshipsOf(block).filter(({ type }) => type !== 'VALUE')],
});

/** A page refers to its pairs: whoever follows that would look for what is gone. */
function withoutReferences(block: Block, dropped: ReadonlySet<string>): Block {
  const relationships = relationshipsOf(block);
  if (!relationships.some(({ ids }) => ids.some((id) => dropped.has(id)))) return block;
  const left = relationships
    .map(({ type, ids }) => ({ ids: ids.filter((id) => !dropped.has(id)), type }))
    .filter(({ ids }) => ids.length > 0);
  return { ...block, relationships: left };
}
