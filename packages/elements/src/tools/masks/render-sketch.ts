import { html, svg } from '../../base.ts';
import { type Point, toStage, type View } from '../image/viewport.ts';

export interface PolygonSketch {
  readonly points: readonly Point[];
  /** Where the next point would be. */
  readonly next: Point | undefined;
  /** A click there would fill the polygon. */
  readonly isEnding: boolean;
  readonly color: string;
}

/** The polygon that is being drawn, in pixels of the stage, so that its lines have one width at each zoom. */
export function renderSketch(view: View, { points, next, isEnding, color }: PolygonSketch): unknown {
  const places = points.map((point) => toStage(view, point));
  const end = isEnding ? places[0] : next && toStage(view, next);
  const line = [...places, ...(end ? [end] : [])].map(({ x, y }) => `${x},${y}`).join(' ');
  return html`<svg class="sketch" aria-hidden="true">
    <polyline class="halo" points=${line}></polyline>
    <polyline class="stroke" points=${line} style="stroke:${color}"></polyline>
    ${places.map(({ x, y }, index) => svg`<circle class=${index === 0 && isEnding ? 'closing' : ''} cx=${x} cy=${y} r="4.5"></circle>`)}
  </svg>`;
}
