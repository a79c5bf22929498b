/** What an earlier run of the same file has settled, as far as the file is still the same there. */
import { createHash, hash } from 'node:crypto';
import type { Journal } from './journal.ts';
import { isBlank } from './read-item.ts';
import type { Line } from './read-lines.ts';
import { createSettledLines, type SettledLines } from './settled-lines.ts';

/** Whether the lines that the journal tells of are those of the file. */
export async function isSameFile(
  lines: AsyncIterable<readonly Line[]>,
  journal: Journal,
  onLine: (number: number) => void,
): Promise<boolean> {
  const settled = createSettledLines();
  const skips = createSkipping(journal, settled, () => {});
  for await (const group of lines)
    for (const line of group) {
      if (!skips(line)) settled.failed(line.number);
      onLine(line.number);
      if (line.number === journal.lines) return settled.state()?.digest === journal.digest;
    }
  return journal.lines === 0 && journal.digest === createHash('sha256').digest('hex');
}

/** Passes over lines that were settled, and settles them again. @param onStarted told of each that was started */
export function createSkipping(
  journal: Journal | undefined,
  settled: SettledLines,
  onStarted: () => void,
): (line: Line) => boolean {
  if (journal === undefined) return () => false;
  const { failed } = journal;
  let range = 0;
  return ({ number, bytes }) => {
    if (number > journal.lines) return false;
    while (failed[range] !== undefined && failed[range]![1] < number) range++;
    if (failed[range] !== undefined && failed[range]![0] <= number) return false;
    if (isBlank(bytes)) settled.empty(number);
    else {
      settled.started(number, hash('sha256', bytes, 'buffer'));
      onStarted();
    }
    return true;
  };
}
