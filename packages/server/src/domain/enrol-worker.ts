import { type Change, guard, insert, update } from './change.ts';
import type { OidcAccount } from './oidc-claims.ts';
import { Refusal } from './refusal.ts';
import type { Worker, WorkerIdentity } from './rows.ts';

/**
 * The worker of an account at the identity provider: made at the first sign-in; at each one name, groups and e-mail
 * address become what the provider says now.
 *
 * @throws Refusal `forbidden` for a worker who is disabled here.
 */
export function enrolWorker(input: {
  account: OidcAccount;
  id: string;
  identity: WorkerIdentity;
  /** The worker with this id, if there is one. */
  existing: Worker | undefined;
  /** The account's address, in the form by which workers are found and as it was given, and who has it. */
  address: { key: string; asGiven: string; owner: Worker | undefined } | undefined;
  now: number;
}): { worker: Worker; changes: readonly Change[] } {
  const { account, existing, now } = input;
  if (existing?.status === 'disabled')
    throw new Refusal('forbidden', 'Your account is disabled here. Please ask the people who run this portal.');
  const said = { name: account.name, groups: account.groups, ...addressOf(input) };
  if (!existing) {
    const { id, identity } = input;
    const unchanging = { id, identity, role: 'worker', createdAt: now } as const;
    const worker: Worker = { ...unchanging, ...said, status: 'active', passwordHash: null, version: 1 };
    return { worker, changes: [insert('workers', worker)] };
  }
  const isSame =
    existing.name === said.name &&
    existing.email === said.email &&
    existing.emailAsGiven === said.emailAsGiven &&
    JSON.stringify(existing.groups) === JSON.stringify(said.groups);
  const worker = { ...existing, ...said };
  return { worker, changes: [isSame ? guard('workers', existing) : update('workers', existing, said)] };
}

/**
 * An address belongs to one worker. Whoever had it first keeps it: the account keeps its own, or gets one that reaches
 * nobody (RFC 2606), by which operators can still disable it.
 */
function addressOf({ address, existing, identity }: Parameters<typeof enrolWorker>[0]) {
  if (address && (!address.owner || address.owner.id === existing?.id))
    return { email: address.key, emailAsGiven: address.asGiven };
  if (existing) return { email: existing.email, emailAsGiven: existing.emailAsGiven };
  const email = `${identity.workerId}@oidc.invalid`;
  return { email, emailAsGiven: email };
}
