import { lineKind } from '../../tools/shapes/kinds.ts';
import { ShapeTool } from '../../tools/shapes/shape-tool.ts';

/**
 * Straight lines with labels on an image, from a start to an end, dragged or by two clicks. Its answer is
 * `{ inputImageProperties: { height, width }, lines: [{ label, vertices: [start, end] }] }` in pixels of the stored image, with
 * `initialValueModified` where `initial-value` was given. Submission is blocked until there is a line or “Nothing to label” is
 * ticked, and as long as the image is not there.
 */
export class CrowdLine extends ShapeTool {
  static override readonly kind = lineKind;
}
