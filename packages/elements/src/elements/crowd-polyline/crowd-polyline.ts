import { polylineKind } from '../../tools/shapes/kinds.ts';
import { ShapeTool } from '../../tools/shapes/shape-tool.ts';

/**
 * Open lines of any number of points with labels on an image, ended by Enter or by a second click on the last point. Its answer is
 * `{ inputImageProperties: { height, width }, polylines: [{ label, vertices: [{ x, y }] }] }` in pixels of the stored image, with
 * `initialValueModified` where `initial-value` was given. Submission is blocked until there is a polyline or “Nothing to label” is
 * ticked, and as long as the image is not there.
 */
export class CrowdPolyline extends ShapeTool {
  static override readonly kind = polylineKind;
}
