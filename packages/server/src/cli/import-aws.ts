import type { Command } from 'commander';
import { apiCommand, withClient } from './api-command.ts';
import type { ImportOptions } from './import-aws/run-import.ts';
import type { Terminal } from './terminal.ts';

/** `holdpoint import-aws`: takes over what an A2I account has. */
export function addImportAwsCommand(program: Command, terminal: Terminal): void {
  apiCommand(
    program,
    'import-aws',
    'take over flow definitions, human task UIs, workteams and tags from AWS, which is only read',
    'holdpoint import-aws --aws-profile production --aws-region eu-central-1 --dry-run\nholdpoint import-aws --from-directory ./dump --mapping mapping.json5 --outputs',
  )
    .option('--aws-profile <NAME>', 'read the account of this profile of the shared AWS files')
    .option('--aws-region <NAME>', 'read this region; by default the one of the profile')
    .option('--from-directory <DIR>', 'read files that the aws CLI wrote instead')
    .option('--flows <NAMES>', 'only these flow definitions and what they use, separated by commas')
    .option('--mapping <FILE>', 'what roles, buckets, workteams and names are here (JSON or JSON5)')
    .option('--write-mapping <FILE>', 'write such a file to start from, and do nothing else')
    .option('--outputs', 'also copy past output.json objects into the buckets here')
    .option('--dry-run', 'show the plan, and do nothing else')
    .option('--yes', 'do what the plan says without asking')
    .action(
      withClient<ImportOptions>(
        terminal,
        async (calling) => (await import('./import-aws/run-import.ts')).runImport(calling),
        { interruptible: true },
      ),
    );
}
