import type { Calling } from '../api-command.ts';
import { nameOf } from '../read-text.ts';
import { printable } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import { findingsOf } from './check-templates.ts';
import { countFindings, formatFindings } from './format-findings.ts';

/**
 * Prints what is wrong with a template as `template check` does, on standard error.
 *
 * @throws UsageError when there are errors among it.
 */
export async function requireNoErrors(calling: Calling<unknown>, file: string, source: string): Promise<void> {
  const { errors: screen } = calling.terminal;
  const findings = await findingsOf(calling, source, []);
  if (findings.length > 0) screen.write(`${formatFindings(file, source, findings, screen)}\n`);
  const { errors, text } = countFindings(findings);
  if (errors > 0)
    throw new UsageError(
      `${printable(nameOf(file))} has ${text}, so nothing was made of it; --no-check makes it all the same.`,
    );
}
