/**
 * What a run remembers beside its file, so that another run need not send everything again. It is no more than a help:
 * without it, or where it does not fit any more, all lines are sent again, and the server takes a repeated start for what
 * it is. That is why it may lag behind, and why a killed run needs no repair.
 *
 * It says: up to this line everything is settled, these lines among them failed, and this is the digest of all the others. And
 * it names the loops that were started last, by which a server that has lost some is known.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isLoopName } from './read-item.ts';

export interface Journal {
  readonly holdpoint: 'loop start';
  readonly version: 1;
  /** The ARN, with account and region, and when the flow definition was made: another of the same name has no loops yet. */
  readonly flowDefinition: string;
  readonly flowDefinitionCreated: string;
  /** What else names and inputs depend on. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Every line up to this one was started, or failed, or is empty. */
  readonly lines: number;
  /** Of the started lines among them, in hexadecimal. */
  readonly digest: string;
  /** First and last lines of what failed. */
  readonly failed: readonly (readonly [first: number, last: number])[];
  /** Names of a few loops that were started last, the newest at the end. */
  readonly newest: readonly string[];
}

export type Subject = Pick<Journal, 'flowDefinition' | 'flowDefinitionCreated' | 'settings'>;

export const journalOf = (file: string): string => `${file}.holdpoint`;

/**
 * The journal of a file, if it is about the same start.
 *
 * @returns undefined without one; a sentence when there is one that does not fit.
 */
export async function readJournal(file: string, subject: Subject): Promise<Journal | string | undefined> {
  const path = journalOf(file);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return `${path} cannot be read (${(error as Error).message}); all lines are sent.`;
  }
  const journal = parse(text);
  if (journal === undefined) return `${path} is not a journal of this command; all lines are sent.`;
  const same =
    journal.flowDefinition === subject.flowDefinition &&
    journal.flowDefinitionCreated === subject.flowDefinitionCreated &&
    JSON.stringify(journal.settings) === JSON.stringify(subject.settings);
  return same ? journal : `${path} is about a start with another flow definition or other options; all lines are sent.`;
}

function parse(text: string): Journal | undefined {
  try {
    const journal = JSON.parse(text) as Journal;
    const fits =
      journal.holdpoint === 'loop start' &&
      journal.version === 1 &&
      Number.isSafeInteger(journal.lines) &&
      typeof journal.digest === 'string' &&
      journal.newest.every((name) => typeof name === 'string' && isLoopName(name)) &&
      journal.failed.every(([first, last]) => Number.isSafeInteger(first) && first <= last && last <= journal.lines);
    return fits ? journal : undefined;
  } catch {
    return undefined;
  }
}

/** Written whole or not at all. */
export async function writeJournal(file: string, journal: Journal): Promise<void> {
  const path = journalOf(file);
  const draft = `${path}.${process.pid}`;
  try {
    // In a folder that others may write too, a link of this name would lead elsewhere: it goes, and what comes back is refused.
    await rm(draft, { force: true });
    await writeFile(draft, `${JSON.stringify(journal)}\n`, { flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

export const removeJournal = (file: string): Promise<void> => rm(journalOf(file), { force: true });
