import { isRecord } from '@holdpoint/protocol';
import type { DocumentFacts, FormPair, JsonMembers } from './condition-tree.ts';

interface Block {
  readonly index: number;
  readonly members: JsonMembers;
}

/**
 * The pairs of keys and values in a response of `AnalyzeDocument` (Textract developer guide, "Form data"): a block
 * KEY_VALUE_SET of entity type KEY leads to its words by CHILD and to its value by VALUE, which leads to its own words by CHILD.
 * Nothing is followed further, so that relationships in a circle cannot keep us; they are doubted, as are ids that lead nowhere.
 *
 * Takes time linear in the response.
 */
export function documentFacts(response: unknown, doubt: (reason: string) => void): DocumentFacts {
  const blocks = isRecord(response) && Object.hasOwn(response, 'Blocks') ? response.Blocks : undefined;
  if (!Array.isArray(blocks)) {
    doubt('The response holds no list named Blocks.');
    return { kind: 'document', pairs: [] };
  }
  if (blocks.length === 0) doubt('The list Blocks of the response is empty.');
  const byId = new Map<string, Block>();
  const keys: Block[] = [];
  for (const [index, members] of blocks.entries()) {
    if (!isRecord(members)) {
      doubt(`Blocks[${index}] is not an object.`);
      continue;
    }
    const { Id: id } = members;
    if (typeof id !== 'string' || id === '') doubt(`Blocks[${index}] has no Id.`);
    else if (byId.has(id)) doubt(`Blocks[${index}] has the Id of another block: '${id}'.`);
    else byId.set(id, { index, members });
    if (typeof members.BlockType !== 'string') doubt(`Blocks[${index}] has no BlockType.`);
    if (isKey(members)) keys.push({ index, members });
  }
  return { kind: 'document', pairs: keys.map((key) => readPair(key, byId, doubt)) };
}

function readPair(key: Block, byId: ReadonlyMap<string, Block>, doubt: (reason: string) => void): FormPair {
  const seen = new Set<Block | undefined>([byId.get(String(key.members.Id))]);
  const found = [key.index];
  const follow = (from: Block, type: string): Block[] =>
    relatedIds(from, type, doubt).flatMap((id) => {
      const block = byId.get(id);
      if (!block) doubt(`${nameOf(from)} leads to the block '${id}', which is missing.`);
      else if (seen.has(block)) doubt(`The relationships of ${nameOf(from)} lead back to '${id}'.`);
      else {
        seen.add(block);
        found.push(block.index);
        return [block];
      }
      return [];
    });
  const words = follow(key, 'CHILD').filter(isWord);
  const values = follow(key, 'VALUE');
  const valueWords = values.flatMap((value) => follow(value, 'CHILD').filter(isWord));
  return {
    key: words.map(({ members }) => textOf(members)).join(' '),
    keyId: String(key.members.Id),
    confidence: key.members.Confidence,
    words: [...words, ...valueWords].map(({ members }) => members),
    blocks: found,
  };
}

const isKey = ({ BlockType, EntityTypes }: JsonMembers): boolean =>
  BlockType === 'KEY_VALUE_SET' && Array.isArray(EntityTypes) && EntityTypes.includes('KEY');

const isWord = ({ members }: Block): boolean => members.BlockType === 'WORD';

const textOf = ({ Text }: JsonMembers): string => (typeof Text === 'string' ? Text : '');

const nameOf = ({ index, members }: Block): string =>
  typeof members.Id === 'string' ? `the block '${members.Id}'` : `Blocks[${index}]`;

function relatedIds(block: Block, type: string, doubt: (reason: string) => void): readonly string[] {
  const { Relationships: relationships } = block.members;
  if (relationships === undefined || relationships === null) return [];
  if (!Array.isArray(relationships)) {
    doubt(`The Relationships of ${nameOf(block)} are not a list.`);
    return [];
  }
  return relationships.flatMap((relationship): string[] => {
    if (!isRecord(relationship) || relationship.Type !== type) return [];
    const { Ids: ids } = relationship;
    if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
    doubt(`A relationship of ${nameOf(block)} has no list of Ids.`);
    return [];
  });
}
