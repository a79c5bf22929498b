import type { Connection } from '../connect.ts';
import { nextCommand } from '../next-command.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Waiting for people needs a server that they can reach.
 *
 * @throws UsageError when the command works on a data directory itself.
 */
export function requireAnswerable({ data, isPassing }: Connection): void {
  if (isPassing)
    throw new UsageError(
      `Nobody can answer while no server runs on ${data}: start one with "${nextCommand('serve', { data })}" and run the command again.`,
    );
}
