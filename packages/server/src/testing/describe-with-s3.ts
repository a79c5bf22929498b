import { describe } from 'vitest';
import { isS3There } from './s3-server.ts';

/** `describe` where the server is installed. Elsewhere the tests are skipped and it is said why; with `CI=true` they fail. */
export function describeWithS3(): typeof describe | typeof describe.skip {
  if (isS3There()) return describe;
  const sentence = 'This machine has no OpenStack Swift (python3-swift).';
  if (process.env.CI === 'true') throw new Error(sentence);
  process.stderr.write(`\nSKIPPED: ${sentence}\n`);
  return describe.skip;
}
