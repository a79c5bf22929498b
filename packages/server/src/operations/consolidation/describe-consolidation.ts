import type { OperationOutput } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import type { ConsolidatedField } from '../../domain/consolidation/consolidate-answers.ts';
import { detailsPlace } from '../../domain/consolidation/details.ts';
import { consolidationRulesOf } from '../../domain/consolidation/flow-rules.ts';
import type { Answer } from '../../domain/rows.ts';
import { consolidateLoop } from '../../store/consolidate-apart.ts';
import { loadOwnHumanLoop } from '../human-loop/load-human-loop.ts';
import { type NamedWorker, namesOf } from '../human-loop/named-workers.ts';

type Output = OperationOutput<'DescribeConsolidation'>;

/** What was found out about the workers of the flow may be so old. */
const agreementAgeMs = 300_000;

/** One answer of those that a loop has, by the rules of its flow or by others. */
export const describeConsolidation: OperationHandler<'DescribeConsolidation'> = async (context, input) => {
  const { store, now } = context;
  const humanLoop = await loadOwnHumanLoop(context, input.HumanLoopName);
  const rows = await store.answersOfHumanLoop(humanLoop.id);
  const own = consolidationRulesOf(humanLoop.extensionTags);
  const rules = { method: input.Method ?? own.method, numbers: input.Numbers ?? own.numbers };
  const freshness = { now, maxAgeMs: agreementAgeMs };
  const { consolidation: result } = await consolidateLoop(store, { humanLoop, rows, rules }, freshness);
  const named = await namesOf(
    context,
    rows.map(({ workerId }) => workerId),
  );
  const place = detailsPlace(humanLoop);
  const isWritten = humanLoop.status === 'Completed' || humanLoop.status === 'Stopped';
  return {
    HumanLoopName: humanLoop.name,
    Method: rules.method,
    Numbers: rules.numbers,
    Answers: rows.length,
    ...(rows.length > 0 && { AnswerContent: JSON.stringify(result.answerContent) }),
    Confidence: result.confidence,
    Posterior: result.posterior,
    Agreement: result.agreement,
    Fields: Object.entries(result.fields).map(([name, field]) => described(name, field, rows, named)),
    Workers: voices(result.workers, rows, named),
    ...(place && isWritten && { DetailsS3Uri: `s3://${place.bucket}/${place.key}` }),
  };
};

type Names = { get(workerId: string): NamedWorker };

function described(
  name: string,
  field: ConsolidatedField,
  rows: readonly Answer[],
  named: Names,
): Output['Fields'][number] {
  const votes = Object.entries(field.votes ?? {}).sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return {
    Name: name,
    Kind: field.kind,
    Procedure: field.method,
    ...(field.value !== undefined && { Value: JSON.stringify(field.value) }),
    Confidence: field.confidence,
    Posterior: field.posterior,
    Agreement: field.agreement,
    Answers: field.answers,
    Votes: votes.map(([Choice, Share]) => ({ Choice, Share })),
    Workers: voices(field.workers, rows, named),
  };
}

const voices = (matches: Readonly<Record<string, number>>, rows: readonly Answer[], named: Names): Output['Workers'] =>
  rows.map(({ workerId, workerIdentity }) => ({
    ...named.get(workerId),
    // As it is in the output, whatever the worker is called now.
    WorkerId: workerIdentity.workerId,
    Match: matches[workerId]!,
  }));
