// PNG files of masks, read and written exactly; pictures of 16 bits are not read, since no mask is one.
import { decode, encode } from 'fast-png';

export interface ColorPicture {
  readonly width: number;
  readonly height: number;
  /** Of each pixel red, green and blue as one number, or -1 where nothing is seen. */
  readonly colors: Int32Array;
}

/** Larger pictures are not read: so many pixels of a few answers fit into memory. */
const mostPixels = 20_000_000;

/** @returns undefined when it is no PNG, is damaged, or is of a kind that masks never have. */
export function decodePng(bytes: Uint8Array): ColorPicture | undefined {
  const png = isSmall(bytes) ? decoded(bytes) : undefined;
  if (png === undefined || png.depth === 16) return undefined;
  const { width, height, channels, depth, data, palette } = png;
  const stride = Math.ceil((width * channels * depth) / 8);
  const mask = (1 << depth) - 1;
  const sample = (row: number, x: number): number =>
    depth === 8 ? data[row + x]! : (data[row + ((x * depth) >> 3)]! >> (8 - depth - ((x * depth) & 7))) & mask;
  const entries = palette?.map(([red = 0, green = 0, blue = 0, opacity = 255]) =>
    opacity === 0 ? -1 : rgb(red, green, blue),
  );
  const colorAt = (row: number, x: number): number => {
    if (entries) return entries[sample(row, x)] ?? -1;
    const at = row + x * channels;
    if (channels >= 3) return channels === 4 && data[at + 3] === 0 ? -1 : rgb(data[at]!, data[at + 1]!, data[at + 2]!);
    if (channels === 2) return data[at + 1] === 0 ? -1 : data[at]! * 0x010101;
    return Math.round((sample(row, x) * 255) / mask) * 0x010101;
  };
  const colors = new Int32Array(width * height);
  for (let y = 0, to = 0; y < height; y++) for (let x = 0; x < width; x++) colors[to++] = colorAt(y * stride, x);
  return { width, height, colors };
}

/** Its header comes first and says how large it is, before any memory is taken for it. */
function isSmall(bytes: Uint8Array): boolean {
  if (bytes.length < 24) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return view.getUint32(16) * view.getUint32(20) <= mostPixels;
}

function decoded(bytes: Uint8Array) {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

const rgb = (red: number, green: number, blue: number): number => (red << 16) | (green << 8) | blue;

/**
 * An indexed PNG as the mask tools write it: entry 0 of the palette is white and fully transparent.
 *
 * @param pixels of each pixel its entry. @param colors of the entries from 1 on, at most 255.
 */
export function encodePng(width: number, height: number, pixels: Uint8Array, colors: readonly number[]): Uint8Array {
  const palette = [
    [255, 255, 255, 0],
    ...colors.map((color) => [color >> 16, (color >> 8) & 255, color & 255, 255]),
  ] as [number, number, number, number][];
  return encode({ width, height, data: pixels, channels: 1, depth: 8, palette });
}

/** Plain Base64; undefined when it is none. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  try {
    const binary = atob(text);
    return Uint8Array.from({ length: binary.length }, (_each, index) => binary.charCodeAt(index));
  } catch {
    return undefined;
  }
}

export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  // A multiple of three, so that only the last part is padded; few enough for one call.
  for (let at = 0; at < bytes.length; at += 12_288)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 12_288))));
  return parts.join('');
}
