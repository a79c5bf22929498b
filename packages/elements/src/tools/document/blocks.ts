// What a page was read as: blocks that refer to each other by id. Pairs are blocks of their own, whose text is in others.
import { isPlainObject } from '../../base.ts';

export type Block = Readonly<Record<string, unknown>>;

interface Relationship {
  readonly type: string;
  readonly ids: readonly string[];
}

export interface Blocks {
  /** In the order in which they were given, with keys in lower camel case. */
  readonly all: readonly Block[];
  readonly byId: ReadonlyMap<string, Block>;
  /** How many entries were no blocks and are left out. */
  readonly unreadable: number;
  /** Ids that more than one block has; the first block counts. */
  readonly repeated: readonly string[];
}

/** Answers of this task have their blocks below this key. */
export const answerKey = 'AWS/Textract/AnalyzeDocument/Forms/V1';

/** A list of blocks, or a response or an answer that has one; undefined for anything else. */
export function readBlocks(value: unknown): Blocks | undefined {
  const list = listIn(value);
  if (list === undefined) return undefined;
  const all: Block[] = [];
  const byId = new Map<string, Block>();
  const repeated = new Set<string>();
  for (const entry of list) {
    if (!isPlainObject(entry)) continue;
    const block = lowerCamel(entry) as Block;
    all.push(block);
    const id = idOf(block);
    if (byId.has(id)) repeated.add(id);
    else if (id !== '') byId.set(id, block);
  }
  return { all, byId, unreadable: list.length - all.length, repeated: [...repeated] };
}

function listIn(value: unknown): readonly unknown[] | undefined {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return value;
  if (!isPlainObject(value)) return undefined;
  const within = value.blocks ?? value.Blocks ?? value[answerKey];
  return within === undefined || within === null ? undefined : listIn(within);
}

/** The service itself writes `BlockType`, the task's input `blockType`: programs read the second. */
function lowerCamel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCamel);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.charAt(0).toLowerCase() + key.slice(1), lowerCamel(each)]),
  );
}

export const idOf = (block: Block): string =>
  typeof block.id === 'string' || typeof block.id === 'number' ? String(block.id) : '';

export const isPart = (block: Block, entity: 'KEY' | 'VALUE'): boolean =>
  block.blockType === 'KEY_VALUE_SET' && Array.isArray(block.entityTypes) && block.entityTypes.includes(entity);

export function relationshipsOf({ relationships }: Block): readonly Relationship[] {
  if (!Array.isArray(relationships)) return [];
  return relationships.filter(isPlainObject).map(({ type, ids }) => ({
    type: String(type ?? ''),
    ids: Array.isArray(ids) ? ids.map(String) : [],
  }));
}

/** The ids that a block refers to in one way, in order. */
export const idsOf = (block: Block, type: 'CHILD' | 'VALUE'): readonly string[] =>
  relationshipsOf(block).flatMap((each) => (each.type === type ? each.ids : []));

/** The blocks with these ids, as far as there are any. */
export const blocksOf = (ids: readonly string[], { byId }: Blocks): readonly Block[] =>
  ids.map((id) => byId.get(id)).filter((block) => block !== undefined);

export const childrenOf = (block: Block, blocks: Blocks): readonly Block[] => blocksOf(idsOf(block, 'CHILD'), blocks);

/** The words of the children in order; lines have theirs already, so that they count alone where there are any. */
export function textOf(children: readonly Block[]): string {
  const lines = children.filter(({ blockType }) => blockType === 'LINE');
  const spoken = lines.length > 0 ? lines : children.filter(({ blockType }) => blockType === 'WORD');
  return spoken
    .map(({ text }) => String(text ?? ''))
    .join(' ')
    .trim();
}
