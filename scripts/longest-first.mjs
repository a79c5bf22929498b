// The order of test files: those that take minutes first, so that at the end all workers have something to do.
import { BaseSequencer } from 'vitest/node';

/** Parts of paths, the longest first; a list that is out of date costs time and nothing else. */
const longest = [
  'test/corpus/corpus.',
  'test/acceptance/docs.',
  'packages/elements/src/accessibility.',
  'start-many/start-many.',
  'test/crash/torture.',
  'crowd-semantic-segmentation.',
  'crowd-instance-segmentation.',
  'crowd-bounding-box.',
  'test/wire/operation-examples.',
  'store/postgres/postgres.',
  'test/wire/s3-gateway.',
];

const rank = ({ moduleId }) => {
  const at = longest.findIndex((part) => moduleId.includes(part));
  return at < 0 ? longest.length : at;
};

/** A sequencer of vitest: the rest stays in the order that vitest has for them. */
export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
