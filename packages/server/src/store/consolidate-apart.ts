/** Consolidation off the main thread, and what the answers to a flow say about each other. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Json } from '@holdpoint/protocol';
import { isAdjudicable, isAdjudicated } from '../domain/adjudication.ts';
import { insert, update } from '../domain/change.ts';
import type { FlowAgreement } from '../domain/consolidation/answer-history.ts';
import {
  type Consolidation,
  type ConsolidationOptions,
  consolidateAnswers,
  type OpenedAnswer,
} from '../domain/consolidation/consolidate-answers.ts';
import { decidedBy } from '../domain/consolidation/decided-by.ts';
import { agreementId } from '../domain/consolidation/flow-agreement.ts';
import { type ConsolidationRules, consolidationInput } from '../domain/consolidation/flow-rules.ts';
import type { Answer, HumanLoop } from '../domain/rows.ts';
import type { LoopAnswers, ThreadReply, ThreadRequest } from './consolidation-thread.ts';
import type { Store } from './store.ts';

/** Characters of answers up to which consolidating takes a few milliseconds: less than starting a thread. */
const smallText = 20_000;
/** Loops whose answers are read at once; requests come in between. */
const pageLoops = 500;
/** Figures are used again for so long for each answer that they are of: what took longer to work out is kept longer. */
const keptMsPerAnswer = 3;
/** Answers of one flow that are looked at, the latest first. */
const mostAnswers = 1_000_000;

/**
 * What the answers to a loop come to by these rules; an adjudicator's answer decides.
 *
 * @param rows all answers in the order of submission
 * @param freshness how old what is known of the workers may be; asked for only where the rules want it
 */
export async function consolidateLoop(
  store: Store,
  {
    humanLoop,
    rows,
    rules,
  }: { readonly humanLoop: HumanLoop; readonly rows: readonly Answer[]; readonly rules: ConsolidationRules },
  freshness: { readonly now: number; readonly maxAgeMs: number },
): Promise<{ readonly consolidation: Consolidation; readonly agreement: FlowAgreement | undefined }> {
  const [known, task] = await Promise.all([
    rules.method === 'majority' || rows.length === 0
      ? undefined
      : loadFlowAgreement(store, humanLoop.flowDefinitionId, freshness),
    isAdjudicable(humanLoop) ? store.taskOfHumanLoop(humanLoop.id) : undefined,
  ]);
  const opened = rows.map(({ workerId, answerContent }) => ({ workerId, content: JSON.parse(answerContent) as Json }));
  const { answers, options } = consolidationInput(opened, rules, known?.agreement);
  const consolidation = await consolidateApart(answers, options);
  const last = opened.at(-1);
  return {
    consolidation: last && task && isAdjudicated(task) ? decidedBy(last.content, consolidation) : consolidation,
    agreement: known?.agreement,
  };
}

/** `consolidateAnswers`, in a thread of its own when there is much to do: masks have millions of pixels. */
async function consolidateApart(
  answers: readonly OpenedAnswer[],
  options: ConsolidationOptions,
): Promise<Consolidation> {
  const size = answers.reduce((sum, { content }) => sum + JSON.stringify(content).length, 0);
  if (size <= smallText) return consolidateAnswers(answers, options);
  return inThread(async (ask) => (await ask({ ask: 'consolidate', answers, options })) as Consolidation);
}

/** What was found out about a flow, and when. */
export interface DatedAgreement {
  readonly at: number;
  readonly agreement: FlowAgreement;
}

const underWay = new WeakMap<Store, Map<string, Promise<DatedAgreement>>>();

/**
 * What the answers to the finished loops of a flow say about each other; worked out anew when what was found out last is older than
 * `maxAgeMs`, and sooner where there are few answers. Whoever asks meanwhile gets the same.
 */
export async function loadFlowAgreement(
  store: Store,
  flowDefinitionId: string,
  { now, maxAgeMs }: { readonly now: number; readonly maxAgeMs: number },
): Promise<DatedAgreement> {
  const row = await store.statistic(agreementId(flowDefinitionId));
  const known = row?.figures as DatedAgreement | undefined;
  const keptMs = known ? Math.min(maxAgeMs, known.agreement.answers * keptMsPerAnswer) : 0;
  if (known && known.at <= now && now - known.at < keptMs) return known;
  const own = underWay.get(store) ?? new Map<string, Promise<DatedAgreement>>();
  underWay.set(store, own);
  const running = own.get(flowDefinitionId);
  if (running) return running;
  const work = workOut(store, flowDefinitionId, now).finally(() => own.delete(flowDefinitionId));
  own.set(flowDefinitionId, work);
  return work;
}

async function workOut(store: Store, flowDefinitionId: string, now: number): Promise<DatedAgreement> {
  const agreement = await inThread(async (ask) => {
    let after: { readonly createdAt: number; readonly id: string } | undefined;
    for (let answers = 0; answers < mostAnswers; ) {
      const page = await store.answersOfFlow({ flowDefinitionId, after, limit: pageLoops });
      const loops: LoopAnswers = page.loops
        .filter(({ answers: given }) => given.length > 1)
        .map(({ answers: given }) => given.map(({ workerId, answerContent }) => [workerId, answerContent] as const));
      if (loops.length > 0) await ask({ ask: 'add', loops });
      answers += loops.reduce((sum, { length }) => sum + length, 0);
      after = page.next;
      if (!after) break;
    }
    return (await ask({ ask: 'agreement' })) as FlowAgreement;
  });
  const figures: DatedAgreement = { at: now, agreement };
  const id = agreementId(flowDefinitionId);
  const row = await store.statistic(id);
  // Another node may have been faster; its figures are as good.
  await store.save([
    row ? update('statistics', row, { figures }) : insert('statistics', { id, figures }, { ifAbsent: true }),
  ]);
  return figures;
}

type Ask = (request: ThreadRequest) => Promise<ThreadReply>;

async function inThread<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  // Beside this file and of its kind: a TypeScript source here, JavaScript in the built package.
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  const thread = new Worker(new URL(`./consolidation-thread${ending}`, import.meta.url));
  try {
    return await work(async (request) => {
      thread.postMessage(request);
      // An error of the thread is thrown here as well.
      const [reply] = (await once(thread, 'message')) as [ThreadReply];
      return reply;
    });
  } finally {
    await thread.terminate();
  }
}
