// All shapes of a tool, what of them is shown, and what was done to them.
import type { History, Step } from '../history.ts';
import type { Point } from '../image/viewport.ts';
import type { Mark } from '../mark-list.ts';
import type { Shape } from './shape.ts';
import type { ShapeKind } from './shape-kind.ts';

interface Labels {
  has(label: string): boolean;
  colorOf(label: string): string;
}

export class ShapeList {
  readonly #kind: ShapeKind;
  readonly #history: History;
  readonly #labels: Labels;
  #all: readonly Shape[] = [];
  #first: readonly Shape[] = [];
  #shown: readonly Shape[] = [];
  #marks: readonly Mark[] = [];
  #lastId = 0;

  constructor(kind: ShapeKind, history: History, labels: Labels) {
    this.#kind = kind;
    this.#history = history;
    this.#labels = labels;
  }

  /** Shapes whose label there is. The others come back with their label: a script may take labels away and bring them back. */
  get shown(): readonly Shape[] {
    return this.#shown;
  }

  get marks(): readonly Mark[] {
    return this.#marks;
  }

  find(id: number | undefined): Shape | undefined {
    return id === undefined ? undefined : this.#shown.find((shape) => shape.id === id);
  }

  /** Whether what is shown differs from what was there at first, by value; what could not be read was never there. */
  get isModified(): boolean {
    const first = this.#first.filter(({ label }) => this.#labels.has(label));
    const { shown } = this;
    return (
      first.length !== shown.length ||
      // Nearly all of them are the same objects.
      first.some((shape, index) => shape !== shown[index] && this.#print(shape) !== this.#print(shown[index]!))
    );
  }

  /** Forgets everything and begins anew. */
  begin(shapes: readonly Omit<Shape, 'id'>[]): void {
    this.#first = shapes.map(({ label, points }) => this.make(label, points));
    this.#show(this.#first);
  }

  /** All of them, also those without a label in the list. */
  get all(): readonly Omit<Shape, 'id'>[] {
    return this.#all.map(({ label, points }) => ({ label, points }));
  }

  /** What was there at first stays what it was. */
  resume(shapes: readonly Omit<Shape, 'id'>[]): void {
    this.#show(shapes.map(({ label, points }) => this.make(label, points)));
  }

  /** Labels or their colours are others now. */
  refresh(): void {
    this.#show(this.#all);
  }

  make(label: string, points: readonly Point[]): Shape {
    return { id: ++this.#lastId, label, points };
  }

  /** @param also what else is taken back and done again with it */
  add(shape: Shape, also?: Pick<Step, 'undo' | 'redo'>): void {
    this.#become([...this.#all, shape], also);
  }

  replace(shape: Shape): void {
    this.#become(this.#all.map((each) => (each.id === shape.id ? shape : each)));
  }

  remove(id: number): void {
    this.#become(this.#all.filter((each) => each.id !== id));
  }

  #become(next: readonly Shape[], also?: Pick<Step, 'undo' | 'redo'>): void {
    const before = this.#all;
    this.#history.add({
      undo: () => {
        this.#show(before);
        also?.undo();
      },
      redo: () => {
        this.#show(next);
        also?.redo();
      },
    });
    this.#show(next);
  }

  #show(shapes: readonly Shape[]): void {
    this.#all = shapes;
    this.#shown = shapes.filter(({ label }) => this.#labels.has(label));
    this.#marks = this.#shown.map(({ id, label, points }) => ({
      id,
      label,
      color: this.#labels.colorOf(label),
      text: this.#kind.describe(points),
    }));
  }

  #print(shape: Shape): string {
    return JSON.stringify(this.#kind.print(shape));
  }
}
