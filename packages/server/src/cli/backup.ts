import type { Command } from 'commander';
import type { BackupOptions } from './backup/run-backup.ts';
import type { Terminal } from './terminal.ts';

/** `holdpoint backup` and `holdpoint restore`: a data directory, copied and put back. */
export function addBackupCommands(program: Command, terminal: Terminal): void {
  program
    .command('backup <folder>')
    .description('copy a data directory into a new folder, also while a server works on it')
    .option('--data <DIR>', 'the data directory (default ./data, or HOLDPOINT_DATA)')
    .option('--objects-only', 'leave the database out: it is in PostgreSQL, and was copied by pg_dump before')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', aboutBackup)
    .action(async (folder: string, options: BackupOptions) =>
      (await import('./backup/run-backup.ts')).runBackup(folder, options, terminal),
    );
  program
    .command('restore <folder>')
    .description('make a new data directory of a backup')
    .option('--data <DIR>', 'the directory, which must be new or empty (default ./data, or HOLDPOINT_DATA)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', aboutRestore)
    .action(async (folder: string, options: BackupOptions) =>
      (await import('./backup/run-backup.ts')).runRestore(folder, options, terminal),
    );
}

const aboutBackup = `
The database is copied as it is at one moment, and checked; then the objects. So every loop that the copy calls Completed has
its file. Objects in S3 (objectStore) are not copied: versions or a copy of their bucket are their backup, and the command says
so. The folder gets its name when it is complete. It holds secrets and everything under review: protect it like the
data directory.

Example:
  holdpoint backup /backups/holdpoint-$(date +%F) --data ./data
`;

const aboutRestore = `
Loops that were finished after the backup are InProgress again, and their tasks are offered again.

Example:
  holdpoint restore /backups/holdpoint-2026-11-25 --data ./data
`;
