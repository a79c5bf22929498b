// A text in the page, chunk by chunk, with its spans; says where in the text a place of the page is, and the other way round.
import { type Chunk, chunkIndexAt, cutIntoChunks } from './chunks.ts';
import type { Extent } from './segments.ts';
import type { Span } from './spans.ts';

/** How a span is drawn. */
export interface Look {
  readonly color: string;
  /** A short name, above its beginning. */
  readonly tag: string;
  readonly isSelected: boolean;
}

interface Piece {
  readonly start: number;
  readonly node: Text;
}

/** So many underlines find room below a line. */
const mostLevels = 4;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

export class TextView {
  readonly element = document.createElement('div');
  chunks: readonly Chunk[] = cutIntoChunks('');
  text = '';
  #blocks: HTMLElement[] = [];
  #pieces: Piece[][] = [];
  #starts = new WeakMap<Node, number>();

  constructor() {
    this.element.className = 'text-area';
    this.setText('');
  }

  setText(text: string): void {
    this.text = text;
    this.chunks = cutIntoChunks(text);
    this.#blocks = this.chunks.map(({ text }) => {
      const block = document.createElement('div');
      block.className = 'chunk';
      block.dir = 'auto';
      const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 90)), 0);
      block.style.containIntrinsicSize = `auto none auto ${lines * 2.25}rem`;
      return block;
    });
    this.#pieces = this.chunks.map(() => []);
    this.element.replaceChildren(...this.#blocks);
  }

  chunkAt(position: number): Chunk {
    return this.chunks[chunkIndexAt(this.chunks, position)]!;
  }

  /** Draws one chunk anew, and nothing else. */
  draw(index: number, spans: readonly Span[], lookOf: (span: Span) => Look): void {
    const chunk = this.chunks[index]!;
    const drawn = [...spans].sort((a, b) => a.start - b.start || b.end - a.end || a.id - b.id);
    const levels = levelsOf(drawn);
    const borders = new Set([chunk.start, chunk.end]);
    for (const { start, end } of drawn) borders.add(Math.max(start, chunk.start)).add(Math.min(end, chunk.end));
    const cuts = [...borders].sort((a, b) => a - b);
    const pieces: Piece[] = [];
    const nodes = cuts.slice(0, -1).map((start, at) => {
      const end = cuts[at + 1]!;
      const node = document.createTextNode(this.text.slice(start, end));
      pieces.push({ start, node });
      this.#starts.set(node, start);
      const over = drawn.filter((span) => span.start <= start && end <= span.end);
      if (over.length === 0) return node;
      const begun = over.filter((span) => span.start === start);
      const next = drawn.find((span) => span.start > start)?.start ?? Number.POSITIVE_INFINITY;
      return drawPiece(node, over, levels, lookOf, drawTags(begun, next - start, lookOf));
    });
    this.#pieces[index] = pieces;
    this.#blocks[index]!.replaceChildren(...nodes);
  }

  /** The node and the offset in it of a position. */
  pointOf(position: number): [node: Text, offset: number] | undefined {
    const pieces = this.#pieces[chunkIndexAt(this.chunks, position)];
    const piece = pieces?.findLast(({ start }) => start <= position);
    return piece && [piece.node, Math.min(position - piece.start, piece.node.length)];
  }

  /** The position of a boundary point, which may lie outside the text. */
  positionOf(node: Node, offset: number): number {
    const start = this.#starts.get(node);
    if (start !== undefined) return start + offset;
    if (!this.element.contains(node)) {
      const isBefore = this.element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
      return isBefore ? 0 : this.text.length;
    }
    const range = document.createRange();
    range.setStart(node, Math.min(offset, node.nodeType === Node.TEXT_NODE ? 0 : node.childNodes.length));
    const index = this.#blocks.findIndex((block) => block.contains(node) || range.comparePoint(block, 0) >= 0);
    if (index < 0) return this.text.length;
    const piece = this.#pieces[index]!.find(({ node }) => range.comparePoint(node, node.length) >= 0);
    return piece?.start ?? this.chunks[index]!.end;
  }

  /** The position nearest to a point of the window. */
  positionAt(x: number, y: number): number | undefined {
    const root = this.element.getRootNode();
    const found = document.caretPositionFromPoint?.(x, y, root instanceof ShadowRoot ? { shadowRoots: [root] } : {});
    if (!found || !this.element.contains(found.offsetNode)) return undefined;
    // What stands above a line is no place in it.
    if (found.offsetNode.parentElement?.closest('.tags')) return undefined;
    return this.positionOf(found.offsetNode, found.offset);
  }

  range({ start, end }: Extent): Range | undefined {
    const from = this.pointOf(start);
    const to = this.pointOf(end);
    if (!from || !to) return undefined;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    return range;
  }

  /** Where a caret at a position stands: a line without width. */
  caretRect(position: number): DOMRect | undefined {
    const chunk = this.chunkAt(position);
    const isAtEnd = position >= chunk.end;
    const at = isAtEnd ? position - 1 : position;
    const size = (this.text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    const rects = this.range({ start: at, end: Math.min(at + size, chunk.end) })?.getClientRects();
    // A character at the end of a line may have a rectangle there as well as one on the next line.
    const rect = rects?.[rects.length - 1];
    if (!rect) return this.#blocks[chunkIndexAt(this.chunks, position)]?.getBoundingClientRect();
    const isRightToLeft = rightToLeft.test(this.text.slice(at, at + size));
    return new DOMRect(isAtEnd === isRightToLeft ? rect.left : rect.right, rect.top, 0, rect.height);
  }

  isRightToLeft(position: number): boolean {
    const block = this.#blocks[chunkIndexAt(this.chunks, position)];
    return block !== undefined && getComputedStyle(block).direction === 'rtl';
  }
}

/** Spans that overlap are underlined at different heights. */
function levelsOf(spans: readonly Span[]): ReadonlyMap<number, number> {
  const levels = new Map<number, number>();
  const ends: number[] = [];
  for (const { id, start, end } of spans) {
    const free = ends.findIndex((taken) => taken <= start);
    const level = free < 0 ? ends.length : free;
    ends[level] = end;
    levels.set(id, level);
  }
  return levels;
}

function drawPiece(
  node: Text,
  spans: readonly Span[],
  levels: ReadonlyMap<number, number>,
  lookOf: (span: Span) => Look,
  tags: Node | undefined,
): HTMLElement {
  const piece = document.createElement('span');
  const lines = spans.map((span) => ({
    level: Math.min(levels.get(span.id) ?? 0, mostLevels - 1),
    look: lookOf(span),
  }));
  const innermost = lines.at(-1)!;
  piece.className = lines.some(({ look }) => look.isSelected) ? 'span selected' : 'span';
  piece.style.setProperty('--span', innermost.look.color);
  piece.style.setProperty('--levels', String(1 + Math.max(...lines.map(({ level }) => level))));
  piece.style.backgroundImage = lines.map(({ look }) => `linear-gradient(${look.color}, ${look.color})`).join(', ');
  piece.style.backgroundPosition = lines.map(({ level }) => `0 calc(100% - ${level * 4}px)`).join(', ');
  piece.append(...(tags ? [tags, node] : [node]));
  return piece;
}

/** Short names and crosses above the beginning of spans; for eyes and pointers only, since the list of marks has them too. */
function drawTags(spans: readonly Span[], room: number, lookOf: (span: Span) => Look): HTMLElement | undefined {
  if (spans.length === 0) return undefined;
  const tags = document.createElement('span');
  tags.className = 'tags';
  tags.ariaHidden = 'true';
  // They must not cover those of the next span; with the pointer over them they show all.
  if (room < 40) tags.style.setProperty('--room', `${(room * 0.5).toFixed(1)}rem`);
  for (const span of spans) {
    const { color, tag, isSelected } = lookOf(span);
    if (isSelected) tags.classList.add('selected');
    const element = document.createElement('span');
    element.className = isSelected ? 'tag selected' : 'tag';
    element.dataset.span = String(span.id);
    element.style.setProperty('--span', color);
    const name = document.createElement('span');
    name.className = 'tag-name';
    name.textContent = tag;
    const cross = document.createElement('span');
    cross.className = 'cross';
    cross.textContent = '×';
    element.append(name, cross);
    tags.append(element);
  }
  return tags;
}
