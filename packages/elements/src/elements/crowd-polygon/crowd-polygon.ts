import { polygonKind } from '../../tools/shapes/kinds.ts';
import { ShapeTool } from '../../tools/shapes/shape-tool.ts';

/**
 * Polygons with labels on an image, drawn click by click and closed by a click on the first point or by Enter; a label has to be
 * chosen for each of them. Its answer is `{ inputImageProperties: { height, width }, polygons: [{ label, vertices: [{ x, y }] }] }`
 * in pixels of the stored image, with `initialValueModified` where `initial-value` was given. Submission is blocked until there is
 * a polygon or “Nothing to label” is ticked, and as long as the image is not there.
 */
export class CrowdPolygon extends ShapeTool {
  static override readonly kind = polygonKind;
}
