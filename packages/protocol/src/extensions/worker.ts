// Operations of our own on workers, whom AWS manages in other services.
import { holdpointOperations } from '../operations/operation.ts';
import { WorkteamName } from '../operations/shapes.ts';
import { boolean, integer, list, oneOf, string, structure, timestamp } from '../shape.ts';

/** The address with which the worker signs in; upper and lower case are the same. */
const Email = string({ min: 3, max: 254, pattern: '[^\\s@]+@[^\\s@]+' });
/** What others see; without it the part of the address before its at sign. */
const Name = string({ min: 1, max: 128, pattern: '[^\\p{Cc}]+' });
/** Names of workteams. */
const Workteams = list(WorkteamName, { max: 100 });
/** An Operator also runs the server, in the console. */
const Role = oneOf('Worker', 'Operator');
/** The worker. */
const Worker = structure(
  {
    /** Never changes: the `workerId` of this worker's answers in `output.json`. */
    WorkerId: string(),
    /** Never changes: the `sub` in the `workerMetadata` of these answers. */
    Sub: string(),
    Email,
    Name,
    /** A worker who is Disabled cannot sign in. */
    Status: oneOf('Active', 'Disabled'),
    Workteams,
    Role,
    /** When the worker was created. */
    CreationTime: timestamp,
  },
  ['WorkerId', 'Sub', 'Email', 'Name', 'Status', 'Workteams', 'Role', 'CreationTime'],
);
/** Mails the link with which a password is set to the worker's address, where the server sends mail (`--mail-url`). */
const SendInvitation = boolean;
/** What becomes of a link with which a password is set. */
const invitation = {
  /** The link with which the worker sets a password; absent when a password was given, or when the link was mailed. */
  SetPasswordUrl: string({ sensitive: true }),
  /** The address to which the link was mailed. */
  SentTo: string(),
  /** Why the link was not mailed though it should have been: it is in SetPasswordUrl then. */
  MailProblem: string(),
};
/** One sign-in, as ListWorkerSignIns answers it; it opens nothing. */
const SignInId = string({ min: 1, max: 128, pattern: '[0-9a-f]+' });
const byEmail = structure({ Email }, ['Email']);
const oneWorker = structure({ Worker }, ['Worker']);

export const workerOperations = holdpointOperations({
  /**
   * Creates a worker of the built-in directory. Without a password the answer has a link with which the worker sets
   * one within seven days, unless it is mailed.
   *
   * @error ResourceInUse a worker with this address exists
   * @error ResourceNotFound a workteam does not exist
   * @error ValidationException the workforce's people come from an identity provider
   */
  CreateWorker: {
    creates: true,
    input: structure(
      {
        Email,
        Name,
        Workteams,
        /** Worker unless given. */
        Role,
        /** The password to sign in with; without it the worker sets one by a link. */
        Password: string({ min: 1, max: 256, sensitive: true }),
        SendInvitation,
      },
      ['Email'],
    ),
    output: structure(
      {
        Worker,
        ...invitation,
      },
      ['Worker'],
    ),
    errors: ['ResourceInUse', 'ResourceNotFound'],
  },
  /** Lists the workers. */
  ListWorkers: {
    input: structure({}),
    output: structure(
      {
        /** All of them, disabled ones too. */
        Workers: list(Worker),
      },
      ['Workers'],
    ),
  },
  /**
   * Ends a worker's sessions, gives back what the worker was working on, and refuses new sessions.
   *
   * @error ResourceInUse an operator asks for it in the console for themself
   * @error ResourceNotFound there is no such worker
   */
  DisableWorker: { input: byEmail, output: oneWorker, errors: ['ResourceInUse', 'ResourceNotFound'] },
  /**
   * Lets a disabled worker sign in again.
   *
   * @error ResourceNotFound there is no such worker
   */
  EnableWorker: { input: byEmail, output: oneWorker, errors: ['ResourceNotFound'] },
  /**
   * Takes everything from a worker with which one signs in (password, passkeys, authenticator app, recovery codes, links that
   * were not used), ends the worker's sessions, and makes a link with which a password is set within seven days.
   *
   * @error ResourceNotFound there is no such worker
   * @error ValidationException the worker is disabled, or the workforce's people come from an identity provider
   */
  ResetWorker: {
    input: structure({ Email, SendInvitation }, ['Email']),
    output: structure({ Worker, ...invitation }, ['Worker']),
    errors: ['ResourceNotFound'],
  },
  /**
   * Replaces the workteams of a worker.
   *
   * @error ResourceNotFound the worker or a workteam does not exist
   * @error ValidationException the workforce's people, and their groups, come from an identity provider
   */
  SetWorkerWorkteams: {
    input: structure({ Email, Workteams }, ['Email', 'Workteams']),
    output: oneWorker,
    errors: ['ResourceNotFound'],
  },
  /**
   * Makes a worker an operator, who runs the server in the console, or a mere worker again.
   *
   * @error ResourceNotFound there is no such worker
   * @error ResourceInUse the worker is the only operator who can sign in, and makes the call in the console
   */
  SetWorkerRole: {
    input: structure({ Email, Role }, ['Email', 'Role']),
    output: oneWorker,
    errors: ['ResourceNotFound', 'ResourceInUse'],
  },
  /**
   * Lists where a worker is signed in to the portal.
   *
   * @error ResourceNotFound there is no such worker
   */
  ListWorkerSignIns: {
    input: byEmail,
    output: structure(
      {
        /** Those that go on, newest first. */
        SignIns: list(
          structure(
            {
              SignInId,
              /** When the worker signed in. */
              SignInTime: timestamp,
              /** When it was used last, to the minute. */
              LastSeenTime: timestamp,
              /** When it ends if it is not used before. */
              ExpirationTime: timestamp,
            },
            ['SignInId', 'SignInTime', 'LastSeenTime', 'ExpirationTime'],
          ),
        ),
      },
      ['SignIns'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Signs a worker out, in one place or everywhere. What the worker was working on is kept.
   *
   * @error ResourceNotFound there is no such worker, or no such sign-in any more
   */
  EndWorkerSignIns: {
    input: structure(
      {
        Email,
        /** Only this one; all of them without it. */
        SignInId,
      },
      ['Email'],
    ),
    output: structure(
      {
        /** How many were ended. */
        Ended: integer(),
      },
      ['Ended'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Makes a one-time link for a worker: it signs in within 30 minutes, or sets a password within seven days.
   *
   * @error ResourceNotFound there is no such worker
   * @error ValidationException the worker is disabled, or the workforce's people come from an identity provider
   */
  CreateSignInLink: {
    creates: true,
    input: structure(
      {
        Email,
        /** What the link does. */
        Purpose: oneOf('SignIn', 'SetPassword'),
      },
      ['Email', 'Purpose'],
    ),
    output: structure(
      {
        /** The link; whoever has it can use it, once. */
        Url: string({ sensitive: true }),
        /** When the link ends. */
        ExpirationTime: timestamp,
      },
      ['Url', 'ExpirationTime'],
    ),
    errors: ['ResourceNotFound'],
  },
});
