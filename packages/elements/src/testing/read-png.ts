// Reads masks in a way of its own, for tests: files with palettes or with red, green, blue and opacity, and no filters.
import { crc32, inflateSync } from 'node:zlib';

export interface PngFile {
  readonly width: number;
  readonly height: number;
  /** 3 for files with a palette, 6 for those without. */
  readonly type: number;
  /** As `#rrggbbaa`. */
  at(x: number, y: number): string;
}

/** @param base64 without the beginning of a `data:` address */
export function readPng(base64: string): PngFile {
  const file = Buffer.from(base64, 'base64');
  if (file.toString('base64') !== base64) throw new Error('not plain Base64');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const named = file.subarray(at + 4, at + 8 + length);
    if (crc32(named) !== file.readUInt32BE(at + 8 + length)) throw new Error('a wrong sum');
    chunks.set(named.toString('latin1', 0, 4), named.subarray(4));
    at += length + 12;
  }
  const header = chunks.get('IHDR')!;
  const [width, height, type] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9]!];
  if (header[8] !== 8 || ![3, 6].includes(type)) throw new Error('another kind of PNG');
  const depth = type === 3 ? 1 : 4;
  const rows = inflateSync(chunks.get('IDAT')!);
  const stride = width * depth + 1;
  if (rows.length !== stride * height) throw new Error('another size');
  const at = (x: number, y: number): string => {
    if (rows[y * stride] !== 0) throw new Error('a filter');
    const pixel = rows.subarray(y * stride + 1 + x * depth, y * stride + 1 + (x + 1) * depth);
    if (type === 6) return `#${pixel.toString('hex')}`;
    const entry = pixel[0]!;
    const opacity = chunks.get('tRNS')!.subarray(entry, entry + 1);
    return `#${chunks.get('PLTE')!.toString('hex', entry * 3, entry * 3 + 3)}${opacity.toString('hex')}`;
  };
  return { width, height, type, at };
}

/** What is seen of each colour: its bounds and how many pixels there are, by `#rrggbb`; all else must be transparent white. */
export function areasOf(
  png: PngFile,
): Map<string, { left: number; top: number; width: number; height: number; pixels: number }> {
  const areas = new Map<string, { left: number; top: number; width: number; height: number; pixels: number }>();
  for (let y = 0; y < png.height; y++)
    for (let x = 0; x < png.width; x++) {
      const color = png.at(x, y);
      if (color === '#ffffff00') continue;
      if (!color.endsWith('ff')) throw new Error(`${color} is neither opaque nor the background`);
      const area = areas.get(color.slice(0, 7)) ?? { left: x, top: y, width: 1, height: 1, pixels: 0 };
      const left = Math.min(area.left, x);
      areas.set(color.slice(0, 7), {
        left,
        top: area.top,
        width: Math.max(area.left + area.width, x + 1) - left,
        height: y + 1 - area.top,
        pixels: area.pixels + 1,
      });
    }
  return areas;
}
