/** Who asks from the console: an operator who is signed in to the portal. */
import { ApiError } from '@holdpoint/protocol';
import type { Caller, Exchange, Rooms } from '../context.ts';
import type { Session } from '../domain/rows.ts';
import { isOfWorkforce } from './oidc/identity-provider.ts';
import { isOperator } from './operators.ts';
import { factorsOf, hasFactor, mustHaveFactor, type SecondFactorRule } from './second-factor.ts';
import { findSession, type SessionLimits, touchSession } from './sessions.ts';
import { isAllowedAddress } from './source-addresses.ts';

export interface ConsoleSettings {
  readonly sessions: SessionLimits;
  readonly operatorGroups: readonly string[];
  readonly requireSecondFactor: SecondFactorRule;
}

/**
 * Who does something in the console, which keeps the session open.
 *
 * @throws ApiError as `onlookerOf`
 */
export async function operatorOf(rooms: Rooms, exchange: Exchange, settings: ConsoleSettings): Promise<Caller> {
  const { caller, session } = await findOperator(rooms, exchange, settings);
  await touchSession(rooms.store, session, settings.sessions, rooms.clock.now());
  return caller;
}

/**
 * Whose browser has the console open: what it fetches by itself, again and again, keeps no session open.
 *
 * @throws ApiError MissingAuthenticationTokenException for nobody, AccessDeniedException for somebody who is no operator,
 * UnknownOperationException outside the networks of the workforce, where there is no console
 */
export async function onlookerOf(rooms: Rooms, exchange: Exchange, settings: ConsoleSettings): Promise<Caller> {
  return (await findOperator(rooms, exchange, settings)).caller;
}

async function findOperator(
  { store, clock, installation }: Rooms,
  exchange: Exchange,
  settings: ConsoleSettings,
): Promise<{ caller: Caller; session: Session }> {
  const now = clock.now();
  const [workforce] = await store.workforces();
  if (!isAllowedAddress(workforce, exchange.clientAddress))
    throw new ApiError('UnknownOperationException', 'There is nothing at this address.');
  const found = await findSession(store, exchange, now);
  if (!found || !isOfWorkforce(found.worker, workforce))
    throw new ApiError('MissingAuthenticationTokenException', 'You are signed out. Sign in again.');
  if (!isOperator(found.worker, settings.operatorGroups))
    throw new ApiError('AccessDeniedException', 'The console is for operators. An operator can make you one.');
  // Who became an operator while signed in, or was one before it was required, has none yet.
  if (mustHaveFactor(found.worker, settings.requireSecondFactor) && !hasFactor(await factorsOf(store, found.worker.id)))
    throw new ApiError(
      'AccessDeniedException',
      'Operators need a second factor here. Sign out and in again to set it up.',
    );
  const { worker, session } = found;
  const arn = `arn:aws:iam::${installation.accountId}:user/${worker.id}`;
  const { clientAddress } = exchange;
  return { caller: { accessKeyId: worker.id, kind: 'operator', arn, worker, clientAddress }, session };
}
