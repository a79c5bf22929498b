// Reads PNG files without any loss: a canvas would mix the colours of pixels with their opacity, and may convert them.
import type { Size } from '../image/viewport.ts';

export interface DecodedPng extends Size {
  /** Writes a number for each pixel. Each colour is asked for once, as a number made of red, green and blue, or -1 where nothing is seen. */
  map(numberOf: (color: number) => number, numbers: Uint8Array | Uint16Array): void;
}

/** Bytes that cannot be read are thrown, with a reason for the author of the template. */
export async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedPng> {
  const chunks = readChunks(bytes);
  const header = chunks.get('IHDR')?.[0];
  if (header === undefined || header.length < 13) throw new Error('it is no PNG');
  const view = new DataView(header.buffer, header.byteOffset);
  const size = { width: view.getUint32(0), height: view.getUint32(4) };
  const [depth = 0, type = 0, , , interlaced] = header.subarray(8);
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[type];
  if (channels === undefined || ![1, 2, 4, 8, 16].includes(depth)) throw new Error('it is a PNG of an unknown kind');
  if (interlaced !== 0)
    throw new Error('it is an interlaced PNG, which cannot be read; please store it without interlacing');
  const rows = await inflate(chunks.get('IDAT') ?? []);
  const bits = channels * depth;
  const stride = Math.ceil((size.width * bits) / 8);
  if (rows.length < (stride + 1) * size.height) throw new Error('the PNG ends too early');
  unfilter(rows, stride, size.height, Math.max(1, bits >> 3));
  const palette = chunks.get('PLTE')?.[0] ?? new Uint8Array();
  const opacity = chunks.get('tRNS')?.[0];
  return {
    ...size,
    map: (numberOf, numbers) =>
      mapPixels({ ...size, depth, type, channels, rows, stride, palette, opacity }, numberOf, numbers),
  };
}

function readChunks(bytes: Uint8Array): Map<string, Uint8Array[]> {
  const chunks = new Map<string, Uint8Array[]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 8 || view.getUint32(0) !== 0x89504e47) return chunks;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.set(name, [...(chunks.get(name) ?? []), bytes.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  return chunks;
}

async function inflate(parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const stream = new Blob(parts as Uint8Array<ArrayBuffer>[]).stream().pipeThrough(new DecompressionStream('deflate'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new Error('the data of the PNG are damaged');
  }
}

/** Each row begins with the number of the filter that it went through. @param step bytes to the same channel of the pixel before */
function unfilter(rows: Uint8Array, stride: number, height: number, step: number): void {
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1);
    const filter = rows[start]!;
    if (filter === 0) continue;
    if (filter > 4) throw new Error('the data of the PNG are damaged');
    const end = start + stride + 1;
    const up = stride + 1;
    // A loop for each filter: there may be many millions of bytes.
    if (filter === 1) for (let at = start + 1 + step; at < end; at++) rows[at]! += rows[at - step]!;
    else if (filter === 2) {
      if (y > 0) for (let at = start + 1; at < end; at++) rows[at]! += rows[at - up]!;
    } else
      for (let at = start + 1; at < end; at++) {
        const isInside = at > start + step;
        const left = isInside ? rows[at - step]! : 0;
        const above = y > 0 ? rows[at - up]! : 0;
        if (filter === 3) rows[at]! += (left + above) >> 1;
        else rows[at]! += paeth(left, above, isInside && y > 0 ? rows[at - up - step]! : 0);
      }
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

interface Rows extends Size {
  readonly depth: number;
  readonly type: number;
  readonly channels: number;
  readonly rows: Uint8Array;
  readonly stride: number;
  readonly palette: Uint8Array;
  readonly opacity: Uint8Array | undefined;
}

function mapPixels(source: Rows, numberOf: (color: number) => number, numbers: Uint8Array | Uint16Array): void {
  const { width, height, stride } = source;
  const known = new Map<number, number>();
  const read = readerOf(source);
  let [last, number] = [Number.NaN, 0];
  for (let y = 0, to = 0; y < height; y++) {
    const row = y * (stride + 1) + 1;
    for (let x = 0; x < width; x++) {
      const color = read(row, x);
      if (color !== last) {
        last = color;
        let found = known.get(color);
        if (found === undefined) {
          found = numberOf(color);
          known.set(color, found);
        }
        number = found;
      }
      numbers[to++] = number;
    }
  }
}

/** Reads the colour of a pixel from a row that begins at a byte. Of 16 bits the upper eight count. */
function readerOf({ depth, type, channels, rows, palette, opacity }: Rows): (row: number, x: number) => number {
  const wide = depth === 16 ? 2 : 1;
  const mask = (1 << depth) - 1;
  const sample = (row: number, x: number): number => {
    if (depth >= 8) return rows[row + x * channels * wide]!;
    const bit = x * depth;
    return (rows[row + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
  };
  // The one colour that is said to be transparent.
  const clear = opacity && (type === 0 || type === 2) ? clearColor(opacity, type, depth) : Number.NaN;
  switch (type) {
    case 3: {
      const colors = Array.from({ length: 256 }, (_each, entry) =>
        opacity?.[entry] === 0 || entry * 3 >= palette.length
          ? -1
          : (palette[entry * 3]! << 16) | (palette[entry * 3 + 1]! << 8) | palette[entry * 3 + 2]!,
      );
      return (row, x) => colors[sample(row, x)]!;
    }
    case 0:
    case 4: {
      const scale = depth < 8 ? 255 / mask : 1;
      return (row, x) => {
        if (type === 4 && rows[row + (x * 2 + 1) * wide] === 0) return -1;
        const color = sample(row, x) * scale * 0x010101;
        return color === clear ? -1 : color;
      };
    }
    default:
      return (row, x) => {
        const at = row + x * channels * wide;
        if (type === 6 && rows[at + 3 * wide] === 0) return -1;
        const color = (rows[at]! << 16) | (rows[at + wide]! << 8) | rows[at + 2 * wide]!;
        return color === clear ? -1 : color;
      };
  }
}

function clearColor(opacity: Uint8Array, type: number, depth: number): number {
  const at = depth === 16 ? 0 : 1;
  if (type === 2) return (opacity[at]! << 16) | (opacity[at + 2]! << 8) | opacity[at + 4]!;
  return opacity[at]! * (depth < 8 ? 255 / ((1 << depth) - 1) : 1) * 0x010101;
}
