import { type ClientSettings, inOrder, messageAttributes, Refused, type ServiceClient } from './service-client.ts';

/** Publishes events to a topic of SNS. */
export async function openSns(settings: ClientSettings): Promise<ServiceClient> {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const client = new SNSClient(settings);
  return {
    async send(target, text, facts, abortSignal) {
      const message = {
        TopicArn: target.url,
        Subject: facts.subject,
        Message: text,
        MessageAttributes: messageAttributes(facts),
        ...inOrder(target.url, facts),
      };
      const answer = await client.send(new PublishCommand(message), { abortSignal });
      const { httpStatusCode: statusCode } = answer.$metadata;
      if (answer.MessageId === undefined) throw new Refused('The answer names no message.', { statusCode });
      return statusCode ?? 200;
    },
    close: () => client.destroy(),
  };
}
