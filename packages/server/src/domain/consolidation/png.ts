// PNG files of masks, read and written exactly; what a mask never has (interlacing, 16 bits) is not read.
import { deflate, inflate } from './inflate.ts';

export interface ColorPicture {
  readonly width: number;
  readonly height: number;
  /** Of each pixel red, green and blue as one number, or -1 where nothing is seen. */
  readonly colors: Int32Array;
}

/** Larger pictures are not read: so many pixels of a few answers fit into memory. */
const mostPixels = 20_000_000;
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** @returns undefined when it is no PNG, is damaged, or is of a kind that masks never have. */
export function decodePng(bytes: Uint8Array): ColorPicture | undefined {
  const chunks = chunksOf(bytes);
  const header = chunks?.get('IHDR');
  if (!chunks || header?.length !== 13) return undefined;
  const view = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, type = 0, , , interlaced] = header.subarray(8);
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[type];
  if (channels === undefined || interlaced !== 0 || width * height === 0 || width * height > mostPixels)
    return undefined;
  if (depth !== 8 && !(channels === 1 && [1, 2, 4].includes(depth))) return undefined;
  const stride = Math.ceil((width * channels * depth) / 8);
  const rows = inflate(chunks.get('IDAT') ?? new Uint8Array(), (stride + 1) * height);
  if (!rows || !unfilter(rows, stride, height, channels)) return undefined;
  const palette = chunks.get('PLTE') ?? new Uint8Array();
  const opacity = chunks.get('tRNS') ?? new Uint8Array();
  const colors = new Int32Array(width * height);
  const colorAt = readerOf({ depth, type, channels, rows, palette, opacity });
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++) colors[to++] = colorAt(y * (stride + 1) + 1, x);
  return { width, height, colors };
}

function chunksOf(bytes: Uint8Array): Map<string, Uint8Array> | undefined {
  if (!signature.every((byte, index) => bytes[index] === byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts = new Map<string, Uint8Array[]>();
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    parts.set(name, [...(parts.get(name) ?? []), data]);
    at += length + 12;
  }
  return new Map([...parts].map(([name, list]) => [name, joined(list)]));
}

/** Takes back what each row was filtered with; `false` when there is no such filter. */
function unfilter(rows: Uint8Array, stride: number, height: number, step: number): boolean {
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1) + 1;
    const filter = rows[start - 1]!;
    if (filter > 4) return false;
    if (filter === 0) continue;
    for (let at = start; at < start + stride; at++) {
      const isInside = at >= start + step;
      const left = isInside ? rows[at - step]! : 0;
      const up = y > 0 ? rows[at - stride - 1]! : 0;
      const corner = isInside && y > 0 ? rows[at - stride - 1 - step]! : 0;
      const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
      rows[at] = rows[at]! + guess;
    }
  }
  return true;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

interface Source {
  readonly depth: number;
  readonly type: number;
  readonly channels: number;
  readonly rows: Uint8Array;
  readonly palette: Uint8Array;
  readonly opacity: Uint8Array;
}

function readerOf({ depth, type, channels, rows, palette, opacity }: Source): (row: number, x: number) => number {
  const mask = (1 << depth) - 1;
  const sample = (row: number, x: number): number =>
    depth === 8
      ? rows[row + x * channels]!
      : (rows[row + ((x * depth) >> 3)]! >> (8 - depth - ((x * depth) & 7))) & mask;
  const rgb = (at: number, from: Uint8Array): number => (from[at]! << 16) | (from[at + 1]! << 8) | from[at + 2]!;
  if (type === 3) {
    const colors = Int32Array.from({ length: 256 }, (_each, entry) =>
      opacity[entry] === 0 || entry * 3 + 2 >= palette.length ? -1 : rgb(entry * 3, palette),
    );
    return (row, x) => colors[sample(row, x)]!;
  }
  if (type === 2 || type === 6)
    return (row, x) => {
      const at = row + x * channels;
      return type === 6 && rows[at + 3] === 0 ? -1 : rgb(at, rows);
    };
  return (row, x) =>
    type === 4 && rows[row + x * 2 + 1] === 0 ? -1 : Math.round((sample(row, x) * 255) / mask) * 0x010101;
}

/**
 * An indexed PNG as the mask tools write it: entry 0 of the palette is white and fully transparent.
 *
 * @param pixels of each pixel its entry. @param colors of the entries from 1 on, at most 255.
 */
export function encodePng(width: number, height: number, pixels: Uint8Array, colors: readonly number[]): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    const row = y * (width + 1);
    // The difference to the row above: where nothing changes it is nothing.
    rows[row] = 2;
    for (let x = 0; x < width; x++)
      rows[row + 1 + x] = pixels[y * width + x]! - (y > 0 ? pixels[(y - 1) * width + x]! : 0);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 3], 8);
  const palette = [0xffffff, ...colors].flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]);
  return joined([
    Uint8Array.from(signature),
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(palette)),
    chunk('tRNS', Uint8Array.from([0])),
    chunk('IDAT', deflate(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const framed = new Uint8Array(data.length + 12);
  const view = new DataView(framed.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index++) framed[4 + index] = name.charCodeAt(index);
  framed.set(data, 8);
  let sum = 0xffffffff;
  for (const byte of framed.subarray(4, data.length + 8)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  view.setUint32(data.length + 8, ~sum >>> 0);
  return framed;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
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
