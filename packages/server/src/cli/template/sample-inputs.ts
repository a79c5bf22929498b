import { basename } from 'node:path';
import { readText, requireJson } from '../read-text.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export interface SampleInput {
  /** The file, with a number where it holds several. */
  readonly name: string;
  /** Valid JSON. */
  readonly text: string;
}

/** Nobody looks through more, and each one is rendered. */
const mostInputs = 1000;

/**
 * The sample inputs in files: one JSON document each, a list of them, or a line for each (`.jsonl`).
 *
 * @throws UsageError that names the file and the place.
 */
export async function readSampleInputs(
  paths: readonly string[],
  terminal: Pick<Terminal, 'input' | 'errors'>,
): Promise<readonly SampleInput[]> {
  const inputs: SampleInput[] = [];
  for (const path of paths) {
    const text = (await readText(path, terminal)).replace(/^\u{feff}/u, '');
    inputs.push(...(path.endsWith('.jsonl') ? linesOf(path, text) : documentsOf(path, text)));
    if (inputs.length > mostInputs) throw new UsageError(`--input takes up to ${mostInputs} sample inputs.`);
  }
  return inputs;
}

function documentsOf(path: string, text: string): SampleInput[] {
  requireJson(text, path);
  const value: unknown = JSON.parse(text);
  const name = basename(path);
  if (!Array.isArray(value)) return [{ name, text }];
  return value.map((item, index) => ({ name: `${name} ${index + 1}`, text: JSON.stringify(item) }));
}

function linesOf(path: string, text: string): SampleInput[] {
  const name = basename(path);
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    requireJson(line, `Line ${index + 1} of ${path}`);
    return [{ name: `${name} ${index + 1}`, text: line }];
  });
}
