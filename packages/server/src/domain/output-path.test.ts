import { expect, test } from 'vitest';
import { outputPathProblem } from './output-path.ts';

const flow = 'flow';
/** What stands after the prefix in the longest key: names, slashes and the time. */
const rest = `/${flow}/1970/01/01/00/00/00/${'x'.repeat(63)}/output.json`.length;

test.each([
  's3://holdpoint',
  's3://holdpoint/',
  's3://my-bucket.eu/some/Prefix/../with dots',
  'https://my-bucket.s3.eu-west-1.amazonaws.com/prefix',
  `s3://holdpoint/${'p'.repeat(1024 - rest)}`,
])('%s can be written to', (path) => {
  expect(outputPathProblem(path, flow)).toBeUndefined();
});

test.each([
  ['https://example.com/x', /name a bucket/],
  ['s3://My_Bucket/out', /bucket is not valid/],
  ['s3://ab/out', /bucket is not valid/],
  ['s3://10.0.0.1/out', /bucket is not valid/],
  ['s3://assets/portal', /reserved/],
  [`s3://holdpoint/${'p'.repeat(1025 - rest)}`, /too long/],
  [`s3://holdpoint/${'\u00e9'.repeat(500)}`, /too long/],
])('%s is refused', (path, problem) => {
  expect(outputPathProblem(path, flow)).toMatch(problem);
});
