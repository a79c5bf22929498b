/**
 * The details of a human loop: what its answers come to, in an object of their own. `output.json` stays as A2I has it, since
 * strict readers exist; and the object is in another bucket, since programs are started by every JSON file in that of the outputs.
 */
import { bucketNameProblem, outputKey, parseS3Uri, stringifySorted, textOfTag } from '@holdpoint/protocol';
import type { HumanLoop, Tags } from '../rows.ts';
import type { Consolidation } from './consolidate-answers.ts';
import type { ConsolidationRules } from './flow-rules.ts';

/** The longest key that S3 takes, in bytes. */
const maxKeyBytes = 1024;
/** A flow definition and a loop with the longest names, and the time between them. */
const longestRest = 2 * 63 + 40;

/** Why details could not be written where the tags of a flow say, as a sentence; undefined when they can, or are not asked for. */
export function detailsProblem(tags: Tags, outputPath: string): string | undefined {
  const uri = textOfTag(tags, 'holdpoint:details-uri');
  const place = uri === undefined ? undefined : parseS3Uri(uri);
  if (!place) return undefined;
  const problem = bucketNameProblem(place.bucket);
  if (problem !== undefined) return `The tag holdpoint:details-uri: ${problem}`;
  if (place.bucket === parseS3Uri(outputPath)?.bucket)
    return `The tag holdpoint:details-uri must name another bucket than OutputConfig.S3OutputPath: whoever is started by outputs in ${place.bucket} would be started by details too.`;
  return new TextEncoder().encode(place.key).length + longestRest > maxKeyBytes
    ? `The tag holdpoint:details-uri: The prefix is too long: keys of details would have more than ${maxKeyBytes} bytes.`
    : undefined;
}

/** Where the details of a loop are written, if its flow asked for them when it started. */
export function detailsPlace(
  humanLoop: Pick<HumanLoop, 'name' | 'flowDefinitionName' | 'createdAt' | 'extensionTags'>,
): { readonly bucket: string; readonly key: string } | undefined {
  const uri = textOfTag(humanLoop.extensionTags, 'holdpoint:details-uri');
  const place = uri === undefined ? undefined : parseS3Uri(uri);
  if (!place) return undefined;
  const output = outputKey({
    prefix: place.key,
    flowDefinitionName: humanLoop.flowDefinitionName,
    humanLoopName: humanLoop.name,
    creationTime: new Date(humanLoop.createdAt),
  });
  return { bucket: place.bucket, key: output.replace(/output\.json$/, 'details.json') };
}

/** The bytes of details.json as text: keys sorted at every level, no white space. */
export function detailsText(input: {
  readonly humanLoop: HumanLoop;
  readonly flowDefinitionArn: string;
  readonly rules: ConsolidationRules;
  readonly answers: number;
  readonly consolidation: Consolidation;
  /** Of each worker who answered, by the id in `output.json`, how often right; where the rules ask for it. */
  readonly reliability: Readonly<Record<string, number>> | undefined;
}): string {
  const { humanLoop, flowDefinitionArn, rules, answers, consolidation, reliability } = input;
  return stringifySorted({
    answers,
    consolidatedAnswer: consolidation,
    creationTime: new Date(humanLoop.createdAt).toISOString(),
    flowDefinitionArn,
    humanLoopName: humanLoop.name,
    humanLoopStatus: humanLoop.status,
    method: rules.method,
    numbers: rules.numbers,
    outputS3Uri: humanLoop.outputS3Uri,
    ...(reliability && { reliability }),
  });
}
