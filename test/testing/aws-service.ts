// EventBridge, SNS and SQS on loopback: verifies each request's signature and wire form, and answers as it is told.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Pair, verifySignature } from './verify-signature.ts';

/** One call, as its service understands it. */
export interface ServiceCall {
  readonly service: 'events' | 'sns' | 'sqs';
  /** The path of the endpoint, by which a test tells targets apart. */
  readonly path: string;
  readonly region: string;
  /** PutEvents' one entry, or the members of Publish or SendMessage; attributes as plain texts. */
  readonly input: Readonly<Record<string, unknown>>;
}

export interface ServiceReply {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
  /** Ends the connection. */
  readonly broken?: boolean;
}

export interface AwsServices {
  readonly url: string;
  /** Those that were signed rightly, in the order in which they came. */
  readonly calls: readonly ServiceCall[];
  /** Answers calls with a path so from now on; undefined takes them again. */
  play(path: string, reply: ServiceReply | undefined): void;
  close(): Promise<void>;
}

export async function startAwsServices(pair: Pair): Promise<AwsServices> {
  const calls: ServiceCall[] = [];
  const replies = new Map<string, ServiceReply>();

  const verify = (request: IncomingMessage, body: Buffer) => {
    const { service, region } = verifySignature(request, body, pair);
    return { service: service as ServiceCall['service'], region };
  };

  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const path = (request.url ?? '').replace(/\/$/, '');
    const answer = ({ status = 200, type = 'application/json', body: text = '', broken }: ServiceReply): void => {
      if (broken) request.socket.destroy();
      else response.writeHead(status, { 'content-type': type }).end(text);
    };
    let signed: { service: ServiceCall['service']; region: string };
    try {
      signed = verify(request, body);
    } catch (error) {
      return answer(refusalOf(request.headers['content-type'] ?? '', 403, (error as Error).message, 'Not you.'));
    }
    const read = wire[signed.service]?.(request.headers, body.toString('utf8'));
    if (read === undefined) return answer({ status: 404, body: '{"__type":"UnknownOperationException"}' });
    const reply = replies.get(path);
    calls.push({ ...signed, path, input: read.input });
    answer(reply ?? read.taken);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    play: (path, reply) => void (reply === undefined ? replies.delete(path) : replies.set(path, reply)),
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Headers = IncomingMessage['headers'];
type Read = { input: Record<string, unknown>; taken: ServiceReply } | undefined;

/** What each service takes for its one operation; undefined for anything else. */
const wire: Readonly<Record<ServiceCall['service'], (headers: Headers, body: string) => Read>> = {
  events(headers, body) {
    if (headers['content-type'] !== 'application/x-amz-json-1.1') return undefined;
    if (headers['x-amz-target'] !== 'AWSEvents.PutEvents') return undefined;
    const { Entries } = JSON.parse(body);
    const taken = { type: 'application/x-amz-json-1.1', body: '{"FailedEntryCount":0,"Entries":[{"EventId":"e-1"}]}' };
    return Entries.length === 1 ? { input: Entries[0], taken } : undefined;
  },
  sns(headers, body) {
    if (headers['content-type'] !== 'application/x-www-form-urlencoded') return undefined;
    const form = Object.fromEntries(new URLSearchParams(body));
    if (form.Action !== 'Publish' || form.Version !== '2010-03-31') return undefined;
    const attributes: Record<string, string> = {};
    for (let index = 1; form[`MessageAttributes.entry.${index}.Name`] !== undefined; index++) {
      const entry = `MessageAttributes.entry.${index}`;
      if (form[`${entry}.Value.DataType`] !== 'String') return undefined;
      attributes[form[`${entry}.Name`]!] = form[`${entry}.Value.StringValue`]!;
    }
    const { TopicArn, Subject, Message, MessageGroupId, MessageDeduplicationId } = form;
    return {
      input: { TopicArn, Subject, Message, MessageGroupId, MessageDeduplicationId, attributes },
      taken: {
        type: 'text/xml',
        body: '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>',
      },
    };
  },
  sqs(headers, body) {
    if (headers['content-type'] !== 'application/x-amz-json-1.0') return undefined;
    if (headers['x-amz-target'] !== 'AmazonSQS.SendMessage') return undefined;
    const { MessageAttributes, ...input } = JSON.parse(body);
    const attributes = Object.fromEntries(
      Object.entries(MessageAttributes as Record<string, { StringValue: string }>).map(([name, { StringValue }]) => [
        name,
        StringValue,
      ]),
    );
    const md5 = createHash('md5').update(input.MessageBody).digest('hex');
    return {
      input: { ...input, attributes },
      taken: {
        type: 'application/x-amz-json-1.0',
        body: JSON.stringify({ MessageId: 'm-1', MD5OfMessageBody: md5 }),
      },
    };
  },
};

/** A service's refusal, in XML or JSON as the request was. */
export function refusalOf(contentType: string, status: number, code: string, message: string): ServiceReply {
  return contentType.includes('form')
    ? {
        status,
        type: 'text/xml',
        body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
      }
    : { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, message }) };
}
