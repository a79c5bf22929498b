// The pictures, sounds, films and documents of the corpus, made here.
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Page } from 'playwright-core';
import { png } from '../../packages/elements/src/testing/png.ts';
import type { TestServer } from '../testing/test-server.ts';

/** Inputs name them as `s3://holdpoint/corpus/…`. */
const folder = 'corpus';
const frames = 4;
const framesMilliseconds = 500;

/** Puts all of them into the server's bucket. @param page any page of a browser, which makes the frames of the film */
export async function putMedia(server: TestServer, page: Page): Promise<void> {
  const street = png(400, 200, (x, y) => (y < 80 ? '#a8c8e8' : x > 150 && x < 250 ? '#505860' : '#7a9a58'));
  const sheet = png(300, 400, (_x, y) => (y % 40 < 4 ? '#303030' : '#f4f4f0'));
  const tiny = png(24, 16, (x, y) => (x < 12 ? '#806040' : y < 8 ? '#60a0c0' : '#c0a060'));
  const mask = png(24, 16, (x, y) => (x < 6 ? '#2ca02c' : y >= 12 ? '#1f77b4' : '#ffffff'));
  const objects: Readonly<Record<string, readonly [Buffer, string]>> = {
    'street.png': [street, 'image/png'],
    'page 1 (é).png': [sheet, 'image/png'],
    'page-2.png': [sheet, 'image/png'],
    'tiny.png': [tiny, 'image/png'],
    'mask.png': [mask, 'image/png'],
    'tone.wav': [tone(2), 'audio/wav'],
    'clip.webm': [webm(320, 180, await filmFrames(page, 320, 180)), 'video/webm'],
    'letter.html': [
      Buffer.from('<!doctype html><title>Letter</title><p>Dear Ms. Okafor, your parcel left on 3 May.</p>'),
      'text/html',
    ],
  };
  for (const [name, [Body, ContentType]] of Object.entries(objects))
    await server.s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key: `${folder}/${name}`, Body, ContentType }));
}

/** 8000 samples a second, one byte each. */
function tone(seconds: number): Buffer {
  const samples = Buffer.from(
    Array.from({ length: 8000 * seconds }, (_each, at) => 128 + Math.round(60 * Math.sin(at / 3))),
  );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** A WebP picture is a key frame of VP8 in a RIFF file. */
async function filmFrames(page: Page, width: number, height: number): Promise<Buffer[]> {
  const pictures = await page.evaluate(
    ({ width, height, frames }) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const context = canvas.getContext('2d')!;
      return Array.from({ length: frames }, (_each, index) => {
        context.fillStyle = `hsl(${index * 80} 60% 50%)`;
        context.fillRect(0, 0, width, height);
        return canvas.toDataURL('image/webp', 0.8).split(',')[1]!;
      });
    },
    { width, height, frames },
  );
  return pictures.map((picture) => {
    const file = Buffer.from(picture, 'base64');
    const at = file.indexOf('VP8 ', 12, 'latin1');
    return file.subarray(at + 8, at + 8 + file.readUInt32LE(at + 4));
  });
}

/** A film of key frames only, in one cluster. */
function webm(width: number, height: number, pictures: readonly Buffer[]): Buffer {
  const head = element(
    '1a45dfa3',
    element('4282', Buffer.from('webm')),
    element('4287', byte(2)),
    element('4285', byte(2)),
  );
  const duration = Buffer.alloc(8);
  duration.writeDoubleBE(pictures.length * framesMilliseconds);
  const info = element('1549a966', element('2ad7b1', number(1_000_000)), element('4489', duration));
  const size = element('e0', element('b0', number(width)), element('ba', number(height)));
  const track = element(
    'ae',
    element('d7', byte(1)),
    element('73c5', byte(1)),
    element('83', byte(1)),
    element('86', Buffer.from('V_VP8')),
    size,
  );
  const blocks = pictures.map((picture, index) => {
    const time = Buffer.alloc(2);
    time.writeInt16BE(index * framesMilliseconds);
    return element('a3', byte(0x81), time, byte(0x80), picture);
  });
  const tracks = element('1654ae6b', track);
  const cluster = element('1f43b675', element('e7', byte(0)), ...blocks);
  return Buffer.concat([head, element('18538067', info, tracks, cluster)]);
}

const byte = (value: number): Buffer => Buffer.from([value]);

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** An element of EBML: its id, its size in eight bytes, its content. */
function element(id: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.length));
  size[0] = 1;
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
}
