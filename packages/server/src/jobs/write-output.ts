import { createHash } from 'node:crypto';
import { flowDefinitionArn, type JsonObject, type Output, parseS3Uri, serializeOutput } from '@holdpoint/protocol';
import { inOrderOfWeight, isAdjudicable } from '../domain/adjudication.ts';
import { finishHumanLoop, isFinal } from '../domain/human-loop.ts';
import { noteOutput } from '../domain/human-loop-event.ts';
import { isSealed } from '../domain/jobs.ts';
import type { Answer, HumanLoop } from '../domain/rows.ts';
import type { ObjectInfo } from '../object-store/object-store.ts';
import { type JobContext, type JobHandler, nothingToDo } from './job.ts';
import { loadAnnounce } from './load-loop.ts';
import { objectEvents } from './object-events.ts';

/**
 * Writes output.json, then ends the loop. The bytes are a function of saved rows alone, so writing twice writes the same;
 * a repetition looks first and leaves a file that is right already, since a second put would be a second event for
 * whoever listens on the bucket. Where an answer could still be taken back, a commit before says that none can any more.
 */
export const writeOutput: JobHandler = async (context, job) => {
  const humanLoop = await context.store.humanLoop(job.subject);
  if (!humanLoop || isFinal(humanLoop)) return nothingToDo;
  if (!isSealed(job)) return { done: false, error: 'the answers are final', retryAt: job.createdAt, tried: false };
  // Nobody asked for it, and nobody is told.
  if (humanLoop.goldItemId)
    return { done: true, changes: finishHumanLoop({ humanLoop, now: context.now, announce: () => [] }).changes };
  const body = await outputOf(context, humanLoop);
  // A node that was paused here may find the loop finished by another and its answers deleted or purged meanwhile: what was
  // read of them is whole only if the loop is still as it was.
  if ((await context.store.humanLoop(humanLoop.id))?.version !== humanLoop.version) return writeOutput(context, job);
  const object = await putOnce(context, humanLoop, body);
  const { changes } = finishHumanLoop({ humanLoop, now: context.now, announce: await loadAnnounce(context) });
  const written = noteOutput(humanLoop, body.body.length, context.now);
  return { done: true, changes: [...changes, written, ...(await objectEvents(context, humanLoop, object))] };
};

interface WrittenOutput {
  readonly body: Buffer;
  /** The key of AWS KMS that the flow definition names. */
  readonly kmsKeyId: string | undefined;
}

async function outputOf(context: JobContext, humanLoop: HumanLoop): Promise<WrittenOutput> {
  // A flow definition goes only when nothing of it is under way, so that it is there until the output is written.
  const [input, answers, flowDefinition, task] = await Promise.all([
    context.store.humanLoopInput(humanLoop.id),
    context.store.answersOfHumanLoop(humanLoop.id),
    context.store.flowDefinition(humanLoop.flowDefinitionId),
    isAdjudicable(humanLoop) ? context.store.taskOfHumanLoop(humanLoop.id) : undefined,
  ]);
  if (!input) throw new Error('The input of the loop is missing.');
  const source = flowDefinition?.config.HumanLoopRequestSource?.AwsManagedHumanLoopRequestSource;
  const output: Output = {
    ...(source !== undefined && { awsManagedHumanLoopRequestSource: source }),
    flowDefinitionArn: flowDefinitionArn(context.installation, humanLoop.flowDefinitionName),
    humanAnswers: inOrderOfWeight(answers, task).map(humanAnswer),
    humanLoopName: humanLoop.name,
    inputContent: JSON.parse(input.inputContent),
  };
  return {
    body: Buffer.from(serializeOutput(output).toWellFormed(), 'utf8'),
    kmsKeyId: flowDefinition?.config.OutputConfig.KmsKeyId,
  };
}

function humanAnswer(answer: Answer): Output['humanAnswers'][number] {
  const { workerId, ...identityData } = answer.workerIdentity;
  return {
    acceptanceTime: new Date(answer.acceptedAt).toISOString(),
    answerContent: JSON.parse(answer.answerContent) as JsonObject,
    submissionTime: new Date(answer.submittedAt).toISOString(),
    timeSpentInSeconds: answer.timeSpentInSeconds,
    workerId,
    workerMetadata: { identityData },
  };
}

async function putOnce(
  context: JobContext,
  humanLoop: HumanLoop,
  { body, kmsKeyId }: WrittenOutput,
): Promise<ObjectInfo> {
  const { objectStore, now } = context;
  const { bucket, key } = parseS3Uri(humanLoop.outputS3Uri)!;
  const sha256 = createHash('sha256').update(body).digest('hex');
  // A program that is moved over brings the name of its bucket along; the built-in store makes it when it is missing.
  if (!(await objectStore.bucket(bucket))) await objectStore.createBucket(bucket, now);
  const existing = await objectStore.head(bucket, key);
  if (existing?.size === body.length && existing.sha256 === sha256) return existing;
  const options = { contentType: 'application/json', ...(kmsKeyId !== undefined && { kmsKeyId }) };
  return objectStore.put(bucket, key, body, options, now);
}
