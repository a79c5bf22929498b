/** People cannot be taken over: they are invited, each with a command. */

import { nextCommand, quoted } from '../next-command.ts';
import type { ServerOptions } from '../server-options.ts';
import { groupsOf } from './dump-people.ts';
import type { Here } from './here.ts';
import type { Inventory } from './inventory.ts';
import { isThere, type Step } from './step.ts';

export interface Invitation {
  readonly email: string;
  readonly name: string | undefined;
  /** Names of workteams here. */
  readonly workteams: readonly string[];
}

/** Everybody of the user lists who is no worker here yet, with the workteams whose groups they are in. */
export function invitationsOf(inventory: Inventory, here: Here, byArn: ReadonlyMap<string, Step>): Invitation[] {
  const teams = inventory.workteams.flatMap(({ description }) => {
    const step = byArn.get(description.WorkteamArn);
    return step && isThere(step) ? [{ groups: groupsOf(description), target: step.target }] : [];
  });
  return inventory.people
    .filter(({ email }) => !here.workers.has(email.toLowerCase()))
    .map(({ email, name, groups }) => {
      const theirs = teams.filter((team) => team.groups.some((group) => groups.includes(group)));
      // A list of all users does not say who is in which group; with one workteam there is no question.
      const all = theirs.length === 0 && groups.length === 0 && teams.length === 1 ? teams : theirs;
      return { email, name, workteams: [...new Set(all.map(({ target }) => target))] };
    });
}

/** The line that invites somebody, for a shell. */
export function invitationLine({ email, name, workteams }: Invitation, server: ServerOptions): string {
  const words = [
    'worker add --email',
    quoted(email),
    ...(name === undefined ? [] : ['--name', quoted(name)]),
    ...(workteams.length === 0 ? ['--workteam NAME'] : workteams.map((team) => `--workteam ${quoted(team)}`)),
  ];
  return nextCommand(words.join(' '), server);
}
