import type { Clock } from '../clock.ts';
import { type AwsSender, createAwsSender } from './aws/aws-sender.ts';
import type { EventSender } from './event-sender.ts';
import { noteFirst } from './note-first.ts';
import { createWebhookSender } from './webhook.ts';

export interface EventSenderSettings {
  readonly allowPrivateTargets: boolean;
  readonly clock: Clock;
}

/** Sends each event the way that its target wants. */
export function createEventSender(settings: EventSenderSettings): { send: EventSender; close(): void } {
  const webhooks = createWebhookSender(settings);
  const aws: AwsSender = createAwsSender(settings);
  return {
    send: noteFirst((target, deliveryId, event) =>
      (target.service === 'webhook' ? webhooks : aws.send)(target, deliveryId, event),
    ),
    close: () => aws.close(),
  };
}
