import { type Command, Option } from 'commander';
import { apiCommand, type Call, collect, withClient } from './api-command.ts';
import type { ExportOptions } from './export/export-answers.ts';
import type { Terminal } from './terminal.ts';

/** `holdpoint export`: the answers of a flow, for other programs. */
export function addExportCommand(program: Command, terminal: Terminal): void {
  apiCommand(
    program,
    'export [flow]',
    'write the answers of a flow, as JSON Lines or CSV',
    'holdpoint export mood --output mood.jsonl\nholdpoint export mood --format csv --after 7d > mood.csv\nholdpoint export --from s3://holdpoint/old-results',
  )
    .addOption(new Option('--format <FORMAT>', 'JSON Lines or CSV').choices(['jsonl', 'csv']).default('jsonl'))
    .option(
      '--output <FILE>',
      'a file, which is there when it is complete, or a named pipe; without one, standard output',
    )
    .addOption(
      new Option(
        '--status <STATUS>',
        'loops of this status, may be repeated (default Completed and Stopped, those with an output)',
      )
        .choices(['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped'])
        .argParser(collect),
    )
    .option('--after <T>', 'only loops that began at this moment or later, such as 2026-11-25, or 7d ago')
    .option('--before <T>', 'only loops that began before this moment')
    .option('--from <URI>', 'every output.json under s3://BUCKET/PREFIX, instead of the loops of a flow')
    .option('--with-input', 'what was under review too: columns of a CSV, and in JSON Lines of loops without an output')
    .addHelpText('after', aboutFormats)
    .action(withClient(terminal, answers, { interruptible: true }));
}

const aboutFormats = `
FLOW is the name of a flow definition or its ARN. Loops come in the order in which they began. With --from they come in the
order of their keys, and with FLOW only those of that flow; what another installation or AWS has written can be read so, also
from AWS's own buckets with --endpoint-url https://s3.REGION.amazonaws.com.

jsonl: one line for each loop, its output.json with humanLoopStatus and creationTime. Loops without an output, which --status
Failed or InProgress asks for, have only those and their names, and with --with-input their inputContent, which output.json has.

csv: one line for each answer (RFC 4180, UTF-8). Members of the answer are columns with dotted names such as
answerContent.mood.label, with --with-input those of the input too, such as input.text. A dot within a name is \\., lists are
JSON in one cell. A text that begins with = + - @, a tab or a line end has a ' before it, so that a spreadsheet does not take it
for a formula; numbers stay as they are.

An output that cannot be read is told of by its name, the rest goes on, and the exit code is 2. --json prints a summary, with
--output only.
`;

const answers: Call<ExportOptions> = async (...given) =>
  (await import('./export/export-answers.ts')).exportAnswers(...given);
