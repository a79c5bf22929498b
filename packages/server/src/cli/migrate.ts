import type { Command } from 'commander';
import type { MigrateOptions } from './migrate/run-migrate.ts';
import type { Terminal } from './terminal.ts';

/** `holdpoint migrate`: all rows to another database. */
export function addMigrateCommand(program: Command, terminal: Terminal): void {
  program
    .command('migrate')
    .description('move all rows to another database, for example from the file of a data directory to PostgreSQL')
    .option(
      '--from <PLACE>',
      'where they are: sqlite:DIR, a data directory, or postgres://USER:PASSWORD@HOST:PORT/NAME',
    )
    .option('--to <PLACE>', 'where they go, an empty database; by default HOLDPOINT_DATABASE_URL')
    .option('--partitions <N>', 'into how many parts PostgreSQL splits the large tables', '0')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', about)
    .action(async (options: MigrateOptions) => {
      const { runMigrate } = await import('./migrate/run-migrate.ts');
      await runMigrate(options, terminal);
    });
}

const about = `
No server may run on either database meanwhile. The source is only read, and stays as it is. A move that was interrupted goes
on where it was when the command is given again; a server does not start on a half of one. At the end every row is compared.
Objects (outputs, inputs, templates in buckets) are not moved: keep the data directory, or its folder "objects"; in S3
(objectStore) they stay where they are, and are the moved installation's.

Example:
  HOLDPOINT_DATABASE_URL=postgres://holdpoint:secret@db/holdpoint holdpoint migrate --from sqlite:./data
`;
