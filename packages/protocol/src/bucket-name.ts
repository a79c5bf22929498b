/** First segments of paths that the server needs itself: no bucket can have such a name. */
export const reservedSegments: ReadonlySet<string> = new Set([
  'portal',
  'oauth2',
  'console',
  'assets',
  'docs',
  'gallery',
  'healthz',
  'readyz',
  'metrics',
  'human-loops',
]);

/**
 * What is wrong with a bucket's name, as a sentence; undefined when nothing is.
 * The rules are those of S3's user guide, "Bucket naming rules", and the names that the server needs itself.
 */
export function bucketNameProblem(name: string): string | undefined {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) return 'The specified bucket is not valid.';
  if (name.includes('..') || /^\d+\.\d+\.\d+\.\d+$/.test(name)) return 'The specified bucket is not valid.';
  if (reservedSegments.has(name)) return `The name '${name}' is reserved: this server uses the path /${name} itself.`;
  return undefined;
}
