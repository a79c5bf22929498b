// Which pixel of an image each pixel of a screen shows: the one behind its middle. So what is seen costs as much as the screen
// has pixels, however large the image is; and no colour is mixed with another one, since colours say what a pixel is.
import type { Size, View } from '../image/viewport.ts';
import type { Mask, Rectangle } from './mask.ts';

export interface PixelGrid {
  /** Of each column and row of the screen that of the image. */
  readonly columns: Uint32Array;
  readonly rows: Uint32Array;
  /** The part of the screen where the image is. */
  readonly within: Rectangle;
  readonly view: View;
  readonly density: number;
}

/**
 * @param screen in pixels of the device
 * @param density how many of them make a CSS pixel
 */
export function pixelGrid(image: Size, screen: Size, view: View, density: number): PixelGrid {
  const [left, right] = extent(0, image.width, view.x, view.scale, density, screen.width);
  const [top, bottom] = extent(0, image.height, view.y, view.scale, density, screen.height);
  return {
    columns: places(screen.width, view.x, view.scale, density, image.width),
    rows: places(screen.height, view.y, view.scale, density, image.height),
    within: { left, top, width: right - left, height: bottom - top },
    view,
    density,
  };
}

/** The pixels of the screen that show a rectangle of the image. */
export function seenOf({ left, top, width, height }: Rectangle, { view, density, ...grid }: PixelGrid): Rectangle {
  const { columns, rows } = grid;
  const [from, to] = extent(left, left + width, view.x, view.scale, density, columns.length);
  const [first, last] = extent(top, top + height, view.y, view.scale, density, rows.length);
  return { left: from, top: first, width: to - from, height: last - first };
}

/**
 * Writes the colours of a part of the screen.
 *
 * @param colors of each region's number the four bytes of its colour
 * @param target the whole screen, row after row
 */
export function paintSeen(
  { pixels, width: across }: Mask,
  colors: Uint32Array,
  { columns, rows }: PixelGrid,
  { left, top, width, height }: Rectangle,
  target: Uint32Array,
): void {
  const right = left + width;
  let before = -1;
  for (let y = top; y < top + height; y++) {
    const start = y * columns.length;
    const row = rows[y]!;
    // Of an image that is shown large, many rows look the same.
    if (row === before) target.copyWithin(start + left, start - columns.length + left, start - columns.length + right);
    else for (let x = left; x < right; x++) target[start + x] = colors[pixels[row * across + columns[x]!]!]!;
    before = row;
  }
}

/** From the first pixel of the screen whose middle is within, to the first one after them. */
function extent(
  from: number,
  to: number,
  offset: number,
  scale: number,
  density: number,
  length: number,
): readonly [number, number] {
  const at = (place: number) => Math.min(length, Math.max(0, Math.ceil((place * scale + offset) * density - 0.5)));
  return [at(from), Math.max(at(from), at(to))];
}

function places(length: number, offset: number, scale: number, density: number, most: number): Uint32Array {
  return Uint32Array.from({ length }, (_each, index) =>
    Math.min(most - 1, Math.max(0, Math.floor(((index + 0.5) / density - offset) / scale))),
  );
}
