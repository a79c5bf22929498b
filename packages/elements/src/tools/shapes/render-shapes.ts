// Shapes as SVG. Their paths are in pixels of the image and get to their place by one transform, so that moving the view draws
// none of them again; strokes, points and names keep their size whatever the zoom.
import { guard, html, nothing, repeat, styleMap, svg } from '../../base.ts';
import type { Point, Size, View } from '../image/viewport.ts';
import { boundsOf } from './geometry.ts';
import { cornersOf } from './hit.ts';
import type { Shape } from './shape.ts';
import type { ShapeKind } from './shape-kind.ts';

const longestName = 28;
/** Of more shapes than these only the ones that are worked on have their names shown: nobody could read them, or zoom fluently. */
const mostNames = 200;

/** Of so many points, corners are painted in the cheapest way. */
const dense = 300;

export interface Layer {
  readonly kind: ShapeKind;
  readonly view: View;
  readonly image: Size;
  colorOf(label: string): string;
}

type Drawn = Pick<Shape, 'label' | 'points'>;

/** All shapes that nobody is working on: rendered when one of them has changed only. */
export function renderResting(
  layer: Layer,
  shapes: readonly Shape[],
  except: number | undefined,
  paint: unknown,
): unknown {
  const isNamed = shapes.length <= mostNames;
  const drawn = guard([shapes, except, paint], () =>
    repeat(
      except === undefined ? shapes : shapes.filter(({ id }) => id !== except),
      ({ id }) => id,
      (shape) => guard([shape, paint, isNamed], () => renderShape(layer, shape, '', isNamed)),
    ),
  );
  return renderLayer(layer, drawn);
}

/** @param look class names: `emphasised`, `closing`, or `open` for what has no inside yet */
export function renderShape(
  { kind, image, colorOf }: Layer,
  { label, points }: Drawn,
  look: string,
  isNamed = true,
): unknown {
  const color = colorOf(label);
  const isOpen = !kind.isClosed || look.includes('open');
  const style = styleMap({ stroke: color, fill: color });
  const body =
    kind.most === 1
      ? renderPoint(points[0]!, color, look)
      : svg`<path class="halo" d=${pathOf(kind, points, isOpen)}></path>
          <path class="stroke" style=${style} d=${pathOf(kind, points, isOpen)}></path>`;
  return svg`<g class="shape ${look} ${isOpen ? 'open' : ''} ${points.length > dense ? 'dense' : ''}">${body}${isNamed ? renderName(kind, label, points, image) : nothing}</g>`;
}

/** @param shift pixels of the image by which all of it is moved: that paints nothing again */
export function renderLayer({ view }: Layer, content: unknown, shift: Point = { x: 0, y: 0 }): unknown {
  const { scale, x, y } = view;
  return html`<svg
    class="shapes" aria-hidden="true" style="transform:translate(${shift.x * scale}px,${shift.y * scale}px)"
  ><g
    transform="translate(${x} ${y}) scale(${scale})" style="--unscale:${1 / scale}"
  >${content}</g></svg>`;
}

function renderPoint({ x, y }: Point, color: string, look: string): unknown {
  const radius = look.includes('emphasised') ? 8 : 6;
  return svg`<g style=${inPlace(x, y)}>
    <circle class="halo" r=${radius}></circle><circle r=${radius} fill=${color}></circle>
  </g>`;
}

function renderName(kind: ShapeKind, label: string, points: readonly Point[], image: Size): unknown {
  if (label === '') return nothing;
  const name = label.length > longestName ? `${label.slice(0, longestName - 1)}…` : label;
  if (kind.most === 1)
    return svg`<g style=${inPlace(points[0]!.x, points[0]!.y)}><text x="11" y="4">${name}</text></g>`;
  const { left, top } = boundsOf(points);
  // At the upper edge of the image there is no room above.
  const isLow = top > image.height * 0.04;
  return svg`<g style=${inPlace(left, top)}><text x=${isLow ? 0 : 5} y=${isLow ? -6 : 15}>${name}</text></g>`;
}

const inPlace = (x: number, y: number): string => `transform:translate(${x}px,${y}px) scale(var(--unscale))`;

function pathOf(kind: ShapeKind, points: readonly Point[], isOpen: boolean): string {
  const ring = kind.isBox && points.length === 2 ? cornersOf(points) : points;
  let path = '';
  for (const { x, y } of ring) path += `${path === '' ? 'M' : 'L'}${x} ${y}`;
  return isOpen ? path : `${path}Z`;
}
