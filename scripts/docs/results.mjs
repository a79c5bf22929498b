// What the tests found, as docs/compatibility.md states it: docs/results.json, taken over from the last run of the tests.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.mjs';

const kept = join(root, 'docs/results.json');
const measured = join(root, '.cache/test-results');

/** Suite → its result, as it was taken over. */
export const readResults = () => (existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {});

/** The results of the last run, as far as their suites ran whole. */
function readMeasured() {
  const names = existsSync(measured) ? readdirSync(measured).filter((name) => name.endsWith('.json')) : [];
  return Object.fromEntries(
    names
      .sort()
      .map((name) => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(join(measured, name), 'utf8'))]),
  );
}

/** Takes over what the last run measured. */
export function takeResults() {
  writeFileSync(kept, `${JSON.stringify({ ...readResults(), ...readMeasured() }, null, 2)}\n`);
}

/** The suites whose last result differs from the one that is documented. */
export function staleResults() {
  const documented = readResults();
  return Object.entries(readMeasured())
    .filter(([name, result]) => JSON.stringify(documented[name]) !== JSON.stringify(result))
    .map(([name]) => name);
}
