/** The workers of a simulation: some that are hired for it, and existing ones that were named. */
import type { Client } from '@holdpoint/client';
import type { OperationOutput } from '@holdpoint/protocol';
import { pages } from '../pages.ts';
import { printable } from '../table.ts';
import { openPortalSession, type PortalSession } from './portal-session.ts';

export interface CrewMember {
  /** For sentences. */
  readonly name: string;
  readonly session: PortalSession;
}

export interface Crew {
  readonly members: readonly CrewMember[];
  /** Nobody is at work any more: hired workers are disabled, so that nobody can be them, others are signed out. */
  dismiss(): Promise<void>;
}

export interface Hiring {
  /** How many are hired. */
  readonly count: number;
  /** Their names begin so. */
  readonly prefix: string;
  /** Workteams that they belong to. */
  readonly workteams: readonly string[];
  /** Addresses of workers who exist. */
  readonly existing: readonly string[];
}

/** Nobody has an address there (RFC 2606). */
const domain = 'simulated.invalid';

type Worker = OperationOutput<'ListWorkers'>['Workers'][number];

/**
 * Gathers the workers. Hired ones are recognised by address and name, so that no person is taken for one; what a killed
 * simulation left in their hands is given back.
 *
 * @throws Error with a sentence when a named worker does not exist, or a hired one's address is somebody else's.
 */
export async function gatherCrew(client: Client, { count, prefix, workteams, existing }: Hiring): Promise<Crew> {
  const { Workers } = await client.call('ListWorkers', {});
  const byEmail = new Map(Workers.map((worker) => [worker.Email.toLowerCase(), worker]));
  for (const email of existing) requireActive(byEmail.get(email.toLowerCase()), email);
  const hired: string[] = [];
  for (let number = 1; number <= count; number++) {
    const email = `${prefix}-${number}@${domain}`;
    await hire(client, { email, name: `Simulated worker ${prefix}-${number}`, workteams }, byEmail.get(email));
    hired.push(email);
  }
  const member = (email: string): CrewMember => ({
    name: email.endsWith(`@${domain}`) ? email.slice(0, -domain.length - 1) : email,
    session: openPortalSession(client, email),
  });
  const others = existing.map(member);
  return {
    members: [...hired.map(member), ...others],
    async dismiss() {
      for (const email of hired) await client.call('DisableWorker', { Email: email });
      for (const { session } of others) await session.signOut();
    },
  };
}

function requireActive(worker: Worker | undefined, email: string): void {
  if (worker === undefined)
    throw new Error(`There is no worker ${printable(email)}; "holdpoint worker list" shows who there is.`);
  if (worker.Status !== 'Active') throw new Error(`The worker ${printable(email)} is disabled.`);
}

async function hire(
  client: Client,
  { email, name, workteams }: { readonly email: string; readonly name: string; readonly workteams: readonly string[] },
  there: Worker | undefined,
): Promise<void> {
  if (there === undefined) {
    await client.call('CreateWorker', { Email: email, Name: name, Workteams: [...workteams] });
    return;
  }
  if (there.Name !== name)
    throw new Error(
      `The worker ${email} is named ${printable(there.Name)} and is no simulated one; choose another --worker-prefix.`,
    );
  // Ends what a simulation that was killed had begun.
  if (there.Status === 'Active') await client.call('DisableWorker', { Email: email });
  await client.call('SetWorkerWorkteams', { Email: email, Workteams: [...workteams] });
  await client.call('EnableWorker', { Email: email });
}

/** The names of all workteams. */
export async function allWorkteams(client: Client): Promise<string[]> {
  const names: string[] = [];
  const fetch = (NextToken: string | undefined) => client.call('ListWorkteams', { MaxResults: 100, NextToken });
  for await (const { Workteams } of pages(fetch)) names.push(...Workteams.map(({ WorkteamName }) => WorkteamName));
  return names;
}
