// A field of several answers in which something was drawn: all of it in one picture, with who drew what.
import { html, nothing, type TemplateResult } from 'lit';
import type { FieldRow } from './answer-fields.ts';
import { drawnShapes, swatches } from './drawn-shapes.ts';
import { extentOf, imageSize, shapesOf } from './shapes.ts';

/**
 * Nothing where there is nothing to draw.
 *
 * @param contents the whole answers, which say how large the image is
 * @param told.label what somebody hears who does not see it, from the number of marks of each answer
 * @param told.names of whoever answered, in the order of the answers
 */
export function drawnField(
  { path, values }: FieldRow,
  contents: readonly unknown[],
  told: { picture?: string | undefined; label: (counts: readonly number[]) => string; names: readonly string[] },
): TemplateResult | typeof nothing {
  const drawn = values.map((value) => shapesOf(path, value));
  if (drawn.every((shapes) => shapes === undefined)) return nothing;
  const known = contents.map((content) => imageSize(content, path)).find((one) => one !== undefined);
  const layers = drawn.map((shapes = [], swatch) => ({ shapes, swatch }));
  return html`<figure class="overlay">
    ${drawnShapes({
      size: known ?? extentOf(layers.flatMap(({ shapes }) => shapes)),
      layers,
      label: told.label(layers.map(({ shapes }) => shapes.length)),
      // Marks are where they belong only on an image of known size.
      picture: known && told.picture,
    })}
    <figcaption class="small"><code>${path}</code> ${told.names.map(
      (name, index) =>
        html`<span class="overlay-who"><span class="swatch swatch-${index % swatches}" aria-hidden="true"></span>${name}</span> `,
    )}</figcaption>
  </figure>`;
}
