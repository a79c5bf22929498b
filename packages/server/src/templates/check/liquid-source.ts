// A template's Liquid by its places, and the HTML around it.

import { type Liquid, Tokenizer, TypeGuards } from 'liquidjs';

/** `{{ … }}`, `{% … %}`, or a whole comment. */
export interface LiquidPart {
  readonly kind: 'output' | 'tag' | 'comment';
  readonly begin: number;
  readonly end: number;
}

/** One branch of a block that a place lies in. */
export interface Branch {
  readonly block: string;
  /** The same for all branches of one block. */
  readonly id: number;
  readonly branch: number;
  readonly outer: Branch | undefined;
}

export interface LiquidSource {
  readonly outputs: readonly LiquidPart[];
  /**
   * The HTML with fillers of the same length where Liquid was, so that every place in it is one in the template: spaces for
   * tags and comments, a letter of its own for what is printed.
   */
  readonly html: string;
  /** The innermost branch around a place. */
  branchAt(offset: number): Branch | undefined;
  /** The parts that lie in a range. */
  partsIn(begin: number, end: number): readonly LiquidPart[];
}

/** Stands for every character of an output; no template holds it, and HTML takes it for a letter. */
const printed = '\uE000';

const blocks = new Set(['if', 'unless', 'case', 'for', 'tablerow', 'capture']);
const branches = new Set(['else', 'elsif', 'when']);

/** @returns undefined when some delimiter is not closed: then it is unknown what is Liquid and what is HTML */
export function readLiquid(source: string, liquid: Liquid): LiquidSource | undefined {
  const tokens = tokensOf(source, liquid);
  if (!tokens) return undefined;
  const parts: LiquidPart[] = [];
  const changes: { at: number; branch: Branch | undefined }[] = [{ at: 0, branch: undefined }];
  let current: Branch | undefined;
  let lastId = 0;
  let comment: number | undefined;

  const enter = (branch: Branch | undefined, at: number): void => {
    current = branch;
    changes.push({ at, branch });
  };
  for (const token of tokens) {
    const { begin, end } = token;
    const name = TypeGuards.isTagToken(token) ? token.name : undefined;
    if (comment !== undefined) {
      if (name !== 'endcomment') continue;
      parts.push({ kind: 'comment', begin: comment, end });
      comment = undefined;
    } else if (name === 'comment') comment = begin;
    else if (TypeGuards.isOutputToken(token)) parts.push({ kind: 'output', begin, end });
    else if (name !== undefined) {
      parts.push({ kind: 'tag', begin, end });
      if (blocks.has(name)) enter({ block: name, id: ++lastId, branch: 0, outer: current }, end);
      else if (current && branches.has(name)) enter({ ...current, branch: current.branch + 1 }, end);
      else if (current && name === `end${current.block}`) enter(current.outer, end);
    }
  }
  return {
    outputs: parts.filter(({ kind }) => kind === 'output'),
    html: mask(source, parts),
    branchAt: (offset) => changes[lastAtOrBefore(changes, ({ at }) => at <= offset)]?.branch,
    partsIn(begin, end) {
      const found: LiquidPart[] = [];
      for (let index = lastAtOrBefore(parts, (part) => part.end <= begin) + 1; index < parts.length; index++) {
        const part = parts[index] as LiquidPart;
        if (part.begin >= end) break;
        found.push(part);
      }
      return found;
    },
  };
}

function tokensOf(source: string, liquid: Liquid) {
  try {
    return new Tokenizer(source, liquid.options.operators).readTopLevelTokens(liquid.options);
  } catch {
    // The parser says what is wrong.
    return undefined;
  }
}

function mask(source: string, parts: readonly LiquidPart[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { kind, begin, end } of parts) {
    pieces.push(source.slice(at, begin), (kind === 'output' ? printed : ' ').repeat(end - begin));
    at = end;
  }
  return [...pieces, source.slice(at)].join('');
}

/** The index of the last item for which `holds` is true, when it is true for the first ones and false for the rest; or -1. */
function lastAtOrBefore<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] as Item)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether at most one of two places is ever part of the page, because they lie in different branches of one block. */
export function areAlternatives(a: Branch | undefined, b: Branch | undefined): boolean {
  const taken = new Map<number, number>();
  for (let each = a; each; each = each.outer) taken.set(each.id, each.branch);
  for (let each = b; each; each = each.outer) {
    const branch = taken.get(each.id);
    if (branch !== undefined && branch !== each.branch) return true;
  }
  return false;
}

/** Whether what stands there may be part of the page more than once. */
export const isRepeated = (branch: Branch | undefined): boolean => loopAround(branch) !== undefined;

/** The innermost loop around a place. */
export function loopAround(branch: Branch | undefined): Branch | undefined {
  let each = branch;
  while (each && each.block !== 'for' && each.block !== 'tablerow') each = each.outer;
  return each;
}

/** Whether a place lies in a block, in whichever of its branches. */
export function isAround({ id }: Branch, place: Branch | undefined): boolean {
  for (let each = place; each; each = each.outer) if (each.id === id) return true;
  return false;
}
