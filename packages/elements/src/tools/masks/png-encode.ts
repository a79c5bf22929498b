// Masks as PNG files. With up to 255 regions they are indexed: entry 0 of the palette is white and fully transparent, then
// comes one opaque entry for each region. Who drops the opacity sees white, who keeps it sees nothing. A palette has no room for
// more, so that a mask with more regions has red, green, blue and opacity for each pixel, with the same values.
import type { Pixels } from './mask.ts';

/** A mask to be written; everything in it can be sent to another thread. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly pixels: Pixels;
  /** Of each region's number in `pixels` its entry in the palette; 0 is the background. */
  readonly entries: Uint16Array<ArrayBuffer>;
  /** Red, green, blue of each entry, as one number; the first one is of the background. */
  readonly palette: readonly number[];
}

const mostEntries = 256;
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const isIndexed = ({ palette }: Drawing): boolean => palette.length <= mostEntries;

/** The rows of a mask as a PNG has them before they are compressed: each begins with the number of its filter, which is none. */
export function rawRows(drawing: Drawing): Uint8Array<ArrayBuffer> {
  const { width, height, pixels, entries } = drawing;
  if (!isIndexed(drawing)) return colorRows(drawing);
  const rows = new Uint8Array((width + 1) * height);
  const isSame = pixels instanceof Uint8Array && entries.every((entry, region) => entry === region);
  for (let y = 0; y < height; y++) {
    const row = y * (width + 1) + 1;
    if (isSame) rows.set(pixels.subarray(y * width, (y + 1) * width), row);
    else for (let x = 0; x < width; x++) rows[row + x] = entries[pixels[y * width + x]!]!;
  }
  return rows;
}

function colorRows({ width, height, pixels, entries, ...drawing }: Drawing): Uint8Array<ArrayBuffer> {
  const stride = width * 4 + 1;
  const rows = new Uint8Array(stride * height);
  const colors = bytesOf(drawing);
  for (let y = 0; y < height; y++) {
    let to = y * stride + 1;
    for (let at = y * width; at < (y + 1) * width; at++) {
      const from = entries[pixels[at]!]! * 4;
      for (let byte = 0; byte < 4; byte++) rows[to++] = colors[from + byte]!;
    }
  }
  return rows;
}

/** @param compressed `rawRows` of the same drawing, as zlib has them */
export function framePng(drawing: Drawing, compressed: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, drawing.width);
  view.setUint32(4, drawing.height);
  header.set([8, isIndexed(drawing) ? 3 : 6], 8);
  const colors = bytesOf(drawing);
  const palette = isIndexed(drawing)
    ? [
        chunk(
          'PLTE',
          colors.filter((_byte, index) => index % 4 !== 3),
        ),
        chunk(
          'tRNS',
          colors.filter((_byte, index) => index % 4 === 3),
        ),
      ]
    : [];
  const parts = [
    Uint8Array.from(signature),
    chunk('IHDR', header),
    ...palette,
    chunk('IDAT', compressed),
    chunk('IEND', new Uint8Array()),
  ];
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** Red, green, blue and opacity of each entry. */
const bytesOf = ({ palette }: Pick<Drawing, 'palette'>): Uint8Array =>
  Uint8Array.from(
    palette.flatMap((color, entry) => [color >> 16, (color >> 8) & 255, color & 255, entry === 0 ? 0 : 255]),
  );

function chunk(type: string, data: Uint8Array): Uint8Array {
  const framed = new Uint8Array(data.length + 12);
  const view = new DataView(framed.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index++) framed[4 + index] = type.charCodeAt(index);
  framed.set(data, 8);
  view.setUint32(data.length + 8, crc32(framed.subarray(4, data.length + 8)));
  return framed;
}

let table: Uint32Array | undefined;

function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_each, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value;
  });
  let sum = 0xffffffff;
  for (const byte of bytes) sum = table[(sum ^ byte) & 255]! ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** Plain Base64, without the beginning of a `data:` address. */
export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  // A multiple of three, so that only the last part is padded; few enough for one call.
  const step = 3 * 4096;
  for (let at = 0; at < bytes.length; at += step)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + step))));
  return parts.join('');
}
