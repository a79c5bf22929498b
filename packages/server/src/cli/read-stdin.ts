import { text } from 'node:stream/consumers';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/**
 * A secret from standard input, without the line end that `echo` adds.
 *
 * @param what names it, for a person at a terminal and for the error.
 * @throws UsageError when nothing comes.
 */
export async function readSecret({ input, errors }: Terminal, what: string): Promise<string> {
  if (input.isTTY) errors.write(`Type the ${what}, then Enter and Ctrl-D:\n`);
  const secret = (await text(input)).replace(/\r?\n$/, '');
  if (secret === '') throw new UsageError(`The ${what} is expected on standard input, and nothing came.`);
  return secret;
}
