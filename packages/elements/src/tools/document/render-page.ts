// Keys and values as they lie on the page. All of those that nobody works on are three paths, however many there are; one
// transform puts them in place, so that moving the view draws none of them again.
import { guard, html, nothing, svg } from '../../base.ts';
import type { Point, Size, View } from '../image/viewport.ts';
import { boundsOf } from '../shapes/geometry.ts';
import { boxKind } from '../shapes/kinds.ts';
import { renderHandles } from '../shapes/render-handles.ts';
import { type Area, onImage } from './areas.ts';
import type { Pair, PartName } from './pairs.ts';

export interface Page {
  readonly view: View;
  readonly image: Size;
  readonly pairs: readonly Pair[];
  readonly selected: Pair | undefined;
  readonly hovered: Pair | undefined;
  /** What a drag has made of a box so far, in pixels of the image. */
  readonly draft: { readonly part: PartName; readonly box: readonly Point[] } | undefined;
  /** The box that can be taken hold of, and its handle that keys move. */
  readonly box: readonly Point[] | undefined;
  readonly handle: number | undefined;
}

const parts: readonly PartName[] = ['key', 'value'];

export function renderPage({ view, image, pairs, selected, hovered, draft, box, handle }: Page): unknown {
  const { scale, x, y } = view;
  const resting = guard([pairs, image], () => {
    const kept = pairs.filter(({ isRejected }) => !isRejected);
    const rejected = pairs.filter(({ isRejected }) => isRejected);
    return [
      ...parts.map((name) =>
        renderPath(
          name,
          pathOf(
            kept.map((pair) => pair[name].area),
            image,
          ),
        ),
      ),
      renderPath(
        'rejected',
        pathOf(
          rejected.flatMap(({ key, value }) => [key.area, value.area]),
          image,
        ),
      ),
    ];
  });
  return html`<svg class="shapes" aria-hidden="true"><g transform="translate(${x} ${y}) scale(${scale})">
      ${resting}${hovered && hovered.id !== selected?.id ? renderOne(hovered, image, 'hovered', undefined) : nothing}
      ${selected ? renderOne(selected, image, 'chosen', draft?.part) : nothing}
      ${draft ? renderPath(`${draft.part} chosen`, pathOfPoints(ringOf(draft.box))) : nothing}
    </g></svg>
    ${draft || !box ? nothing : renderHandles(boxKind, box, view, handle)}`;
}

/** Both parts, and a line from one to the other. */
function renderOne({ key, value, isRejected }: Pair, image: Size, look: string, except: PartName | undefined): unknown {
  const ends = [key.area, value.area].flatMap((area) => (area ? boundsOf(onImage(area, image)) : []));
  const middles = ends.map(({ left, right, top, bottom }) => `${(left + right) / 2} ${(top + bottom) / 2}`);
  return svg`${middles.length === 2 && except === undefined ? svg`<path class="link-line" d="M${middles[0]}L${middles[1]}"></path>` : nothing}
    ${parts.map((name) => {
      const area = name === 'key' ? key.area : value.area;
      if (area === undefined || name === except) return nothing;
      return renderPath(`${name} ${look} ${isRejected ? 'rejected' : ''}`, pathOf([area], image));
    })}`;
}

const renderPath = (look: string, d: string): unknown =>
  d === '' ? nothing : svg`<path class="area ${look}" d=${d}></path>`;

const pathOf = (areas: readonly (Area | undefined)[], image: Size): string =>
  areas.map((area) => (area ? pathOfPoints(onImage(area, image)) : '')).join('');

const pathOfPoints = (points: readonly Point[]): string =>
  `${points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('')}Z`;

const ringOf = ([from, to]: readonly Point[]): Point[] => [
  from!,
  { x: to!.x, y: from!.y },
  to!,
  { x: from!.x, y: to!.y },
];
