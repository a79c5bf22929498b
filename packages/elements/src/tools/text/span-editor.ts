// What is marked in a text, and every change of it, which can be taken back.
import { History, type Step } from '../history.ts';
import type { Chunk } from './chunks.ts';
import type { Extent } from './segments.ts';
import { type Span, Spans } from './spans.ts';

export class SpanEditor {
  readonly #history = new History();
  readonly #changed: (out: Span | undefined, into: Span | undefined) => void;
  #spans = new Spans([]);
  #nextId = 0;
  /** Grows with each change. */
  version = 0;

  /** @param changed is told which span has gone and which one has come */
  constructor(changed: (out: Span | undefined, into: Span | undefined) => void) {
    this.#changed = changed;
  }

  get spans(): Spans {
    return this.#spans;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  begin(chunks: readonly Chunk[], spans: readonly Span[]): void {
    this.#spans = new Spans(chunks, spans);
    this.#nextId = spans.reduce((most, { id }) => Math.max(most, id), -1) + 1;
    this.#history.clear();
    this.version += 1;
  }

  add({ start, end }: Extent, label: string): Span {
    const span = { id: this.#nextId++, start, end, label };
    this.#do(this.#replace(undefined, span));
    return span;
  }

  /** Where there is such a span already, this one gives way to it. @returns the span with the label */
  relabel(span: Span, label: string): Span {
    const relabelled = { ...span, label };
    const same = this.#spans.like(relabelled);
    this.#do(this.#replace(span, same ? undefined : relabelled));
    return same ?? relabelled;
  }

  remove(span: Span): void {
    this.#do(this.#replace(span, undefined));
  }

  /** @returns whether there was something to take back */
  undo(): boolean {
    return this.#history.undo() !== undefined;
  }

  redo(): boolean {
    return this.#history.redo() !== undefined;
  }

  #do(step: Step): void {
    step.redo();
    this.#history.add(step);
  }

  /** Puts `after` in the place of `before`: one of them may be missing. */
  #replace(before: Span | undefined, after: Span | undefined): Step {
    const swap = (out: Span | undefined, into: Span | undefined) => {
      if (out) this.#spans.remove(out.id);
      if (into) this.#spans.put(into);
      this.version += 1;
      this.#changed(out, into);
    };
    return { undo: () => swap(after, before), redo: () => swap(before, after) };
  }
}
