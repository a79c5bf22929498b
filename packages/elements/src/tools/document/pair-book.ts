// The pairs of a page with everything that a worker has done to them, and the answer that they make.
import { History, type Step } from '../history.ts';
import { answerBlocks } from './answer-blocks.ts';
import { type Block, type Blocks, readBlocks } from './blocks.ts';
import type { ImportantKey } from './important-keys.ts';
import { changed, changeOf, isPairChanges, type PairChanges } from './pair-changes.ts';
import { addedPair, isOpen, type Pair, pairsOf } from './pairs.ts';

export class PairBook {
  #history = new History();
  #pairs: readonly Pair[] = [];
  #first: ReadonlyMap<number, Pair> = new Map();
  #blocks: Blocks = readBlocks(undefined)!;
  #nextId = 0;
  #ids = new Map<string, string>();
  #answer: { readonly pairs: readonly Pair[]; readonly blocks: readonly Block[] } | undefined;
  /** Printing thousands of blocks on each edit would be felt; all but a few are the same objects as before. */
  readonly #printed = new WeakMap<Block, string>();
  /** The field that the last step has typed into: what is typed next belongs to that step. */
  #typing: { readonly field: string; readonly before: Pair } | undefined;

  /** The same list until one of them changes. */
  get pairs(): readonly Pair[] {
    return this.#pairs;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** @returns how many keys and values have a geometry that says nothing */
  begin(blocks: Blocks, keys: readonly ImportantKey[]): number {
    const { pairs, misplaced } = pairsOf(blocks, keys);
    this.#blocks = blocks;
    this.#pairs = pairs;
    this.#first = new Map(pairs.map((pair) => [pair.id, pair]));
    this.#nextId = pairs.length;
    this.#history = new History();
    this.#typing = undefined;
    this.#ids = new Map();
    this.#answer = undefined;
    return misplaced;
  }

  /** What was done to the pairs, as JSON. */
  get changes(): PairChanges {
    const pairs = this.#pairs.filter((pair) => this.isEdited(pair)).map(changeOf);
    return { pairs, ids: Object.fromEntries(this.#ids) };
  }

  /** Does what `changes` has given to the pairs as they were given. @returns false where it is about others */
  resume(changes: unknown): boolean {
    if (!isPairChanges(changes)) return false;
    const changedPairs = changes.pairs.map((change) => ({ change, first: this.#first.get(change.id) }));
    if (changedPairs.some(({ change, first }) => (change.origin === 'added') === (first !== undefined))) return false;
    const pairs = new Map(this.#first);
    for (const { change, first } of changedPairs) pairs.set(change.id, changed(change, first));
    this.#pairs = [...pairs.values()];
    this.#nextId = Math.max(this.#nextId, ...changes.pairs.map(({ id }) => id + 1));
    this.#ids = new Map(Object.entries(changes.ids).map(([slot, id]) => [slot, String(id)]));
    this.#history = new History();
    this.#typing = undefined;
    return true;
  }

  find(id: number | undefined): Pair | undefined {
    return this.#pairs.find((pair) => pair.id === id);
  }

  isOpen(pair: Pair): boolean {
    return isOpen(pair, this.#first.get(pair.id));
  }

  isEdited(pair: Pair): boolean {
    return this.#first.get(pair.id) !== pair;
  }

  edit(pair: Pair, changes: Partial<Pair>): Pair {
    this.endTyping();
    return this.#edit(pair, { ...pair, ...changes });
  }

  /** All that is typed into one field without leaving it is one step. */
  type(pair: Pair, field: string, changes: Partial<Pair>): Pair {
    const name = `${pair.id}.${field}`;
    const before = this.#typing?.field === name ? this.#typing.before : pair;
    if (before !== pair) this.#history.forgetAfter(this.#history.length - 1);
    const after = this.#edit(pair, { ...pair, ...changes }, before);
    this.#typing = { field: name, before };
    return after;
  }

  endTyping(): void {
    this.#typing = undefined;
  }

  add(): Pair {
    this.endTyping();
    const pair = addedPair(this.#nextId++);
    this.#do({ undo: () => this.#without(pair.id), redo: () => this.#with(pair) });
    return pair;
  }

  remove(pair: Pair): void {
    this.endTyping();
    const at = this.#pairs.indexOf(pair);
    this.#do({
      undo: () => {
        this.#pairs = this.#pairs.toSpliced(at, 0, pair);
      },
      redo: () => this.#without(pair.id),
    });
  }

  undo(): Step | undefined {
    this.endTyping();
    return this.#history.undo();
  }

  redo(): Step | undefined {
    this.endTyping();
    return this.#history.redo();
  }

  /** Its blocks are the given ones where nothing was changed: to be copied before it is handed out. */
  get answer(): readonly Block[] {
    if (this.#answer?.pairs !== this.#pairs) {
      // Nobody has said anything of a key that is still to be answered.
      const pairs = this.#pairs.filter((pair) => pair.origin === 'given' || !this.isOpen(pair));
      const blocks = answerBlocks(this.#blocks, pairs, this.#first, this.#idFor);
      this.#answer = { pairs: this.#pairs, blocks };
    }
    return this.#answer.blocks;
  }

  /** The answer as JSON. */
  print(): string {
    const texts = this.answer.map((block) => {
      const text = this.#printed.get(block) ?? JSON.stringify(block);
      this.#printed.set(block, text);
      return text;
    });
    return `{"blocks":[${texts.join(',')}]}`;
  }

  /** Recorded answers have such ids for what a worker has put in; pages that are put together later must not share any. */
  readonly #idFor = (slot: string): string => {
    const id = this.#ids.get(slot) ?? newId();
    this.#ids.set(slot, id);
    return id;
  };

  #edit(now: Pair, after: Pair, before = now): Pair {
    this.#do({ undo: () => this.#put(before), redo: () => this.#put(after) });
    return after;
  }

  #do(step: Step): void {
    step.redo();
    this.#history.add(step);
  }

  #put(pair: Pair): void {
    this.#pairs = this.#pairs.map((each) => (each.id === pair.id ? pair : each));
  }

  #with(pair: Pair): void {
    this.#pairs = [...this.#pairs, pair];
  }

  #without(id: number): void {
    this.#pairs = this.#pairs.filter((each) => each.id !== id);
  }
}

/** `crypto.randomUUID` is missing where a page does not come over TLS. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
