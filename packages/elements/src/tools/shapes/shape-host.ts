import type { Point, Size } from '../image/viewport.ts';
import type { ShapeKind } from './shape-kind.ts';

/** What the parts of a tool for shapes need of the tool. */
export interface ShapeHost {
  readonly kind: ShapeKind;
  image(): Size;
  /** The label that is chosen; empty when none is. */
  label(): string;
  /** Told to screen readers. */
  say(sentence: string): void;
  /** Shown to everybody. */
  tell(sentence: string): void;
  /** Moves the view until a point is seen. */
  reveal(point: Point): void;
  /** A shape was drawn. */
  add(label: string, points: readonly Point[]): void;
  /** An edit is done. */
  committed(): void;
  changed(): void;
}
