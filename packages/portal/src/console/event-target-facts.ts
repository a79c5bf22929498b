import type { OperationOutput } from '@holdpoint/protocol';
import { html, type TemplateResult } from 'lit';

type Target = OperationOutput<'ListEventTargets'>['EventTargets'][number];

export const serviceNames: Readonly<Record<Target['Service'], string>> = {
  webhook: 'Webhook',
  eventbridge: 'EventBridge',
  sns: 'SNS',
  sqs: 'SQS',
};

export const addressOf = (target: Target): string =>
  target.Url ?? target.EventBus ?? target.TopicArn ?? target.QueueUrl ?? '';

/** Given up is bad; an error while others wait may pass by itself. */
export function healthOf(target: Target): TemplateResult {
  if (target.FailedDeliveries > 0) return html`<span class="badge badge-bad">Events given up</span>`;
  if (target.LastError !== undefined) return html`<span class="badge badge-bad">Failing, tried again</span>`;
  return (target.PendingDeliveries ?? 0) > 0
    ? html`<span class="badge">Sending</span>`
    : html`<span class="badge badge-good">All delivered</span>`;
}
