// What the documents state about the tests: each run leaves its figures here, `npm run docs -- --results` takes them over, and
// the check compares both.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../.cache/test-results');

/** Leaves the result of a suite of which nothing was skipped. */
export function recordResult(name: string, result: unknown): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}
