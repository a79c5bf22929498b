import type { OperationInput } from '@holdpoint/protocol';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { apiCommand, type Call, withClient } from '../api-command.ts';
import { parseWebUrl } from '../parse-argument.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

type Input = OperationInput<'CreateEventTarget'>;
type Status = NonNullable<Input['Statuses']>[number];

const statuses: readonly Status[] = ['Completed', 'Failed', 'Stopped'];

/** `holdpoint event-target add` */
export function addAddCommand(target: Command, terminal: Terminal): void {
  apiCommand(
    target,
    'add',
    'add a webhook, an event bus, an SNS topic or an SQS queue; the secret that signs the events of a webhook is shown once',
    [
      'holdpoint event-target add --url https://example.com/hook --status Completed',
      'holdpoint event-target add --sqs https://sqs.eu-central-1.amazonaws.com/111122223333/reviews.fifo',
    ].join('\n'),
  )
    .option('--url <URL>', 'a webhook: the http or https URL that events are posted to', parseWebUrl)
    .option('--eventbridge <ARN>', 'the ARN or name of an event bus of EventBridge that events are put on')
    .option('--sns <ARN>', 'the ARN of an SNS topic that events are published to')
    .option('--sqs <URL>', 'the URL of an SQS queue that events are sent to', parseWebUrl)
    .option('--service-endpoint <URL>', "where the service is, when it is not AWS's own", parseWebUrl)
    .option('--service-region <NAME>', "the region of the service, when ARN or URL do not say it (the server's own)")
    .option('--source <NAME>', 'the source of the events on the bus (holdpoint)')
    .addOption(
      new Option('--kind <KIND>', 'what it hears of').choices(['human-loop', 'object-created']).default('human-loop'),
    )
    .option('--flow-definition <ARN>', 'only loops of this flow definition')
    .addOption(
      new Option('--status <STATUS>', 'only loops of this status, may be repeated')
        .choices(statuses)
        .argParser((word, before?: readonly Status[]) => [...(before ?? []), parseStatus(word)]),
    )
    .option('--bucket <NAME>', 'only objects of this bucket')
    .option('--prefix <TEXT>', 'only objects whose key begins so')
    .option('--suffix <TEXT>', 'only objects whose key ends so')
    .action(withClient(terminal, add));
}

function parseStatus(word: string): Status {
  const status = statuses.find((one) => one.toLowerCase() === word.toLowerCase());
  if (status === undefined) throw new InvalidArgumentError(`Allowed choices are ${statuses.join(', ')}.`);
  return status;
}

interface AddOptions {
  readonly url?: string;
  readonly eventbridge?: string;
  readonly sns?: string;
  readonly sqs?: string;
  readonly serviceEndpoint?: string;
  readonly serviceRegion?: string;
  readonly source?: string;
  readonly kind: NonNullable<Input['Kind']>;
  readonly flowDefinition?: string;
  readonly status?: readonly Status[];
  readonly bucket?: string;
  readonly prefix?: string;
  readonly suffix?: string;
}

const add: Call<AddOptions> = async ({ client, options }) => {
  const { url, eventbridge, sns, sqs } = options;
  if ([url, eventbridge, sns, sqs].filter((address) => address !== undefined).length !== 1)
    throw new UsageError('Give exactly one of --url, --eventbridge, --sns, --sqs: where events are sent to.');
  const output = await client.call('CreateEventTarget', {
    ...(url !== undefined && { Url: url }),
    ...(eventbridge !== undefined && { EventBus: eventbridge }),
    ...(sns !== undefined && { TopicArn: sns }),
    ...(sqs !== undefined && { QueueUrl: sqs }),
    ...(options.serviceEndpoint !== undefined && { Endpoint: options.serviceEndpoint }),
    ...(options.serviceRegion !== undefined && { Region: options.serviceRegion }),
    ...(options.source !== undefined && { Source: options.source }),
    Kind: options.kind,
    ...(options.flowDefinition !== undefined && { FlowDefinitionArn: options.flowDefinition }),
    ...(options.status !== undefined && { Statuses: [...options.status] }),
    ...(options.bucket !== undefined && { Bucket: options.bucket }),
    ...(options.prefix !== undefined && { Prefix: options.prefix }),
    ...(options.suffix !== undefined && { Suffix: options.suffix }),
  });
  return { output, text: textOf(output.EventTargetId, output.Secret) };
};

const textOf = (id: string, secret: string | undefined): string =>
  secret === undefined
    ? [
        `Event target  ${id}`,
        '',
        'Requests are signed with the server\'s own AWS credentials: "holdpoint event-target test" says whether they do.',
      ].join('\n')
    : [
        `Event target  ${id}`,
        `Secret        ${secret}`,
        '',
        'The secret is shown only now. Events are signed with it as https://www.standardwebhooks.com describes.',
      ].join('\n');
