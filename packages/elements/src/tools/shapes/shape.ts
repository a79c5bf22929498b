import type { Point } from '../image/viewport.ts';

/** One mark; never changed, only replaced. */
export interface Shape {
  /** Unique within the element; a changed shape keeps it. */
  readonly id: number;
  readonly label: string;
  /** Whole pixels of the image. A box has two: its top left and its bottom right corner. */
  readonly points: readonly Point[];
}
