import type { Client } from '@holdpoint/client';
import type { Calling } from '../../api-command.ts';
import { startProgress } from '../../progress.ts';
import { printable } from '../../table.ts';
import type { StartOptions } from '../start-options.ts';
import { isSameFile } from './earlier-run.ts';
import { type Journal, journalOf, readJournal } from './journal.ts';
import type { Plan } from './plan.ts';
import { longestLine } from './read-item.ts';
import { readLines } from './read-lines.ts';

export interface FoundJournal {
  /** What can be believed. */
  readonly journal: Journal | undefined;
  /** Whether loops of this run are expected to be there before, since an earlier run has left its journal. */
  readonly isExpected: boolean;
}

const none: FoundJournal = { journal: undefined, isExpected: false };
const useless: FoundJournal = { journal: undefined, isExpected: true };

/**
 * The journal of an earlier run, where the file still has the lines that it tells of and the server the loops.
 *
 * @param tell is told in a sentence why one that is there is not believed.
 */
export async function findJournal(
  { source, subject }: Plan,
  { client, terminal, signal }: Calling<StartOptions>,
  tell: (sentence: string) => void,
): Promise<FoundJournal> {
  if (source.file === undefined) return none;
  const journal = await readJournal(source.file, subject);
  if (typeof journal === 'string') tell(journal);
  if (journal === undefined || typeof journal === 'string') return none;
  const progress = startProgress(terminal.errors, 'Looking at what was started before', journal.lines);
  const lines = readLines(source.open(signal), longestLine);
  const same = await isSameFile(lines, journal, (number) => progress.update(number)).finally(() => progress.end());
  if (!same) {
    tell(
      `${source.name} was changed among the lines that were started before: all are sent again. It does no harm to those that are the same.`,
    );
    return useless;
  }
  const missing = await missingOf(journal, client);
  const newest = journal.newest.at(-1);
  if (newest === undefined || !missing.includes(newest)) return { journal, isExpected: true };
  if (missing.length === journal.newest.length) {
    tell(
      `The loops that were started last, ${printable(newest)} among them, are not on the server any more, as after a restored backup: all lines are sent again.`,
    );
    return useless;
  }
  tell(
    `${printable(newest)} is not on the server any more and is not started again; without ${journalOf(source.file)} all lines would be sent again.`,
  );
  return { journal, isExpected: true };
}

/**
 * Those of the newest loops that the server does not have. A restored backup has all that was there at one moment and nothing
 * newer, so that only the newest can tell: when none of them is there, any number of others may be missing too, and all lines
 * have to be sent again. While one of them is there, the backup was made after nearly everything, and what else is missing was
 * deleted on purpose: to send all again would start that again. That all of the newest were deleted on purpose looks the same
 * as a backup; they are started again then, as they are without a journal. Whoever is asked sees a loop too many, but nobody
 * sees that one is missing.
 */
async function missingOf({ newest, flowDefinition }: Journal, client: Client): Promise<readonly string[]> {
  const there = await Promise.all(
    newest.map(async (HumanLoopName) => {
      try {
        const { FlowDefinitionArn } = await client.call('DescribeHumanLoop', { HumanLoopName });
        return FlowDefinitionArn === flowDefinition;
      } catch (error) {
        if ((error as Error).name === 'ResourceNotFoundException') return false;
        throw error;
      }
    }),
  );
  return newest.filter((_name, index) => !there[index]);
}
