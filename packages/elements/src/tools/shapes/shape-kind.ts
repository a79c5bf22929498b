import type { Point, Size } from '../image/viewport.ts';
import type { Shape } from './shape.ts';

/** What makes a box a box, a polygon a polygon: one description for each of the tools. */
export interface ShapeKind {
  /** Under which the answer has the list. */
  readonly key: string;
  /** The id of the tool's button, and the name of its picture. */
  readonly tool: 'rectangle' | 'polygon' | 'polyline' | 'line' | 'keypoint';
  readonly shortcut: string;
  readonly least: number;
  readonly most: number;
  /** It has an inside. */
  readonly isClosed: boolean;
  /** Its two points are corners. */
  readonly isBox: boolean;
  /** Pressing, dragging and releasing draws it. */
  readonly isDragged: boolean;
  /** None of its edges may cross another. */
  readonly isSimple: boolean;
  /** A label has to be chosen again for the next one. */
  readonly asksAgain: boolean;
  /** Placing one of a label that had none chooses the next label that has none: the points of a skeleton. */
  readonly isOrdered: boolean;
  /** Points of an entry of `initial-value`, rounded and within the image; undefined where it cannot be read. */
  read(entry: Readonly<Record<string, unknown>>, image: Size): Point[] | undefined;
  /** An entry of the answer. */
  print(shape: Shape): Record<string, unknown>;
  /** Where it is, in a few words. */
  describe(points: readonly Point[]): string;
}
