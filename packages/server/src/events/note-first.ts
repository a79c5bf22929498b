import type { EventSender } from './event-sender.ts';

/** Milliseconds without an event that was taken, after which the next one counts as the first again. */
const whileMs = 5000;

/** A sender that also says which event is the first that a target takes in a while, and of one that fails whether others are taken. */
export function noteFirst(send: EventSender, elapsed = () => performance.now()): EventSender {
  const taken = new Map<string, number>();
  return async (target, deliveryId, event) => {
    const begun = elapsed();
    const result = await send(target, deliveryId, event);
    const before = taken.get(target.id) ?? Number.NEGATIVE_INFINITY;
    if (!result.delivered) return before > begun - whileMs ? { ...result, isTaking: true } : result;
    taken.set(target.id, elapsed());
    return elapsed() - before >= whileMs ? { ...result, isFirst: true } : result;
  };
}
