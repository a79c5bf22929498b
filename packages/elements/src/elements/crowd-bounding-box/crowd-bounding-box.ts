import { boxKind } from '../../tools/shapes/kinds.ts';
import { ShapeTool } from '../../tools/shapes/shape-tool.ts';

/**
 * Boxes with labels on an image, drawn by pressing, dragging and releasing. Its answer is
 * `{ boundingBoxes: [{ height, label, left, top, width }], inputImageProperties: { height, width } }` in pixels of the stored
 * image, with `initialValueModified` where `initial-value` was given. Submission is blocked until there is a box or “Nothing to
 * label” is ticked, and as long as the image is not there.
 */
export class CrowdBoundingBox extends ShapeTool {
  static override readonly kind = boxKind;
}
