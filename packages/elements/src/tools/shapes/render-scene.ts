// Everything that a tool for shapes draws over the image: what rests, what is worked on, what is being drawn.
import { guard, html } from '../../base.ts';
import type { Point } from '../image/viewport.ts';
import { boxOf } from './geometry.ts';
import { renderHandles, renderSketchPoints } from './render-handles.ts';
import { type Layer, renderLayer, renderResting, renderShape } from './render-shapes.ts';
import type { Shape } from './shape.ts';

export interface Scene {
  readonly layer: Layer;
  /** Another object when colours have changed. */
  readonly paint: unknown;
  readonly shapes: readonly Shape[];
  readonly selected: Shape | undefined;
  /** What a drag has made of the selected shape so far, or a new one. */
  readonly draft: Shape | undefined;
  /** The chosen point of the selected shape. */
  readonly handle: number | undefined;
  readonly hovered: Shape | undefined;
  readonly sketch: { readonly label: string; readonly points: readonly Point[] } | undefined;
  /** Where the next point of the sketch would be. */
  readonly next: Point | undefined;
  /** The point of the sketch that would end it there. */
  readonly ending: number | undefined;
  /** The label of a keypoint that is about to be placed. */
  readonly pointLabel: string | undefined;
}

/** A shape of more points is not drawn anew for each move of one of them. */
const mostRedrawn = 300;

export function renderScene(scene: Scene): unknown {
  const { layer, shapes, selected, draft, hovered, sketch, ending } = scene;
  const active = draft ?? selected;
  const shift = draft && selected && shiftBetween(selected.points, draft.points);
  return html`${renderResting(layer, shapes, active?.id, scene.paint)}
    ${renderLayer(layer, active ? renderActive(scene, active, shift !== undefined) : '', shift)}
    ${renderLayer(layer, [
      hovered ? renderShape(layer, hovered, 'emphasised') : '',
      sketch ? renderSketch(scene, sketch) : renderFirstPoint(scene),
    ])}
    ${active && layer.kind.most > 1 ? renderGrips(scene, active) : ''}
    ${sketch ? renderSketchPoints(sketch.points, layer.view, ending) : ''}`;
}

/** A shape that is moved as a whole, or of which one point among many is moved, is not drawn again meanwhile. */
function renderActive({ layer, paint, selected, draft, handle }: Scene, active: Shape, isShifted: boolean): unknown {
  const { points } = active;
  const isDense = draft !== undefined && points.length > mostRedrawn && points.length === selected?.points.length;
  const drawn = selected && (isShifted || isDense) ? selected : active;
  const whole = guard([drawn, paint], () => renderShape(layer, drawn, 'emphasised'));
  if (!isDense || isShifted || handle === undefined) return whole;
  const around = [handle - 1, handle, handle + 1];
  const ends = layer.kind.isClosed ? around : around.filter((at) => at >= 0 && at < points.length);
  const edges = ends.map((at) => points.at(at % points.length)!);
  return [whole, renderShape(layer, { label: active.label, points: edges }, 'emphasised open', false)];
}

/** While something is dragged only what is dragged. */
function renderGrips({ layer: { kind, view }, draft, handle }: Scene, { points }: Shape): unknown {
  if (draft === undefined) return renderHandles(kind, points, view, handle);
  const held = handle === undefined || kind.isBox ? undefined : points[handle];
  return held ? renderSketchPoints([held], view, undefined) : '';
}

function renderSketch({ layer, next, ending }: Scene, { label, points }: NonNullable<Scene['sketch']>): unknown {
  const { kind, image } = layer;
  const isClosing = ending !== undefined && kind.isClosed;
  const following = isClosing ? [points[0]!] : next === undefined || ending !== undefined ? [] : [next];
  const shown = [...points, ...following];
  if (shown.length < 2) return '';
  if (kind.isBox) return renderShape(layer, { label, points: boxOf(shown[0]!, shown[1]!, image) }, 'emphasised');
  return renderShape(
    layer,
    { label, points: shown },
    `emphasised open ${ending === undefined ? '' : 'closing'}`,
    false,
  );
}

function renderFirstPoint({ layer, next, pointLabel }: Scene): unknown {
  if (next === undefined || pointLabel === undefined || layer.kind.most !== 1) return '';
  return renderShape(layer, { label: pointLabel, points: [next] }, 'emphasised');
}

/** How far all points were moved together; undefined where they were not. */
function shiftBetween(from: readonly Point[], to: readonly Point[]): Point | undefined {
  if (from.length !== to.length) return undefined;
  const [x, y] = [to[0]!.x - from[0]!.x, to[0]!.y - from[0]!.y];
  return to.every((point, index) => point.x - from[index]!.x === x && point.y - from[index]!.y === y)
    ? { x, y }
    : undefined;
}
