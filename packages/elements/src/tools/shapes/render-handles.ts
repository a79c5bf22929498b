// The handles of what is selected, and the points of what is being drawn, in CSS pixels of the stage.
import { html, svg } from '../../base.ts';
import { type Point, toStage, type View } from '../image/viewport.ts';
import { distance } from './geometry.ts';
import { handlesOf, middleOf, splittableEdges } from './handles.ts';
import type { ShapeKind } from './shape-kind.ts';

/** Nearer than this to the one before, a handle is not drawn (it can be taken hold of all the same). */
const leastApart = 7;
/** On the stage: shorter edges have no handle in their middle. */
export const leastEdge = 44;

export function renderHandles(
  kind: ShapeKind,
  points: readonly Point[],
  view: View,
  active: number | undefined,
): unknown {
  const handles = thinned(handlesOf(kind, points), view, active);
  const middles = splittableEdges(kind, points, leastEdge / view.scale).map((edge) => middleOf(points, edge));
  return html`<svg class="shapes handles" aria-hidden="true">
    ${middles.map((point) => renderHandle(toStage(view, point), 4, 'middle'))}
    ${handles.map(({ at, index }) => renderHandle(at, index === active ? 6 : 5, index === active ? 'active' : ''))}
  </svg>`;
}

/** @param closing the number of the point that ends the drawing when it is clicked, if the pointer is there */
export function renderSketchPoints(points: readonly Point[], view: View, closing: number | undefined): unknown {
  const drawn = thinned(points, view, closing);
  return html`<svg class="shapes handles" aria-hidden="true">
    ${drawn.map(({ at, index }) => renderHandle(at, index === closing ? 8 : 4, index === closing ? 'closing' : ''))}
  </svg>`;
}

function thinned(points: readonly Point[], view: View, always: number | undefined) {
  const kept: { readonly at: Point; readonly index: number }[] = [];
  points.forEach((point, index) => {
    const at = toStage(view, point);
    const last = kept.at(-1);
    if (index === always || last === undefined || distance(at, last.at) >= leastApart) kept.push({ at, index });
  });
  return kept;
}

const renderHandle = ({ x, y }: Point, half: number, look: string): unknown =>
  svg`<rect class="handle ${look}" x=${x - half} y=${y - half} width=${2 * half} height=${2 * half} rx=${look === 'middle' ? half : 1}></rect>`;
