import { ApiError, type OperationInput } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { EventTarget } from '../../domain/rows.ts';

type Input = OperationInput<'CreateEventTarget'>;
type Place = Pick<EventTarget, 'service' | 'url' | 'endpoint' | 'region' | 'source'>;

const services = { Url: 'webhook', EventBus: 'eventbridge', TopicArn: 'sns', QueueUrl: 'sqs' } as const;
type AddressMember = keyof typeof services;

/**
 * Where events go, from the members that say so. A literal address is refused here as it would be at each attempt; a name
 * is looked up only then, since it can get another address at any time.
 *
 * @throws ApiError ValidationException
 */
export function placeOfEvents(context: OperationContext, input: Input): Place {
  const given = (Object.keys(services) as AddressMember[]).filter((name) => input[name] !== undefined);
  const [member] = given;
  if (member === undefined || given.length > 1)
    throw invalid(`Exactly one of ${Object.keys(services).join(', ')} must be given.`);
  const service = services[member];
  const url = input[member]!;
  requireFitting(member, input);
  if (member === 'Url' || member === 'QueueUrl') requireUrl(context, member, url);
  if (member === 'QueueUrl') requireQueue(url);
  if (service === 'webhook') return { service, url, endpoint: null, region: null, source: null };
  if (input.Endpoint !== undefined) requireUrl(context, 'Endpoint', input.Endpoint);
  return {
    service,
    url,
    endpoint: input.Endpoint ?? null,
    region: regionOf(context, member, url, input.Region),
    source: input.Source ?? null,
  };
}

const invalid = (message: string): ApiError => new ApiError('ValidationException', message);

function requireFitting(member: AddressMember, input: Input): void {
  const foreign = (['Endpoint', 'Region', 'Source'] as const).filter(
    (name) => input[name] !== undefined && (member === 'Url' || (name === 'Source' && member !== 'EventBus')),
  );
  if (foreign.length > 0) throw invalid(`${foreign.join(', ')} cannot be given with ${member}.`);
  if (input.Source?.startsWith('aws.') && input.Endpoint === undefined)
    throw invalid('Source must not begin with "aws.": EventBridge takes such events from AWS alone.');
}

function requireUrl({ targetUrlProblem }: OperationContext, member: string, text: string): void {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw invalid(`${member} must be an absolute http or https URL.`);
  if (url.username !== '' || url.password !== '')
    throw invalid(
      `${member} must not hold a user name or password; ${member === 'Url' ? 'events' : 'requests'} are signed instead.`,
    );
  const problem = targetUrlProblem(url);
  if (problem !== undefined) throw invalid(`${member}: ${problem}`);
}

function requireQueue(text: string): void {
  if (new URL(text).pathname === '/') throw invalid('QueueUrl must name a queue in its path.');
}

/** The region that an ARN or one of AWS's own addresses of queues names. */
function regionOf({ installation }: OperationContext, member: AddressMember, url: string, given?: string): string {
  const named =
    member === 'QueueUrl'
      ? /^(?:sqs|queue)\.([a-z0-9-]+)\.(?:amazonaws|api\.aws)|^([a-z0-9-]+)\.queue\.amazonaws/.exec(
          new URL(url).hostname,
        )
      : /^arn:[^:]+:[^:]+:([a-z0-9-]+):/.exec(url);
  const own = named?.[1] ?? named?.[2];
  if (given !== undefined && own !== undefined && given !== own)
    throw invalid(`Region is ${given}, and ${member} is in ${own}.`);
  return given ?? own ?? installation.region;
}
