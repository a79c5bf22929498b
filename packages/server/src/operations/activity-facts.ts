import type { Operation } from '@holdpoint/protocol';
import type { Caller } from '../context.ts';
import { type ActivityFacts, type Actor, personActor, type Resource } from '../domain/activity.ts';
import { toldInput } from '../domain/told-input.ts';

/** Whose key signed, or who is signed in to the console. */
export const actorOf = ({ accessKeyId, kind, description = '', worker }: Caller): Actor =>
  worker
    ? personActor('operator', worker)
    : { actorKind: 'caller', actorId: accessKeyId, actorName: kind === 'root' ? 'root' : description };

/** Started and ended by the million; their rows say all that there is to say. */
const plain: ReadonlySet<string> = new Set(['StartHumanLoop', 'StopHumanLoop', 'DeleteHumanLoop']);

/** What the activity log says of a call, should it change something. */
export function activityFacts(call: {
  readonly operation: Operation;
  readonly input: unknown;
  readonly caller: Caller;
  readonly clientAddress: string;
  readonly requestId: string;
  readonly now: number;
}): ActivityFacts {
  const { operation, input, caller, clientAddress, requestId, now } = call;
  const { name } = operation;
  return {
    actor: actorOf(caller),
    clientAddress,
    requestId,
    action: name,
    resource: namedIn(input as Record<string, unknown>),
    details: plain.has(name) ? undefined : () => toldInput(operation.input, input),
    at: now,
  };
}

const members = [
  ['Email', 'worker'],
  ['EventTargetId', 'event-target'],
  ['AccessKeyId', 'access-key'],
  ['HumanLoopName', 'human-loop'],
  ['WorkteamName', 'workteam'],
  ['WorkforceName', 'workforce'],
] as const;

/** What an input names, for changes that name nothing themselves. */
function namedIn(input: Record<string, unknown>): Resource | undefined {
  for (const [member, type] of members) {
    const name = input[member];
    if (typeof name === 'string') return { type, name };
  }
  return undefined;
}
