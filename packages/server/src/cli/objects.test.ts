import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandServer, startCommandServer } from '../testing/command-server.ts';
import { type Objects, openObjects } from './objects.ts';

let stage: CommandServer;
let objects: Objects;

beforeAll(async () => {
  stage = await startCommandServer();
  const { endpointUrl, region } = stage.server;
  objects = openObjects({ endpointUrl, region, credentials: stage.client.credentials });
  await objects.createBucket('odd');
  await objects.createBucket('other');
});
afterAll(() => stage?.close());

const all = async (prefix: string): Promise<readonly string[]> => {
  const uris: string[] = [];
  for await (const uri of objects.list(prefix)) uris.push(uri);
  return uris;
};

describe('objects', () => {
  it.each([
    ' lead/output.json',
    'trail /output.json ',
    'cr\rlf\nx',
    'a&amp;b<c>"d\'',
    '123',
    'ünï/日本/😀',
    '%2e%2e/x',
    'a//b/',
    '...',
  ])('have keys of every kind: %j', async (key) => {
    const uri = `s3://odd/keys/${key}`;
    await objects.write(uri, key, 'text/plain');
    expect((await objects.read(uri)).toString()).toBe(key);
    expect(await all('s3://odd/keys/')).toContain(uri);
  });

  it.each(['s3://odd/../other/x', 's3://odd/a/./b', 's3://odd/.', 's3://odd/a/..'])(
    'never lie in another place than was said: %s',
    async (uri) => {
      await expect(objects.write(uri, 'x', 'text/plain')).rejects.toThrow(
        `${uri} has "." or ".." as a part of its key`,
      );
      await expect(objects.read(uri)).rejects.toThrow('as a part of its key');
      expect(await all('s3://other/')).toEqual([]);
    },
  );
});
