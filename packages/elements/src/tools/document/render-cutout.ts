// A value as it stands on the page, large enough to be read, right above the field that it is compared with.
import { html, nothing } from '../../base.ts';
import type { Size } from '../image/viewport.ts';
import { boundsOf } from '../shapes/geometry.ts';
import { type Area, onImage } from './areas.ts';

export interface Scan {
  readonly src: string;
  readonly size: Size;
  /** It was loaded with leave to read it: asked for in the same way it comes from memory. */
  readonly isAnonymous: boolean;
}

/** Parts of the page's width: less would only be blown up. */
const leastWidth = 0.3;
/** Wide and low, so that the fields stay in view. */
const leastRatio = 4;

export function renderCutout(area: Area, { src, size, isAnonymous }: Scan): unknown {
  const { left, top, right, bottom } = boundsOf(onImage(area, size));
  const margin = Math.max(8, (bottom - top) * 0.4);
  const height = bottom - top + 2 * margin;
  const width = Math.min(size.width, Math.max(right - left + 2 * margin, height * leastRatio, size.width * leastWidth));
  // What is short begins at the left, where its key stands.
  const x = Math.min(Math.max(0, left - margin), size.width - width);
  const y = top - margin;
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  const frame = `left:${percent(left - x, width)};top:${percent(top - y, height)};width:${percent(right - left, width)};height:${percent(bottom - top, height)}`;
  return html`<div class="cutout" aria-hidden="true" style="aspect-ratio:${width}/${height}">
    <img
      alt="" draggable="false" src=${src} crossorigin=${isAnonymous ? 'anonymous' : nothing}
      style="width:${percent(size.width, width)};left:${percent(-x, width)};top:${percent(-y, height)}"
    /><span class="frame" style=${frame}></span>
  </div>`;
}
