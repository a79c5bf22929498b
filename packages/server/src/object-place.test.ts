import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { objectPlaceOf } from './object-place.ts';

const of = (objectStore: string) => objectPlaceOf({ data: '/data', objectStore });

describe('the place of objects', () => {
  it.each<[string, unknown]>([
    ['', { kind: 'folder', path: resolve('/data/objects') }],
    ['folder:/srv/objects', { kind: 'folder', path: resolve('/srv/objects') }],
    ['s3://bucket', { kind: 's3', place: { bucket: 'bucket', prefix: '', pathStyle: false } }],
    [
      's3://bucket/a/b/?region=eu-west-1',
      { kind: 's3', place: { bucket: 'bucket', prefix: 'a/b/', region: 'eu-west-1', pathStyle: false } },
    ],
    [
      's3://bucket?endpoint=http://127.0.0.1:9000/',
      { kind: 's3', place: { bucket: 'bucket', prefix: '', endpoint: 'http://127.0.0.1:9000', pathStyle: true } },
    ],
    [
      's3://bucket?endpoint=https://s3.example&path-style=false',
      { kind: 's3', place: { bucket: 'bucket', prefix: '', endpoint: 'https://s3.example', pathStyle: false } },
    ],
  ])('%j', (text, place) => expect(of(text)).toEqual(place));

  it.each<[string, RegExp]>([
    ['folder:', /--object-store names no folder/],
    ['/srv/objects', /--object-store must be folder:DIR or s3:\/\/BUCKET/],
    ['http://bucket', /--object-store must be/],
    ['s3:', /needs the name of a bucket/],
    ['s3:///prefix', /needs the name of a bucket/],
    ['s3://key:secret@bucket', /must not hold credentials/],
    ['s3://bucket?endpiont=x', /does not know 'endpiont': it can have endpoint, region, path-style/],
    ['s3://bucket?endpoint=localhost:9000', /endpoint in --object-store must be http/],
    ['s3://bucket?endpoint=http://key:secret@host', /endpoint in --object-store must be http/],
    ['s3://bucket?region=a b', /region in --object-store/],
    ['s3://bucket?path-style=yes', /path-style in --object-store must be true or false/],
    ['s3://bucket/a//b', /The prefix in --object-store/],
    ['s3://bucket/a%20b', /The prefix in --object-store/],
  ])('%j is refused in one sentence', (text, sentence) => {
    expect(() => of(text)).toThrow(sentence);
    expect(() => of(text)).not.toThrow(/secret/);
  });
});
