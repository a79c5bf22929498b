import { type ClientSettings, Refused, type ServiceClient } from './service-client.ts';

/** The source of events whose target names none: AWS takes no source of a program that begins with `aws.`. */
export const usualSource = 'holdpoint';

/** Puts events on a bus of EventBridge, one an entry and one entry a request. */
export async function openEventBridge(settings: ClientSettings): Promise<ServiceClient> {
  const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const client = new EventBridgeClient(settings);
  return {
    async send(target, _text, { time, detailType, detail, resources }, abortSignal) {
      const entry = {
        EventBusName: target.url,
        Source: target.source ?? usualSource,
        DetailType: detailType,
        Detail: detail,
        Time: time,
        Resources: [...resources],
      };
      const answer = await client.send(new PutEventsCommand({ Entries: [entry] }), { abortSignal });
      const { httpStatusCode: statusCode } = answer.$metadata;
      const { ErrorCode: code, ErrorMessage: message, EventId: id } = answer.Entries?.[0] ?? {};
      if ((answer.FailedEntryCount ?? 0) > 0 || code !== undefined)
        throw new Refused(message ?? 'The entry failed.', { code: code ?? 'InternalFailure', statusCode });
      if (id === undefined) throw new Refused('The answer names no event.', { statusCode });
      return statusCode ?? 200;
    },
    close: () => client.destroy(),
  };
}
