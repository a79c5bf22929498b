import { parseS3Uri } from '@holdpoint/protocol';
import type { Calling, Shown } from '../api-command.ts';
import { parseMoment } from '../loop/moment.ts';
import { UnreadableOutput } from '../loop/read-output.ts';
import { parseStatuses } from '../loop/statuses.ts';
import { ReaderGone } from '../loop/stream-output.ts';
import { startProgress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';
import { csv, jsonLines } from './formats.ts';
import { type LoopRecord, recordsOfFlow, recordsUnder } from './records.ts';
import { fileTarget, outputTarget, type Target } from './target.ts';

export interface ExportOptions {
  readonly json?: boolean;
  readonly format: 'jsonl' | 'csv';
  readonly output?: string;
  readonly status?: readonly string[];
  readonly after?: string;
  readonly before?: string;
  readonly from?: string;
  readonly withInput?: boolean;
}

/** Writes the answers of a flow, in the order in which its loops began, whatever their number. */
export async function exportAnswers(calling: Calling<ExportOptions>, flow?: string): Promise<Shown | undefined> {
  const { options, terminal, signal } = calling;
  const records = recordsOf(calling, flow);
  const { output: file } = options;
  const target = file === undefined ? outputTarget(terminal.output) : await openTarget(file, calling);
  const format =
    options.format === 'csv' ? await csv(target.write, options.withInput === true) : jsonLines(target.write);
  // Standard output may be the same terminal, and then the lines themselves are the progress.
  const isQuiet = file === undefined && terminal.output.isTTY === true;
  const progress = startProgress(isQuiet ? { write: () => true } : terminal.errors, 'Exporting');
  const counts = { loops: 0, answers: 0, unreadable: 0 };
  try {
    for await (const record of records) {
      signal.throwIfAborted();
      if (record instanceof UnreadableOutput) {
        counts.unreadable++;
        if (isQuiet) terminal.errors.write(`${record.message}\n`);
        else progress.line(record.message);
        continue;
      }
      await format.add(record);
      counts.loops++;
      counts.answers += record.read?.output.humanAnswers.length ?? 0;
      progress.update(counts.loops);
    }
    await format.end();
    await target.keep();
  } catch (error) {
    if (error instanceof ReaderGone) return undefined;
    throw error;
  } finally {
    progress.end();
    await format.close();
    await target.discard();
  }
  return conclude(counts, options, terminal);
}

type Counts = Readonly<Record<'loops' | 'answers' | 'unreadable', number>>;

function conclude(
  counts: Counts,
  { output, json }: ExportOptions,
  terminal: Calling<unknown>['terminal'],
): Shown | undefined {
  const { loops, answers, unreadable } = counts;
  const failure =
    unreadable === 0 ? undefined : `${plural(unreadable, 'output')} could not be read; the rest is there.`;
  const text = `${plural(answers, 'answer')} of ${plural(loops, 'human loop')}${output === undefined ? '' : ` in ${output}`}.`;
  if (output !== undefined) return { output: { ...counts, file: output }, text, failure };
  // Standard output has the answers, and nothing else.
  if (!json) terminal.errors.write(`${text}\n`);
  if (failure !== undefined) throw new Error(failure);
  return undefined;
}

const plural = (count: number, what: string): string =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;

function recordsOf(
  calling: Calling<ExportOptions>,
  flow: string | undefined,
): AsyncGenerator<LoopRecord | UnreadableOutput> {
  const { status, from, json, output, withInput } = calling.options;
  const after = momentOf(calling.options.after, '--after');
  const before = momentOf(calling.options.before, '--before');
  const statuses = parseStatuses(status) ?? new Set(['Completed', 'Stopped'] as const);
  if (json && output === undefined)
    throw new UsageError('--json prints a summary, and standard output has the answers: give --output too.');
  if (from === undefined) {
    if (flow === undefined) throw new UsageError('Name a flow, or a place in a bucket with --from.');
    return recordsOfFlow(calling, flow, { statuses, after, before, withInput: withInput === true });
  }
  if (status !== undefined) throw new UsageError('--status does not go with --from: an output does not tell it.');
  if (parseS3Uri(from) === undefined) throw new UsageError(`--from takes s3://BUCKET/PREFIX, not '${from}'.`);
  return recordsUnder(calling, from, flow, { after, before });
}

const momentOf = (text: string | undefined, option: string): Date | undefined =>
  text === undefined ? undefined : parseMoment(text, option);

const openTarget = (file: string, { terminal, signal }: Calling<unknown>): Promise<Target> =>
  fileTarget(file, signal, () => terminal.errors.write(`Waiting until somebody reads ${file}.\n`)).catch((error) => {
    signal.throwIfAborted();
    return refuse(file, error);
  });

function refuse(path: string, { code = '', message }: NodeJS.ErrnoException): never {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such folder',
    ENOTDIR: 'there is no such folder',
    EACCES: 'you may not write there',
    EEXIST: 'another export is writing it',
    ELOOP: 'its links lead in a circle',
  };
  throw new UsageError(`${path} cannot be written: ${reasons[code] ?? message}.`);
}
