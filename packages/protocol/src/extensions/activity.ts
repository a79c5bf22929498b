// The activity log: who changed what.
import { holdpointOperations } from '../operations/operation.ts';
import { boolean, integer, list, oneOf, string, structure, timestamp } from '../shape.ts';

/** A key signs for a caller; the system is the server by itself. */
const ActorKind = oneOf('Caller', 'Operator', 'Worker', 'System');
/** The operation's name, such as `CreateWorkteam`; what people did in the portal has verbs, such as `sign-in` or `submit`. */
const Action = string({ min: 1, max: 64, pattern: '[A-Za-z][A-Za-z-]*' });
/** As in ARNs where there is one, such as `human-loop` or `workteam`; else `worker`, `access-key`, `event-target` or `bucket`. */
const ResourceType = string({ min: 1, max: 32, pattern: '[a-z-]+' });

export const activityOperations = holdpointOperations({
  /**
   * Lists the activity log, newest first: each change that an operator, a worker or a caller of the API made, with who, when,
   * from where and on what, and what the server purged by itself. Rows are written in the commit of the change; no operation
   * changes or removes them. Of a filter that few rows pass, some 20,000 are looked at for one page: a page with a
   * `NextToken` may have fewer than were asked for, or none.
   *
   * @error ValidationException ResourceName is given without ResourceType, or the token is not one of ours
   */
  ListActivities: {
    input: structure({
      /** An access key, the `WorkerId` of a person, or a person's e-mail address. */
      Actor: string({ min: 1, max: 254 }),
      ActorKind,
      Action,
      ResourceType,
      /** Its name, or the id of what has none; of a worker the e-mail address. Needs `ResourceType`. */
      ResourceName: string({ min: 1, max: 1024 }),
      /** Leaves out what is about human loops: the daily work, among which the rest is not found. */
      ExcludeHumanLoops: boolean,
      /** Inclusive. */
      TimeAfter: timestamp,
      /** Exclusive. */
      TimeBefore: timestamp,
      /** At most so many; 10 without it. */
      MaxResults: integer(1, 1000),
      /** From the answer before. */
      NextToken: string({ max: 8192 }),
    }),
    output: structure(
      {
        /** One page of them. */
        Activities: list(
          structure(
            {
              /** Its own; ids are in the order of time. */
              ActivityId: string(),
              /** When it was done. */
              Time: timestamp,
              ActorKind,
              /** The access key, or the `WorkerId` of the person; absent for the system and for somebody unknown. */
              ActorId: string(),
              /** As it was then: the key's description, the person's e-mail address, the address that was tried. */
              ActorName: string(),
              /** Where the request came from. */
              ClientAddress: string(),
              /** The request's id, as in the reply's header and in the server's log. */
              RequestId: string(),
              Action,
              /** Absent when it is about nothing in particular. */
              ResourceType,
              /** The name or id of what was changed. */
              ResourceName: string(),
              /** What was asked for, as JSON text: without secrets, input contents and answers; long texts are left out. */
              Details: string(),
            },
            ['ActivityId', 'Time', 'ActorKind', 'Action'],
          ),
        ),
        /** Where the next page begins; absent at the end. */
        NextToken: string({ max: 8192 }),
      },
      ['Activities'],
    ),
    pages: 'Activities',
  },
});
