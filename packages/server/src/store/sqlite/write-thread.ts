/** The program of the writer thread: applies each batch that it is sent, and answers when it is durable. */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Compiled, Definition } from './compile.ts';
import { connectionPragmas } from './pragmas.ts';
import { createWriter, type Failure, failureOf } from './write.ts';

/** `true` saved, `false` conflict, else why that save alone failed. */
export type Verdict = boolean | Failure;
export type WriterRequest =
  | { readonly definitions: readonly Definition[]; readonly batch: readonly (readonly Compiled[])[] }
  | 'close';
/** The verdicts of a batch, or why none of it was written. */
export type WriterReply = { readonly verdicts: readonly Verdict[] } | { readonly failed: Failure };

const database = new DatabaseSync(workerData as string);
database.exec(connectionPragmas);
const writer = createWriter(database);

parentPort?.on('message', (request: WriterRequest) => {
  if (request === 'close') {
    database.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(apply(request));
});

function apply({ definitions, batch }: Exclude<WriterRequest, 'close'>): WriterReply {
  try {
    for (const definition of definitions) writer.define(definition);
    return { verdicts: writer.apply(batch) };
  } catch (error) {
    return { failed: failureOf(error) };
  }
}
