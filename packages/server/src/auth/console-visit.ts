/** Who asks from the console: an operator who is signed in to the portal. */
import { ApiError } from '@holdpoint/protocol';
import type { Caller, Exchange, Rooms } from '../context.ts';
import { isOfWorkforce } from './oidc/identity-provider.ts';
import { isOperator } from './operators.ts';
import { findSession, type SessionLimits, touchSession } from './sessions.ts';
import { isAllowedAddress } from './source-addresses.ts';

export interface ConsoleSettings {
  readonly sessions: SessionLimits;
  readonly operatorGroups: readonly string[];
}

/**
 * @throws ApiError MissingAuthenticationTokenException for nobody, AccessDeniedException for somebody who is no operator,
 * UnknownOperationException outside the networks of the workforce, where there is no console
 */
export async function operatorOf(
  { store, clock, installation }: Rooms,
  exchange: Exchange,
  settings: ConsoleSettings,
): Promise<Caller> {
  const now = clock.now();
  const [workforce] = await store.workforces();
  if (!isAllowedAddress(workforce, exchange.clientAddress))
    throw new ApiError('UnknownOperationException', 'There is nothing at this address.');
  const found = await findSession(store, exchange, now);
  if (!found || !isOfWorkforce(found.worker, workforce))
    throw new ApiError('MissingAuthenticationTokenException', 'You are signed out. Sign in again.');
  if (!isOperator(found.worker, settings.operatorGroups))
    throw new ApiError('AccessDeniedException', 'The console is for operators. An operator can make you one.');
  await touchSession(store, found.session, settings.sessions, now);
  const { id } = found.worker;
  return { accessKeyId: id, kind: 'operator', arn: `arn:aws:iam::${installation.accountId}:user/${id}` };
}
