import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tlsCertificate, tlsKey } from './testing/tls.ts';
import { readTrustedCertificates } from './trusted-certificates.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-ca-'));
});
afterAll(() => rm(folder, { recursive: true }));

const broken = tlsCertificate.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA');

it.each<[string, string | undefined, string | RegExp]>([
  ['none', undefined, /^--ca-file .*ca\.pem cannot be read \(ENOENT\)\.$/],
  ['an empty file', '', /^--ca-file .*ca\.pem must hold certificates in PEM form\.$/],
  ['a key', tlsKey, /must hold certificates/],
  ['a broken certificate', broken, /must hold certificates/],
  ['a broken one among others', `${tlsCertificate}\n${broken}`, /must hold certificates/],
  ['a certificate', tlsCertificate, tlsCertificate],
  [
    'two, and words between',
    `first\n${tlsCertificate}\nsecond\n${tlsCertificate}\n`,
    `${tlsCertificate}\n${tlsCertificate}`,
  ],
])('S1 --ca-file with %s', async (_, content, expected) => {
  const file = join(folder, 'ca.pem');
  if (content !== undefined) await writeFile(file, content);
  const read = () => readTrustedCertificates(file, '--ca-file');
  if (typeof expected === 'string') expect(read()).toBe(expected);
  else expect(read).toThrow(expected);
});
