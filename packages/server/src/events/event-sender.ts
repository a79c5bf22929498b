import type { EventTarget } from '../domain/rows.ts';

export type SendResult =
  | {
      readonly delivered: true;
      readonly statusCode: number;
      /** The first in a while that this node brings to the target: what failed before may be taken now. */
      readonly isFirst?: boolean;
    }
  | {
      readonly delivered: false;
      readonly statusCode?: number;
      readonly error: string;
      /** Give up at once: the target can never take it. */
      readonly permanent?: boolean;
      /** It has taken another one since this one was sent, or just before. */
      readonly isTaking?: boolean;
    };

/**
 * Sends one event to one target and waits for its answer.
 *
 * @param deliveryId stays the same at every attempt, so that the receiver can tell a repetition.
 * @param event JSON text, sent unchanged.
 */
export type EventSender = (target: EventTarget, deliveryId: string, event: string) => Promise<SendResult>;
