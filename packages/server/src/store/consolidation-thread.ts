// The program of a thread that consolidates: what may take seconds keeps no request waiting.
import { parentPort } from 'node:worker_threads';
import { createAnswerHistory, type FlowAgreement } from '../domain/consolidation/answer-history.ts';
import {
  type Consolidation,
  type ConsolidationOptions,
  consolidateAnswers,
  type OpenedAnswer,
} from '../domain/consolidation/consolidate-answers.ts';

/** The answers to some loops: of each loop its workers and contents as JSON text. */
export type LoopAnswers = readonly (readonly (readonly [workerId: string, content: string])[])[];

export type ThreadRequest =
  | { readonly ask: 'consolidate'; readonly answers: readonly OpenedAnswer[]; readonly options: ConsolidationOptions }
  | { readonly ask: 'add'; readonly loops: LoopAnswers }
  | { readonly ask: 'agreement' };

export type ThreadReply = Consolidation | FlowAgreement | null;

const history = createAnswerHistory();

parentPort?.on('message', (request: ThreadRequest) => parentPort?.postMessage(answer(request)));

function answer(request: ThreadRequest): ThreadReply {
  if (request.ask === 'consolidate') return consolidateAnswers(request.answers, request.options);
  if (request.ask === 'agreement') return history.agreement();
  for (const loop of request.loops)
    history.add(loop.map(([workerId, content]) => ({ workerId, content: JSON.parse(content) })));
  return null;
}
