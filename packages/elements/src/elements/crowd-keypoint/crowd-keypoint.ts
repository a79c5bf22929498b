import { keypointKind } from '../../tools/shapes/kinds.ts';
import { ShapeTool } from '../../tools/shapes/shape-tool.ts';

/**
 * Points with labels on an image, any number for each label, in the order in which they were placed. The first point of a label
 * leads to the next label that has none, which is shown. Its answer is
 * `{ inputImageProperties: { height, width }, keypoints: [{ label, x, y }] }` in pixels of the stored image, with
 * `initialValueModified` where `initial-value` was given. Submission is blocked until there is a point or “Nothing to label” is
 * ticked, and as long as the image is not there.
 */
export class CrowdKeypoint extends ShapeTool {
  static override readonly kind = keypointKind;
}
