import { type ClientSettings, inOrder, messageAttributes, Refused, type ServiceClient } from './service-client.ts';

/** Sends events to a queue of SQS. */
export async function openSqs(settings: ClientSettings): Promise<ServiceClient> {
  const { SendMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient(settings);
  return {
    async send(target, text, facts, abortSignal) {
      const message = {
        QueueUrl: target.url,
        MessageBody: text,
        MessageAttributes: messageAttributes(facts),
        ...inOrder(new URL(target.url).pathname, facts),
      };
      const answer = await client.send(new SendMessageCommand(message), { abortSignal });
      const { httpStatusCode: statusCode } = answer.$metadata;
      if (answer.MessageId === undefined) throw new Refused('The answer names no message.', { statusCode });
      return statusCode ?? 200;
    },
    close: () => client.destroy(),
  };
}
