import type { OperationHandler } from '../../context.ts';
import type { EventDelivery } from '../../domain/rows.ts';
import { decodeToken, defaultPageSize, encodeToken } from '../next-token.ts';
import { loadEventTarget } from './load-event-target.ts';

/** One page of an event target's dead letters, those first that were given up first. */
export const listDeadLetters: OperationHandler<'ListDeadLetters'> = async (context, input) => {
  const { EventTargetId: id, MaxResults: limit = defaultPageSize } = input;
  await loadEventTarget(context, id);
  const place = decodeToken(input.NextToken);
  const after = place && { failedAt: place.createdAt, createdAt: Number(place.name) || 0, id: place.id };
  const found = await context.store.failedDeliveries(id, limit + 1, after);
  const letters = found.slice(0, limit);
  const last = letters.at(-1);
  return {
    DeadLetters: letters.map(describe),
    ...(found.length > limit && last && { NextToken: tokenOf(last) }),
  };
};

const tokenOf = ({ failedAt, createdAt, id }: EventDelivery): string =>
  encodeToken({ createdAt: failedAt ?? 0, id, name: String(createdAt) });

const describe = (letter: EventDelivery) => ({
  DeliveryId: letter.id,
  CreationTime: new Date(letter.createdAt),
  FailureTime: new Date(letter.failedAt ?? 0),
  Attempts: letter.attempts,
  ...(letter.lastError !== null && { LastError: letter.lastError }),
  Event: letter.event,
});
