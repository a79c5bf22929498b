/** How records are written: as JSON Lines, or as CSV. */
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Json } from '@holdpoint/protocol';
import { flatten, textOf } from '../loop/flatten.ts';
import { readLines } from '../loop/start-many/read-lines.ts';
import type { LoopRecord } from './records.ts';

export interface Format {
  add(record: LoopRecord): Promise<void>;
  /** Writes what is left. */
  end(): Promise<void>;
  /** Removes what was needed on the way, also when it was not ended. */
  close(): Promise<void>;
}

type Write = (text: string) => Promise<void>;

/** The document as it was written, so that no number in it is rounded, with what it does not tell before it. */
export function jsonLines(write: Write): Format {
  return {
    async add({ read, humanLoopName, flowDefinitionArn, status, creationTime, failureReason, inputContent }) {
      const about = { humanLoopStatus: status, creationTime: creationTime?.toISOString(), failureReason };
      if (read === undefined) {
        const loop = JSON.stringify({ ...about, humanLoopName, flowDefinitionArn });
        const input = inputContent === undefined ? '' : `,"inputContent":${onOneLine(inputContent.trim())}`;
        return write(`${loop.slice(0, -1)}${input}}\n`);
      }
      const members = JSON.stringify(about).slice(1, -1);
      const document = onOneLine(read.text.trim());
      await write(`{${members}${members && ','}${document.slice(1)}\n`);
    },
    end: async () => {},
    close: async () => {},
  };
}

/** JSON without line ends: those in strings are escaped anyway. */
const onOneLine = (json: string): string => json.replace(/[\r\n]+\s*/g, '');

/** More columns than these are no table. */
const mostColumns = 10_000;
const fixed = [
  'humanLoopName',
  'humanLoopStatus',
  'creationTime',
  'flowDefinitionArn',
  'workerId',
  'acceptanceTime',
  'submissionTime',
  'timeSpentInSeconds',
] as const;

type Row = readonly (readonly [column: string, value: Json])[];

/**
 * CSV. Its columns are known when the last answer is: until then rows wait in a file in the folder for temporary files. Reading
 * all outputs twice would take twice as long, and they could be others the second time.
 *
 * @param withInput columns of the input content too, before those of the answers.
 */
export async function csv(write: Write, withInput: boolean): Promise<Format> {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-export-'));
  const spool = createWriteStream(join(folder, 'rows'), { mode: 0o600 });
  const columns = new Map<string, number>(fixed.map((column, index) => [column, index]));
  spool.on('error', () => {});

  return {
    async add(record) {
      for (const row of rowsOf(record, withInput)) {
        for (const [column] of row) if (!columns.has(column)) columns.set(column, columns.size);
        if (columns.size > mostColumns)
          throw new Error(
            `The ${withInput ? 'inputs and answers' : 'answers'} have more than ${mostColumns.toLocaleString('en-US')} different members, too many for columns; --format jsonl takes them.`,
          );
        const cells = row.map(([column, value]) => [columns.get(column)!, cellOf(value)]);
        await put(spool, `${JSON.stringify(cells)}\n`);
      }
    },
    async end() {
      spool.end();
      await finished(spool);
      const names = [...columns.keys()];
      const order = [...names.keys()].sort((one, other) => rankOf(names[one]!) - rankOf(names[other]!));
      await write(lineOf(order.map((column) => harmless(names[column]!))));
      for await (const rows of readLines(createReadStream(join(folder, 'rows')), Number.POSITIVE_INFINITY))
        for (const { bytes } of rows) {
          const cells = Array.from({ length: columns.size }, () => '');
          for (const [column, text] of JSON.parse(bytes.toString()) as [number, string][]) cells[column] = text;
          await write(lineOf(order.map((column) => cells[column]!)));
        }
    },
    async close() {
      spool.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function put(spool: WriteStream, text: string): Promise<void> {
  if (spool.errored) throw spool.errored;
  if (!spool.write(text))
    await new Promise<void>((resolve, reject) => {
      spool.once('drain', resolve);
      spool.once('error', reject);
    });
}

/** What is known of the loop, then its input, then the answer. */
const rankOf = (column: string): number => (/^answerContent\b/.test(column) ? 2 : /^input\b/.test(column) ? 1 : 0);

function rowsOf(
  { read, humanLoopName, flowDefinitionArn, status, creationTime }: LoopRecord,
  withInput: boolean,
): Row[] {
  const content = withInput ? read?.output.inputContent : undefined;
  // What AWS or another program has written may be without.
  const input = content === undefined ? [] : flatten(content, 'input');
  const loop: Row = [
    ['humanLoopName', humanLoopName],
    ['humanLoopStatus', status ?? ''],
    ['creationTime', creationTime?.toISOString() ?? ''],
    ['flowDefinitionArn', flowDefinitionArn ?? ''],
  ];
  return (read?.output.humanAnswers ?? []).map(
    ({ answerContent, workerId, acceptanceTime, submissionTime, timeSpentInSeconds }) => [
      ...loop,
      ['workerId', workerId],
      ['acceptanceTime', acceptanceTime],
      ['submissionTime', submissionTime],
      ['timeSpentInSeconds', timeSpentInSeconds],
      ...input,
      ...flatten(answerContent, 'answerContent'),
    ],
  );
}

const cellOf = (value: Json): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? harmless(value) : textOf(value);
};

/** A spreadsheet takes a text that begins so for a formula, and runs it. */
const harmless = (text: string): string => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);

/** A semicolon and a tab part cells too, in spreadsheets of countries where a comma is part of numbers. */
const lineOf = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
