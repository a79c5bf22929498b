import type { EventSender } from './event-sender.ts';

/** Milliseconds without an event that was taken, after which the next one counts as the first again. */
const whileMs = 5000;

/** A sender that also says which event is the first that a target takes in a while. */
export function noteFirst(send: EventSender, elapsed = () => performance.now()): EventSender {
  const taken = new Map<string, number>();
  return async (target, deliveryId, event) => {
    const result = await send(target, deliveryId, event);
    if (!result.delivered) return result;
    const isFirst = elapsed() - (taken.get(target.id) ?? Number.NEGATIVE_INFINITY) >= whileMs;
    taken.set(target.id, elapsed());
    return isFirst ? { ...result, isFirst } : result;
  };
}
