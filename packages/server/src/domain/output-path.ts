import { bucketNameProblem, outputKey, parseS3Uri } from '@holdpoint/protocol';

/** The longest key that S3 takes, in bytes. */
const maxKeyBytes = 1024;
/** The longest name that a loop can have. */
const longestName = 'x'.repeat(63);

/**
 * Why no output could be written under an `S3OutputPath`, as a sentence; undefined when it can. Asked when a flow is made:
 * found out later, it would keep loops whose answers are all in from ever being Completed.
 */
export function outputPathProblem(outputPath: string, flowDefinitionName: string): string | undefined {
  const location = parseS3Uri(outputPath);
  if (!location) return 'It must name a bucket, as in s3://bucket/prefix.';
  const problem = bucketNameProblem(location.bucket);
  if (problem !== undefined) return problem;
  const key = outputKey({
    prefix: location.key,
    flowDefinitionName,
    humanLoopName: longestName,
    creationTime: new Date(0),
  });
  return new TextEncoder().encode(key).length > maxKeyBytes
    ? `The prefix is too long: keys of outputs would have more than ${maxKeyBytes} bytes.`
    : undefined;
}
