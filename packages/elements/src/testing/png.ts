import { crc32, deflateSync } from 'node:zlib';

/** A PNG file of `width` × `height` pixels, each of the colour `#rrggbb` that `colorAt` gives. */
export function png(width: number, height: number, colorAt: (x: number, y: number) => string): Buffer {
  const lines = Array.from({ length: height }, (_line, y) => [
    0,
    ...Array.from({ length: width }, (_pixel, x) => [...Buffer.from(colorAt(x, y).slice(1), 'hex')]).flat(),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(lines.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export const asDataUrl = (file: Buffer): string => `data:image/png;base64,${file.toString('base64')}`;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
