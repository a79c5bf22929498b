// A server of images for one test file, of another origin than the page: good ones, and all kinds of trouble.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll } from 'vitest';

export interface TestImages {
  /**
   * The address of an image. Paths: `<width>x<height>.png`, the same below `closed/` without leave to read it, `status/<code>`,
   * `text`, `never` (no answer until `answer` is called), `given` (what `give` was told).
   */
  url(path: string): string;
  /** What is served at `given`. */
  give(bytes: Uint8Array, type: string): void;
  /** From now on `never` is an image of 40 × 20. */
  answer(): void;
  /** How often a path was asked for. */
  count(path: string): number;
}

export function useTestImages(): TestImages {
  let given: { bytes: Uint8Array; type: string } = { bytes: new Uint8Array(), type: 'image/png' };
  let answers = false;
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1).replace(/\?.*/, '');
    counts.set(path, (counts.get(path) ?? 0) + 1);
    if (!path.startsWith('closed/')) response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cache-control', 'no-store');
    reply(path.replace('closed/', ''), response);
  });

  function reply(path: string, response: ServerResponse): void {
    const size = /^(\d+)x(\d+)\.png$/.exec(path);
    const status = /^status\/(\d+)$/.exec(path);
    if (size) send(response, pngOf(Number(size[1]), Number(size[2])), 'image/png');
    else if (status) response.writeHead(Number(status[1])).end('no image');
    else if (path === 'given') send(response, given.bytes, given.type);
    else if (path === 'text') send(response, Buffer.from('no image at all'), 'text/plain');
    else if (path === 'never' && answers) send(response, pngOf(40, 20), 'image/png');
    else if (path !== 'never') response.writeHead(404).end();
  }

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  return {
    url: (path) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`,
    give(bytes, type) {
      given = { bytes, type };
    },
    answer() {
      answers = true;
    },
    count: (path) => counts.get(path) ?? 0,
  };
}

function send(response: ServerResponse, bytes: Uint8Array, type: string): void {
  response.writeHead(200, { 'content-type': type }).end(bytes);
}

/** A grey picture with a slope from left to right. */
export function pngOf(width: number, height: number): Buffer {
  const row = Buffer.alloc(width + 1);
  for (let x = 0; x < width; x++) row[x + 1] = 60 + Math.floor((120 * x) / width);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** A JPEG with an EXIF block that asks for it to be shown turned by 90 degrees. */
export function turned(jpeg: Uint8Array): Uint8Array {
  // TIFF, big-endian, one entry: Orientation (0x0112), one short, 6.
  const exif = [
    0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0,
    0,
  ];
  const block = [0xff, 0xe1, 0, exif.length + 2, ...exif];
  return Uint8Array.from([...jpeg.subarray(0, 2), ...block, ...jpeg.subarray(2)]);
}
