import { type Command, Option } from 'commander';
import { apiCommand, type Call, withClient } from './api-command.ts';
import type { StatisticsOptions } from './statistics/show-statistics.ts';
import type { Terminal } from './terminal.ts';

/** `holdpoint statistics`: what happened with human loops, what waits, and what will be late. */
export function addStatisticsCommand(program: Command, terminal: Terminal): void {
  apiCommand(
    program,
    'statistics',
    'show how many loops were started and ended, how long they took, what waits and what will be late',
    'holdpoint statistics --flow invoice-check --range 7d\nholdpoint statistics --range 30d --csv > days.csv',
  )
    .option('--flow <NAME>', 'only loops of this flow (default all)')
    .addOption(new Option('--range <RANGE>', 'the time up to now').choices(['1h', '1d', '7d', '30d']).default('1d'))
    .addOption(new Option('--step <STEP>', 'how long a step is').choices(['5m', '1h', '1d']))
    .option('--time-zone <NAME>', "where days begin and end (default this machine's)")
    .option('--csv', 'print a line for each step, for spreadsheets')
    .action(withClient(terminal, statistics));
}

const statistics: Call<StatisticsOptions> = async (calling) =>
  (await import('./statistics/show-statistics.ts')).showStatistics(calling);
