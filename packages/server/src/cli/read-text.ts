import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { jsonBreak } from './json-break.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/**
 * The text of a file, or of standard input for `-`.
 *
 * @throws UsageError with one sentence when it cannot be read or is no text.
 */
export async function readText(path: string, { input, errors }: Pick<Terminal, 'input' | 'errors'>): Promise<string> {
  if (path === '-' && input.isTTY) errors.write('Type or paste it, then Enter and Ctrl-D:\n');
  const bytes = path === '-' ? await buffer(input) : await readFile(path).catch((error) => refuse(path, error));
  if (!isUtf8(bytes)) throw new UsageError(`${nameOf(path)} is not a text in UTF-8.`);
  return bytes.toString('utf8');
}

/**
 * A JSON document in a file, or on standard input for `-`, as a text that was found to be valid.
 *
 * @throws UsageError that says where it breaks.
 */
export async function readJsonText(path: string, terminal: Pick<Terminal, 'input' | 'errors'>): Promise<string> {
  const text = (await readText(path, terminal)).replace(/^\u{feff}/u, '');
  requireJson(text, nameOf(path));
  return text;
}

/** @throws UsageError that says where the text stops being JSON. */
export function requireJson(text: string, what: string): void {
  const place = jsonBreak(text);
  if (place === undefined) return;
  const where = text.trim() === '' ? 'it is empty' : `it breaks at line ${place.line}, column ${place.column}`;
  throw new UsageError(`${what} is not valid JSON: ${where}.`);
}

export const nameOf = (path: string): string => (path === '-' ? 'Standard input' : path);

function refuse(path: string, error: NodeJS.ErrnoException): never {
  throw new UsageError(`${path} cannot be read: ${reasons[error.code ?? ''] ?? error.message}.`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
};
