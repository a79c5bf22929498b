import type { Command } from 'commander';
import { apiCommand, withClient } from '../api-command.ts';
import type { Terminal } from '../terminal.ts';
import { type ActivityOptions, showActivity } from './show-activity.ts';

/** `holdpoint activity`: who changed what. */
export function addActivityCommand(program: Command, terminal: Terminal): void {
  apiCommand(
    program,
    'activity',
    'show the activity log: who changed what, when and from where, newest first',
    'holdpoint activity --administration --after 7d\nholdpoint activity --resource workteam/reviewers\nholdpoint activity --follow --json',
  )
    .option('--actor <ACTOR>', "only of this access key, e-mail address or worker's id")
    .option('--action <ACTION>', 'only this: an operation such as CreateWorkteam, or a verb such as sign-in')
    .option(
      '--resource <TYPE[/NAME]>',
      'only about these, such as human-loop, workteam/reviewers, worker/ada@example.com',
    )
    .option('--administration', 'leave out what is about human loops')
    .option('--after <MOMENT>', 'only from this moment on: a date, a time, or how long ago, as in 2h')
    .option('--before <MOMENT>', 'only before this moment')
    .option('--limit <N>', 'at most so many; 0 is all', '50')
    .option('--follow', 'go on with what happens from now on, until Ctrl-C')
    .action(withClient<ActivityOptions>(terminal, showActivity, { interruptible: true }));
}
