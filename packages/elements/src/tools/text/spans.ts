// The marked spans, in the order of the answer, and by the chunks of the text that they touch.
import { type Chunk, chunkIndexAt } from './chunks.ts';

/** Positions count UTF-16 units of the text. A span never changes; another one of the same id takes its place. */
export interface Span {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

const byPlace = (a: Span, b: Span): number => a.start - b.start || a.end - b.end || a.id - b.id;

export class Spans {
  readonly #chunks: readonly Chunk[];
  readonly #byId = new Map<number, Span>();
  readonly #inChunk: Span[][];
  readonly #ordered: Span[] = [];

  constructor(chunks: readonly Chunk[], spans: readonly Span[] = []) {
    this.#chunks = chunks;
    this.#inChunk = chunks.map(() => []);
    for (const span of [...spans].sort(byPlace)) this.#insert(span, this.#ordered.length);
  }

  /** By start, then end, then age. */
  get ordered(): readonly Span[] {
    return this.#ordered;
  }

  get(id: number): Span | undefined {
    return this.#byId.get(id);
  }

  inChunk(index: number): readonly Span[] {
    return this.#inChunk[index] ?? [];
  }

  /** Those around a position, the shortest first. */
  around(position: number): Span[] {
    return this.inChunk(chunkIndexAt(this.#chunks, position))
      .filter(({ start, end }) => start <= position && position < end)
      .sort((a, b) => a.end - a.start - (b.end - b.start) || b.id - a.id);
  }

  like({ start, end, label }: Omit<Span, 'id'>): Span | undefined {
    return this.inChunk(chunkIndexAt(this.#chunks, start)).find(
      (span) => span.start === start && span.end === end && span.label === label,
    );
  }

  /** Adds a span, or puts it in the place of the one with its id. */
  put(span: Span): void {
    this.remove(span.id);
    this.#insert(span, this.#placeOf(span));
  }

  remove(id: number): void {
    const span = this.#byId.get(id);
    if (span === undefined) return;
    this.#byId.delete(id);
    this.#ordered.splice(this.#placeOf(span), 1);
    for (const index of this.chunksOf(span)) {
      const spans = this.#inChunk[index]!;
      spans.splice(spans.indexOf(span), 1);
    }
  }

  /** The numbers of the chunks that a span touches. */
  chunksOf({ start, end }: Pick<Span, 'start' | 'end'>): number[] {
    const first = chunkIndexAt(this.#chunks, start);
    const last = chunkIndexAt(this.#chunks, Math.max(start, end - 1));
    return Array.from({ length: last - first + 1 }, (_each, index) => first + index);
  }

  #insert(span: Span, place: number): void {
    this.#byId.set(span.id, span);
    this.#ordered.splice(place, 0, span);
    for (const index of this.chunksOf(span)) this.#inChunk[index]!.push(span);
  }

  #placeOf(span: Span): number {
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byPlace(this.#ordered[middle]!, span) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
