// Reads a given mask: 12 megapixels take so long that it happens in a worker.
import type { Size } from '../image/viewport.ts';
import { runsOf } from './initial-mask.ts';
import type { Pixels } from './mask.ts';
import { decodePng } from './png-decode.ts';

export interface MaskFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the mask must have. */
  readonly size: Size;
  /** Red, green, blue of each region, as one number, in the order of their numbers. */
  readonly colors: readonly number[];
}

export interface GivenPixels {
  readonly pixels: Pixels;
  /** How many pixels each region has, by its number. */
  readonly counts: Uint32Array<ArrayBuffer>;
  /** The same pixels, as `InitialMask` has them. */
  readonly runs: Uint32Array<ArrayBuffer>;
}

/** The pixels, or why there are none: another size, or a reason for the author of the template. */
export type MaskReading = GivenPixels | { readonly otherSize: Size } | { readonly reason: string };

export async function readPixels({ bytes, size, colors }: MaskFile): Promise<MaskReading> {
  try {
    const png = await decodePng(bytes);
    const { width, height } = png;
    if (width !== size.width || height !== size.height) return { otherSize: { width, height } };
    // Of a colour that is there twice the first one counts.
    const numbers = new Map(colors.map((color, index) => [color, index + 1] as const).reverse());
    const pixels = colors.length > 255 ? new Uint16Array(width * height) : new Uint8Array(width * height);
    png.map((color) => numbers.get(color) ?? 0, pixels);
    const counts = new Uint32Array(colors.length + 1);
    for (let at = 0; at < pixels.length; at++) counts[pixels[at]!]!++;
    return { pixels, counts, runs: runsOf(pixels) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
