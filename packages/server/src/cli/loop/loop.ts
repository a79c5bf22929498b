import { type Command, Option } from 'commander';
import { apiCommand, type Call, collect, withClient } from '../api-command.ts';
import { yesOption } from '../confirm.ts';
import type { Terminal } from '../terminal.ts';
import type { AnswersOptions } from './answers.ts';
import type { ConsolidationCommandOptions } from './consolidation.ts';
import type { EndOptions } from './end.ts';
import type { ListOptions } from './list.ts';
import type { StartOptions } from './start-options.ts';
import type { WatchOptions } from './watch.ts';

const moment = 'such as 2026-11-25, 2026-11-25T15:00:00Z, or 2h or 7d ago';

/** `holdpoint loop`: human loops, each a request for review. */
export function addLoopCommands(program: Command, terminal: Terminal): void {
  const loop = program.command('loop').description('human loops, each a request for review');
  addStart(loop, terminal);
  apiCommand(
    loop,
    'list <flow>',
    "list a flow's loops, the newest first",
    'holdpoint loop list mood --status InProgress --after 2h',
  )
    .option(
      '--status <STATUS>',
      'only loops that are InProgress, Completed, Failed, Stopping or Stopped; may be repeated',
      collect,
    )
    .option('--newest', 'the newest first, as without it')
    .option('--oldest', 'the oldest first')
    .option('--limit <N>', 'the most loops to list, 0 for all', '100')
    .option('--after <T>', `only loops that began at this moment or later, ${moment}`)
    .option('--before <T>', 'only loops that began before this moment')
    .action(withClient(terminal, list, { interruptible: true }));
  apiCommand(loop, 'show <name>', 'show everything about a loop, its input too', 'holdpoint loop show first').action(
    withClient(terminal, show),
  );
  apiCommand(
    loop,
    'watch [names...]',
    'follow loops until all are finished; exit code 2 when one of them fails (--json prints a line of JSON for each change)',
    'holdpoint loop watch first second\nholdpoint loop watch --flow mood',
  )
    .option('--flow <FLOW>', 'instead of names: all open loops of a flow, and those that begin meanwhile')
    .action(withClient(terminal, watch, { interruptible: true }));
  apiCommand(
    loop,
    'stop <names...>',
    'stop loops; workers who are at one may finish, and what was answered is kept',
    'holdpoint loop stop first second',
  ).action(withClient(terminal, stop, { interruptible: true }));
  apiCommand(
    loop,
    'delete <names...>',
    'delete finished loops; their names are free again, their output objects stay',
    'holdpoint loop delete first second --yes',
  )
    .option(...yesOption)
    .action(withClient(terminal, remove, { interruptible: true }));
  apiCommand(
    loop,
    'answers <name>',
    'show the answers of a finished loop; --json prints the whole output.json',
    'holdpoint loop answers first\nholdpoint loop answers first --wait',
  )
    .option('--wait', 'wait until the loop is finished')
    .action(withClient(terminal, answers, { interruptible: true }));
  apiCommand(
    loop,
    'consolidation <name>',
    'show what the answers of a loop come to, and how far workers agree',
    'holdpoint loop consolidation first\nholdpoint loop consolidation first --method dawid-skene',
  )
    .addOption(
      new Option('--method <METHOD>', "how answers become one, instead of what the flow's tag says").choices([
        'majority',
        'weighted',
        'dawid-skene',
      ]),
    )
    .addOption(
      new Option('--numbers <METHOD>', "what numbers become, instead of what the flow's tag says").choices([
        'median',
        'mean',
      ]),
    )
    .action(withClient(terminal, consolidation));
}

function addStart(loop: Command, terminal: Terminal): void {
  apiCommand(
    loop,
    'start <flow> [-]',
    'start a loop, or with --file one for each line of a file',
    `holdpoint loop start mood --input '{"text": "I love it"}' --wait
echo '{"text": "I love it"}' | holdpoint loop start mood - --name first
holdpoint loop start mood --file items.jsonl`,
  )
    .option('--name <NAME>', 'its name; without one a name is made up')
    .option('--input <JSON>', 'the input content')
    .option('--input-file <FILE>', 'a file with the input content')
    .option(
      '--classifier <CLASSIFIER>',
      'FreeOfPersonallyIdentifiableInformation or FreeOfAdultContent, may be repeated',
      collect,
    )
    .option('--wait', 'wait for the answer and print it')
    .optionsGroup('Many loops:')
    .option('--file <FILE>', 'start a loop for each line, which is a JSON value; - reads standard input')
    .option('--prefix <TEXT>', "names are this and the line's number (default the file's name)")
    .option('--name-field <FIELD>', 'a field of each line has the name')
    .option('--input-field <FIELD>', 'a field of each line has the input content, instead of the whole line')
    .option('--concurrency <N>', 'how many are under way at a time', '64')
    .option('--patience <DURATION>', 'how long to wait for a server that does not answer, as in 90s or 1h', '5m')
    .addHelpText('after', aboutFiles)
    .action(withClient(terminal, start, { interruptible: true }));
}

const aboutFiles = `
FLOW is the name of a flow definition or its ARN.

With --file each line is one JSON value; empty lines are passed over. A line that cannot be started is told of by its number
and the rest goes on; the exit code is 2 then. The same command can be run again at any time, after Ctrl-C, a lost server or
a corrected line: what was started stays as it is. FILE.holdpoint beside the file remembers how far it came, and is removed
when all went well. Correct a bad line where it stands, or empty it: names go by the numbers of lines.
`;

const start: Call<StartOptions> = async (...given) => (await import('./start.ts')).start(...given);
const list: Call<ListOptions> = async (...given) => (await import('./list.ts')).list(...given);
const show: Call<unknown> = async (...given) => (await import('./show.ts')).show(...given);
const watch: Call<WatchOptions> = async (...given) => (await import('./watch.ts')).watch(...given);
const stop: Call<EndOptions> = async (...given) => (await import('./end.ts')).stop(...given);
const remove: Call<EndOptions> = async (...given) => (await import('./end.ts')).remove(...given);
const consolidation: Call<ConsolidationCommandOptions> = async (...given) =>
  (await import('./consolidation.ts')).consolidation(...given);
const answers: Call<AnswersOptions> = async (...given) => (await import('./answers.ts')).answers(...given);
