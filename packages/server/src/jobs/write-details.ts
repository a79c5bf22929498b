import { flowDefinitionArn } from '@holdpoint/protocol';
import { detailsPlace, detailsText } from '../domain/consolidation/details.ts';
import { accuraciesOf, consolidationRulesOf } from '../domain/consolidation/flow-rules.ts';
import type { Answer, HumanLoop } from '../domain/rows.ts';
import type { ObjectInfo } from '../object-store/object-store.ts';
import { consolidateLoop } from '../store/consolidate-apart.ts';
import { type JobContext, type JobHandler, nothingToDo } from './job.ts';
import { objectEvents } from './object-events.ts';

/** What was found out about the workers of a flow is used for so long before it is worked out anew. */
const agreementAgeMs = 3_600_000;

/**
 * Writes details.json of a loop that has ended, after its output. The first one that is written stays: what is known of the workers
 * changes with every answer, and a repetition that came to other figures would leave readers with two.
 */
export const writeDetails: JobHandler = async (context, job) => {
  const humanLoop = await context.store.humanLoop(job.subject);
  const place = humanLoop && detailsPlace(humanLoop);
  if (!humanLoop || !place) return nothingToDo;
  const { objectStore, now } = context;
  if (!(await objectStore.bucket(place.bucket))) await objectStore.createBucket(place.bucket, now);
  const object =
    (await objectStore.head(place.bucket, place.key)) ?? (await writeOnce(context, humanLoop, place.bucket, place.key));
  if (!object) return nothingToDo;
  return { done: true, changes: await objectEvents(context, humanLoop, object) };
};

async function writeOnce(
  context: JobContext,
  humanLoop: HumanLoop,
  bucket: string,
  key: string,
): Promise<ObjectInfo | undefined> {
  const { objectStore, now } = context;
  const rows = await context.store.answersOfHumanLoop(humanLoop.id);
  // Purged before the bucket could be written: it would say that nobody answered.
  if (rows.length === 0 && ((await context.store.taskOfHumanLoop(humanLoop.id))?.answersDone ?? 0) > 0)
    return undefined;
  const text = await detailsOf(context, humanLoop, rows);
  // Deleted or purged meanwhile: what was read of its answers may not be all.
  const present = await context.store.humanLoop(humanLoop.id);
  if (present?.version !== humanLoop.version) return undefined;
  const kmsKeyId = (await context.store.flowDefinition(humanLoop.flowDefinitionId))?.config.OutputConfig.KmsKeyId;
  const options = {
    contentType: 'application/json',
    onlyIfAbsent: true,
    ...(kmsKeyId !== undefined && { kmsKeyId }),
  };
  try {
    return await objectStore.put(bucket, key, Buffer.from(text.toWellFormed(), 'utf8'), options, now);
  } catch (error) {
    // Another node, or an earlier try of which nothing was heard, was faster.
    if (error instanceof Error && error.name === 'PreconditionFailed') return objectStore.head(bucket, key);
    throw error;
  }
}

async function detailsOf(context: JobContext, humanLoop: HumanLoop, rows: readonly Answer[]): Promise<string> {
  const { store, installation, now } = context;
  const rules = consolidationRulesOf(humanLoop.extensionTags);
  const freshness = { now, maxAgeMs: agreementAgeMs };
  const { consolidation, agreement } = await consolidateLoop(store, { humanLoop, rows, rules }, freshness);
  // By the ids that rows have, under which figures are kept; the object names workers as output.json does.
  const outside = new Map(rows.map(({ workerId, workerIdentity }) => [workerId, workerIdentity.workerId]));
  const renamed = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).map(([id, value]) => [outside.get(id) ?? id, value]));
  const accuracies = agreement && accuraciesOf(agreement);
  const reliability = accuracies && Object.fromEntries([...accuracies].filter(([id]) => outside.has(id)));
  return detailsText({
    humanLoop,
    flowDefinitionArn: flowDefinitionArn(installation, humanLoop.flowDefinitionName),
    rules,
    answers: rows.length,
    consolidation: {
      ...consolidation,
      workers: renamed(consolidation.workers),
      fields: Object.fromEntries(
        Object.entries(consolidation.fields).map(([name, field]) => [
          name,
          { ...field, workers: renamed(field.workers) },
        ]),
      ),
    },
    reliability: reliability && renamed(reliability),
  });
}
