import type { OperationOutput } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import type { FieldFigures, WorkerReliability } from '../../domain/consolidation/answer-history.ts';
import { loadFlowAgreement } from '../../store/consolidate-apart.ts';
import { loadFlowDefinition } from '../flow-definition/load-flow-definition.ts';
import { type NamedWorker, namesOf } from '../human-loop/named-workers.ts';

type Output = OperationOutput<'GetFlowAgreement'>;

const usualAgeSeconds = 300;

/** How far the workers of a flow agree, and how often each is right. */
export const getFlowAgreement: OperationHandler<'GetFlowAgreement'> = async (context, input) => {
  const flowDefinition = await loadFlowDefinition(context, input.FlowDefinitionName);
  const { at, agreement } = await loadFlowAgreement(context.store, flowDefinition.id, {
    now: context.now,
    maxAgeMs: (input.MaxAgeSeconds ?? usualAgeSeconds) * 1000,
  });
  const named = await namesOf(
    context,
    agreement.workers.map(({ workerId }) => workerId),
  );
  return {
    FlowDefinitionName: flowDefinition.name,
    CountedAt: new Date(at),
    Loops: agreement.loops,
    Answers: agreement.answers,
    Fields: agreement.fields.map((field) => describedField(field, named)),
    Workers: agreement.workers.map((worker) => describedWorker(worker, agreement.fields, named)),
  };
};

type Names = { get(workerId: string): NamedWorker };

const describedField = (field: FieldFigures, named: Names): Output['Fields'][number] => ({
  Name: field.name,
  Kind: field.kind,
  Loops: field.loops,
  Answers: field.answers,
  ...(field.agreement !== undefined && { Agreement: field.agreement }),
  ...(field.alpha !== undefined && { Alpha: field.alpha }),
  ...(field.metric !== undefined && { Metric: field.metric }),
  ...(field.kappa !== undefined && { Kappa: field.kappa }),
  Pairs: (field.pairs ?? []).map(({ workers: [one, other], loops, kappa }) => {
    const { WorkerId, WorkerName } = named.get(other);
    return {
      ...named.get(one),
      ...(WorkerId !== undefined && { OtherWorkerId: WorkerId }),
      ...(WorkerName !== undefined && { OtherWorkerName: WorkerName }),
      Loops: loops,
      ...(kappa !== undefined && { Kappa: kappa }),
    };
  }),
  ...(field.model && { Labels: field.model.labels, Shares: field.model.prior }),
});

const describedWorker = (
  { workerId, answers, accuracy, fields }: WorkerReliability,
  all: readonly FieldFigures[],
  named: Names,
): Output['Workers'][number] => ({
  ...named.get(workerId),
  Answers: answers,
  Accuracy: accuracy,
  Fields: Object.entries(fields).map(([name, own]) => {
    const confusion = all.find((field) => field.name === name)?.model?.confusion[workerId];
    return { Name: name, Answers: own.answers, Accuracy: own.accuracy, ...(confusion && { Confusion: confusion }) };
  }),
});
