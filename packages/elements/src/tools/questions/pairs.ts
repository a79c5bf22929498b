// Questions with their answers, and every change of them, which can be taken back.
import { isPlainObject } from '../../base.ts';
import { History } from '../history.ts';
import type { Extent } from '../text/segments.ts';

/** A question with its answer. It never changes; another one of the same id takes its place. */
export interface Pair {
  readonly id: number;
  readonly question: string;
  readonly answer: string;
  readonly tags: readonly string[];
  /** It concerns the whole text: then it needs no passage, and those that it has do not count. */
  readonly isWhole: boolean;
  /** In the order of the text; those of one pair do not overlap. Positions count UTF-16 units. */
  readonly passages: readonly Extent[];
}

/** Nothing was written or marked: it does not count, and is no part of the answer. */
export const isBlank = ({ question, answer, tags, passages, isWhole }: Pair): boolean =>
  question.trim() === '' && answer.trim() === '' && tags.length === 0 && passages.length === 0 && !isWhole;

/** Adds a passage; what it overlaps becomes one with it. */
export function withPassage(passages: readonly Extent[], { start, end }: Extent): readonly Extent[] {
  const apart = passages.filter((other) => other.end <= start || other.start >= end);
  const merged = passages.filter((other) => !apart.includes(other));
  const whole = {
    start: Math.min(start, ...merged.map((other) => other.start)),
    end: Math.max(end, ...merged.map((other) => other.end)),
  };
  return [...apart, whole].sort((a, b) => a.start - b.start);
}

/** Pairs as JSON has them, about a text of this length. Undefined where they are about a longer one, or are none. */
export function readPairs(value: unknown, length: number): readonly Omit<Pair, 'id'>[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const pairs = value.filter(isPlainObject).map(({ question, answer, tags, isWhole, passages }) => ({
    question: String(question ?? ''),
    answer: String(answer ?? ''),
    tags: Array.isArray(tags) ? tags.map(String) : [],
    isWhole: isWhole === true,
    passages: (Array.isArray(passages) ? passages : [])
      .filter(isPlainObject)
      .map(({ start, end }) => ({ start: Number(start), end: Number(end) })),
  }));
  const isThere = ({ start, end }: Extent) => start >= 0 && start < end && end <= length;
  return pairs.every(({ passages }) => passages.every(isThere)) ? pairs : undefined;
}

export class PairEditor {
  readonly #history = new History();
  readonly #changed: () => void;
  #pairs: readonly Pair[] = [];
  #nextId = 0;
  /** What was there before the typing that is going on. */
  #beforeTyping: readonly Pair[] | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get pairs(): readonly Pair[] {
    return this.#pairs;
  }

  get canUndo(): boolean {
    return this.#history.canUndo || this.#beforeTyping !== undefined;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** One blank pair, to begin with at once. */
  begin(): Pair {
    this.#history.clear();
    this.#beforeTyping = undefined;
    this.#nextId = 0;
    const pair = this.#blank();
    this.#pairs = [pair];
    return pair;
  }

  /** These instead of all others. */
  resume(pairs: readonly Omit<Pair, 'id'>[]): void {
    this.begin();
    this.#pairs = pairs.map((pair, id) => ({ ...pair, id }));
    this.#nextId = pairs.length;
  }

  add(): Pair {
    const pair = this.#blank();
    this.#do([...this.#pairs, pair]);
    return pair;
  }

  remove(id: number): void {
    this.#do(this.#pairs.filter((pair) => pair.id !== id));
  }

  edit(id: number, change: Partial<Pair>): void {
    this.#do(this.#edited(id, change));
  }

  /** Typing becomes one step when it is done. */
  type(id: number, change: Partial<Pair>): void {
    this.#beforeTyping ??= this.#pairs;
    this.#pairs = this.#edited(id, change);
    this.#changed();
  }

  /** The typing is done. */
  typed(): void {
    const before = this.#beforeTyping;
    this.#beforeTyping = undefined;
    if (before) this.#note(before, this.#pairs);
  }

  /** @returns whether there was something to take back */
  undo(): boolean {
    this.typed();
    return this.#history.undo() !== undefined;
  }

  redo(): boolean {
    this.typed();
    return this.#history.redo() !== undefined;
  }

  #blank(): Pair {
    return { id: this.#nextId++, question: '', answer: '', tags: [], isWhole: false, passages: [] };
  }

  #edited(id: number, change: Partial<Pair>): readonly Pair[] {
    return this.#pairs.map((pair) => (pair.id === id ? { ...pair, ...change } : pair));
  }

  #do(after: readonly Pair[]): void {
    this.typed();
    const before = this.#pairs;
    this.#pairs = after;
    this.#note(before, after);
    this.#changed();
  }

  #note(before: readonly Pair[], after: readonly Pair[]): void {
    const show = (pairs: readonly Pair[]) => {
      this.#pairs = pairs;
      this.#changed();
    };
    this.#history.add({ undo: () => show(before), redo: () => show(after) });
  }
}
