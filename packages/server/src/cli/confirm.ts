import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The option that answers the question. */
export const yesOption = ['--yes', 'do it without asking'] as const;

/**
 * Asks a person whether to go on.
 *
 * @throws UsageError where nobody can be asked, or the answer was no.
 */
export async function confirm(
  { input, output, errors }: Terminal,
  question: string,
  { yes = false, signal }: { readonly yes?: boolean | undefined; readonly signal?: AbortSignal },
): Promise<void> {
  if (yes) return;
  if (!input.isTTY || !output.isTTY) throw new UsageError(`${question} Nobody can be asked here: give --yes.`);
  errors.write(`${question} [y/N] `);
  // Loaded now: the option beside it is part of every help.
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input, ...(signal && { signal }) });
  try {
    // Ctrl-D closes without an answer.
    const answer = await new Promise<string>((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(''));
    });
    if (signal?.aborted) errors.write('\n');
    signal?.throwIfAborted();
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    lines.close();
  }
  throw new UsageError('Nothing was changed.');
}
