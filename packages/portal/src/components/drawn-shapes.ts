// Marks of several workers over each other, each in the colour of who drew it.
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Shape, Size } from './shapes.ts';

/** How many colours there are for people; the next one has the first again. */
export const swatches = 6;

export interface Layer {
  readonly shapes: readonly Shape[];
  /** From 0. */
  readonly swatch: number;
}

/**
 * @param drawn.label what somebody hears who does not see it
 * @param drawn.picture the address of the image, where it is known
 */
export function drawnShapes(drawn: {
  size: Size;
  layers: readonly Layer[];
  label: string;
  picture?: string | undefined;
}): TemplateResult {
  const { size, layers, label, picture } = drawn;
  const unit = Math.max(size.width, size.height) / 100;
  return html`<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label=${label}>
    <rect x="0" y="0" width=${size.width} height=${size.height} class="overlay-ground" />
    ${picture ? svg`<image href=${picture} width=${size.width} height=${size.height} preserveAspectRatio="none" />` : nothing}
    ${layers.map(({ shapes, swatch }) =>
      shapes.map(
        (shape) => svg`<g class="overlay-shape swatch-line-${swatch % swatches}">
          ${outline(shape, unit, 'overlay-halo', unit)}
          ${outline(shape, unit, shape.isClosed ? 'overlay-area' : 'overlay-line', unit / 2)}
          <text x=${shape.points[0]!.x + unit / 2} y=${shape.points[0]!.y + unit * (3 + 3 * swatch)} font-size=${unit * 2.6} stroke-width=${unit / 2}>${shape.label}</text>
        </g>`,
      ),
    )}
  </svg>`;
}

function outline({ points, isClosed }: Shape, unit: number, name: string, width: number): TemplateResult {
  const [first] = points;
  if (points.length === 1)
    return svg`<circle class=${name} cx=${first!.x} cy=${first!.y} r=${unit} stroke-width=${width} />`;
  const path = points.map(({ x, y }) => `${x},${y}`).join(' ');
  return isClosed
    ? svg`<polygon class=${name} points=${path} stroke-width=${width} />`
    : svg`<polyline class=${name} points=${path} stroke-width=${width} />`;
}
