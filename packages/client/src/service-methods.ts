// Written by `npm run docs` from the comments in packages/protocol/src; changes belong there.
import type { Method } from './method-types.ts';

/** Human loops. */
export interface A2IRuntimeMethods {
  /**
   * Starts a human loop: asks people about one piece of content, by the rules of a flow definition.
   *
   * The same name with the same input is a repetition and changes nothing, so a client may try again after a failure.
   * The loop's page is rendered before anybody is asked; when that fails, the loop turns Failed with the reason.
   *
   * Where the flow definition has activation conditions for input content, they say whether people are asked. If not,
   * the loop is Completed at once, without answers, or not made at all (tag `holdpoint:on-no-review`); the header
   * `Holdpoint-Activated` of the answer says `true` or `false`.
   *
   * @throws ConflictException a loop of this name is InProgress or Stopping with another input
   * @throws ServiceQuotaExceededException the quota of loops in flight is used up
   * @throws ValidationException the flow definition does not exist, the content is not JSON, or a finished loop has
   * this name
   * @throws ThrottlingException, InternalServerException
   * @see A2I developer guide, "Create and start a human loop"; API reference, StartHumanLoop
   */
  readonly startHumanLoop: Method<'StartHumanLoop'>;

  /**
   * Describes a human loop: its status, and where its output is or will be.
   *
   * `HumanLoopOutput` names the object from the start; it is there, whole, when the status is Completed or Stopped.
   * With the header `Prefer: wait=N` the answer comes when the status changes, or after N seconds (at most 20).
   *
   * @throws ResourceNotFoundException there is no such loop, or it was deleted
   * @throws ValidationException, ThrottlingException, InternalServerException
   * @see API reference, DescribeHumanLoop
   */
  readonly describeHumanLoop: Method<'DescribeHumanLoop'>;

  /**
   * Lists the human loops of a flow definition by the time of their creation, newest first unless asked otherwise.
   *
   * @throws ResourceNotFoundException there is no such flow definition
   * @throws ValidationException, ThrottlingException, InternalServerException
   * @see API reference, ListHumanLoops
   */
  readonly listHumanLoops: Method<'ListHumanLoops'>;

  /**
   * Stops a human loop: nobody is asked any more. Whoever is working may finish, until then the loop is Stopping; the
   * answers that are in are written.
   *
   * @throws ResourceNotFoundException there is no such loop
   * @throws ValidationException the loop has finished already
   * @throws ThrottlingException, InternalServerException
   * @see A2I developer guide, "Delete a human loop"; API reference, StopHumanLoop
   */
  readonly stopHumanLoop: Method<'StopHumanLoop'>;

  /**
   * Deletes a finished human loop and its answers; `output.json` stays in its bucket and the name is free again.
   *
   * @throws ResourceNotFoundException there is no such loop
   * @throws ValidationException the loop is InProgress or Stopping; stop it first
   * @throws ThrottlingException, InternalServerException
   * @see A2I developer guide, "Delete a human loop"; API reference, DeleteHumanLoop
   */
  readonly deleteHumanLoop: Method<'DeleteHumanLoop'>;
}

/** The control plane: flow definitions, human task UIs, workteams, workforces, tags. */
export interface SageMakerMethods {
  /**
   * Creates a flow definition: who is asked, with which page, how many of them, for how long, and where the answers go.
   *
   * It is Initializing for a moment and then Active; loops can be started at once. Nothing of it but its tags can be
   * changed later.
   *
   * @throws ResourceInUse a flow definition of this name exists
   * @throws ResourceLimitExceeded the quota of flow definitions is used up
   * @throws ValidationException the workteam or the human task UI does not exist, or no bucket can have the output path
   * @see A2I developer guide, "Create a flow definition"; SageMaker API reference, CreateFlowDefinition
   */
  readonly createFlowDefinition: Method<'CreateFlowDefinition'>;

  /**
   * Describes a flow definition as it was created, and its status.
   *
   * @throws ResourceNotFound there is no such flow definition
   * @see SageMaker API reference, DescribeFlowDefinition
   */
  readonly describeFlowDefinition: Method<'DescribeFlowDefinition'>;

  /**
   * Lists the flow definitions by the time of their creation, newest first unless asked otherwise.
   *
   * @see SageMaker API reference, ListFlowDefinitions
   */
  readonly listFlowDefinitions: Method<'ListFlowDefinitions'>;

  /**
   * Deletes a flow definition. Loops that nobody works on are stopped, people who are working may finish; then it is
   * gone and its name is free.
   *
   * @throws ResourceNotFound there is no such flow definition
   * @throws ResourceInUse
   * @see A2I developer guide, "Delete a flow definition"; SageMaker API reference, DeleteFlowDefinition
   */
  readonly deleteFlowDefinition: Method<'DeleteFlowDefinition'>;

  /**
   * Creates a human task UI: the Liquid template from which the page of each task is made.
   *
   * @throws ResourceInUse a human task UI of this name exists
   * @throws ResourceLimitExceeded
   * @see A2I developer guide, "Create a worker task template"; SageMaker API reference, CreateHumanTaskUi
   */
  readonly createHumanTaskUi: Method<'CreateHumanTaskUi'>;

  /**
   * Describes a human task UI. Its source is not in the answer: `UiTemplate.Url` leads to it for a while,
   * `ContentSha256` is its SHA-256.
   *
   * @throws ResourceNotFound there is no such human task UI
   * @see SageMaker API reference, DescribeHumanTaskUi
   */
  readonly describeHumanTaskUi: Method<'DescribeHumanTaskUi'>;

  /**
   * Lists the human task UIs by the time of their creation, newest first unless asked otherwise.
   *
   * @see SageMaker API reference, ListHumanTaskUis
   */
  readonly listHumanTaskUis: Method<'ListHumanTaskUis'>;

  /**
   * Deletes a human task UI. Loops that were started keep their page; flow definitions that name it start no more.
   *
   * @throws ResourceNotFound there is no such human task UI
   * @see SageMaker API reference, DeleteHumanTaskUi
   */
  readonly deleteHumanTaskUi: Method<'DeleteHumanTaskUi'>;

  /**
   * Renders a template with sample input, as a worker would be shown it. Faults of the template are part of the answer,
   * not an error of the call.
   *
   * @throws ResourceNotFound there is no such human task UI
   * @throws ValidationException neither or both of template and ARN are given, or the input is not JSON
   * @see A2I developer guide, "Preview a worker task template"; SageMaker API reference, RenderUiTemplate
   */
  readonly renderUiTemplate: Method<'RenderUiTemplate'>;

  /**
   * Creates a workteam: those workers who are in one of its groups.
   *
   * @throws ResourceInUse a workteam of this name exists
   * @throws ResourceLimitExceeded there are too many workteams
   * @see A2I developer guide, "Create and manage workforces"; SageMaker API reference, CreateWorkteam
   */
  readonly createWorkteam: Method<'CreateWorkteam'>;

  /**
   * Describes a workteam. `SubDomain` is the host of the portal, without a scheme.
   *
   * @throws ValidationException there is no such workteam; the message begins "The work team"
   * @see SageMaker API reference, DescribeWorkteam
   */
  readonly describeWorkteam: Method<'DescribeWorkteam'>;

  /**
   * Lists the workteams, oldest first unless asked otherwise.
   *
   * @see SageMaker API reference, ListWorkteams
   */
  readonly listWorkteams: Method<'ListWorkteams'>;

  /**
   * Changes the given members of a workteam; `MemberDefinitions` are replaced as a whole.
   *
   * @throws ValidationException there is no such workteam
   * @throws ResourceLimitExceeded
   * @see SageMaker API reference, UpdateWorkteam
   */
  readonly updateWorkteam: Method<'UpdateWorkteam'>;

  /**
   * Deletes a workteam that no flow definition uses.
   *
   * @throws ValidationException there is no such workteam, or a flow definition uses it
   * @throws ResourceLimitExceeded
   * @see SageMaker API reference, DeleteWorkteam
   */
  readonly deleteWorkteam: Method<'DeleteWorkteam'>;

  /**
   * Lists vendors' workteams of AWS's marketplace; here the list is empty.
   *
   * @see SageMaker API reference, ListSubscribedWorkteams
   */
  readonly listSubscribedWorkteams: Method<'ListSubscribedWorkteams'>;

  /**
   * Describes a vendor's workteam of AWS's marketplace; here there is none.
   *
   * @throws ValidationException always
   * @see SageMaker API reference, DescribeSubscribedWorkteam
   */
  readonly describeSubscribedWorkteam: Method<'DescribeSubscribedWorkteam'>;

  /**
   * Creates the workforce: where the workers' accounts are. There is one from the first start, named `default`, with
   * the built-in directory.
   *
   * @throws ValidationException there is a workforce already, not exactly one of `CognitoConfig` and `OidcConfig` is
   * given, or `AuthenticationRequestExtraParams` has a parameter that every sign-in sets itself
   * @see SageMaker API reference, CreateWorkforce
   */
  readonly createWorkforce: Method<'CreateWorkforce'>;

  /**
   * Describes a workforce. The secret of its application is never in the answer.
   *
   * @throws ValidationException there is no such workforce; the message contains "No workforce"
   * @see SageMaker API reference, DescribeWorkforce
   */
  readonly describeWorkforce: Method<'DescribeWorkforce'>;

  /**
   * Lists the workforces.
   *
   * @see SageMaker API reference, ListWorkforces
   */
  readonly listWorkforces: Method<'ListWorkforces'>;

  /**
   * Changes the given members of a workforce. The identity provider can be changed while there is no workteam.
   *
   * @throws ConflictException it has workteams, which keep its identity provider
   * @throws ValidationException there is no such workforce, or its accounts are in a user pool
   * @see SageMaker API reference, UpdateWorkforce
   */
  readonly updateWorkforce: Method<'UpdateWorkforce'>;

  /**
   * Deletes a workforce that has no workteams.
   *
   * @throws ValidationException there is no such workforce
   * @throws ResourceInUse it has workteams
   * @see SageMaker API reference, DeleteWorkforce
   */
  readonly deleteWorkforce: Method<'DeleteWorkforce'>;

  /**
   * Adds tags to a flow definition, human task UI or workteam, or gives the ones that it has other values.
   *
   * @throws ValidationException there is no such resource, or a tag that begins with `holdpoint:` is not known
   * @see SageMaker API reference, AddTags
   */
  readonly addTags: Method<'AddTags'>;

  /**
   * Lists the tags of a resource.
   *
   * @see SageMaker API reference, ListTags
   */
  readonly listTags: Method<'ListTags'>;

  /**
   * Removes tags from a resource; keys that it does not have are passed over.
   *
   * @see SageMaker API reference, DeleteTags
   */
  readonly deleteTags: Method<'DeleteTags'>;
}

/** What AWS's API lacks: workers, access keys, event targets and more. */
export interface HoldpointMethods {
  /**
   * Creates a worker of the built-in directory. Without a password the answer has a link with which the worker sets one
   * within seven days, unless it is mailed.
   *
   * @throws ResourceInUse a worker with this address exists
   * @throws ResourceNotFound a workteam does not exist
   * @throws ValidationException the workforce's people come from an identity provider
   */
  readonly createWorker: Method<'CreateWorker'>;

  /**
   * Lists the workers.
   */
  readonly listWorkers: Method<'ListWorkers'>;

  /**
   * Ends a worker's sessions, gives back what the worker was working on, and refuses new sessions.
   *
   * @throws ResourceInUse an operator asks for it in the console for themself
   * @throws ResourceNotFound there is no such worker
   */
  readonly disableWorker: Method<'DisableWorker'>;

  /**
   * Lets a disabled worker sign in again.
   *
   * @throws ResourceNotFound there is no such worker
   */
  readonly enableWorker: Method<'EnableWorker'>;

  /**
   * Takes everything from a worker with which one signs in (password, passkeys, authenticator app, recovery codes,
   * links that were not used), ends the worker's sessions, and makes a link with which a password is set within seven
   * days.
   *
   * @throws ResourceNotFound there is no such worker
   * @throws ValidationException the worker is disabled, or the workforce's people come from an identity provider
   */
  readonly resetWorker: Method<'ResetWorker'>;

  /**
   * Replaces the workteams of a worker.
   *
   * @throws ResourceNotFound the worker or a workteam does not exist
   * @throws ValidationException the workforce's people, and their groups, come from an identity provider
   */
  readonly setWorkerWorkteams: Method<'SetWorkerWorkteams'>;

  /**
   * Makes a worker an operator, who runs the server in the console, or a mere worker again.
   *
   * @throws ResourceNotFound there is no such worker
   * @throws ResourceInUse the worker is the only operator who can sign in, and makes the call in the console
   */
  readonly setWorkerRole: Method<'SetWorkerRole'>;

  /**
   * Lists where a worker is signed in to the portal.
   *
   * @throws ResourceNotFound there is no such worker
   */
  readonly listWorkerSignIns: Method<'ListWorkerSignIns'>;

  /**
   * Signs a worker out, in one place or everywhere. What the worker was working on is kept.
   *
   * @throws ResourceNotFound there is no such worker, or no such sign-in any more
   */
  readonly endWorkerSignIns: Method<'EndWorkerSignIns'>;

  /**
   * Makes a one-time link for a worker: it signs in within 30 minutes, or sets a password within seven days.
   *
   * @throws ResourceNotFound there is no such worker
   * @throws ValidationException the worker is disabled, or the workforce's people come from an identity provider
   */
  readonly createSignInLink: Method<'CreateSignInLink'>;

  /**
   * Makes a key pair. Its secret is in this answer and nowhere else.
   *
   * @throws ResourceNotFound there is no worker of the owner's address
   */
  readonly createAccessKey: Method<'CreateAccessKey'>;

  /**
   * Takes over a key pair with which a program signs already.
   *
   * @throws ResourceInUse there is a key with this id
   * @throws ResourceNotFound there is no worker of the owner's address
   */
  readonly importAccessKey: Method<'ImportAccessKey'>;

  /**
   * Lists the access keys, without their secrets.
   */
  readonly listAccessKeys: Method<'ListAccessKeys'>;

  /**
   * Ends a key at once.
   *
   * @throws ResourceNotFound there is no such key
   * @throws ResourceInUse it is the root key
   */
  readonly revokeAccessKey: Method<'RevokeAccessKey'>;

  /**
   * Creates an event target: a webhook, an event bus of EventBridge, an SNS topic or an SQS queue that is told when
   * human loops end or objects are written. The secret in the answer signs the events of a webhook, as Standard
   * Webhooks describes; requests to the other services are signed with the server's own AWS credentials.
   *
   * @throws ResourceNotFound there is no such flow definition
   */
  readonly createEventTarget: Method<'CreateEventTarget'>;

  /**
   * Lists the event targets, and how their deliveries stand.
   */
  readonly listEventTargets: Method<'ListEventTargets'>;

  /**
   * Sends a sample event now. What the target answered is part of the answer, also when it took nothing.
   *
   * @throws ResourceNotFound there is no such event target
   */
  readonly testEventTarget: Method<'TestEventTarget'>;

  /**
   * Deletes an event target and what waits for it.
   *
   * @throws ResourceNotFound there is no such event target
   * @throws ResourceInUse there are dead letters of it, and `Force` is not given
   */
  readonly deleteEventTarget: Method<'DeleteEventTarget'>;

  /**
   * Sends again what was given up, in the order in which it happened; ids of events stay.
   *
   * @throws ResourceNotFound there is no such event target, or no such dead letter of it
   */
  readonly replayEventTarget: Method<'ReplayEventTarget'>;

  /**
   * Lists the dead letters of an event target, events that were given up: those that were given up first come first.
   *
   * @throws ResourceNotFound there is no such event target
   */
  readonly listDeadLetters: Method<'ListDeadLetters'>;

  /**
   * Deletes dead letters of an event target, which are never sent then.
   *
   * @throws ResourceNotFound there is no such event target, or no such dead letter of it
   */
  readonly deleteDeadLetters: Method<'DeleteDeadLetters'>;

  /**
   * Answers what DescribeHumanLoop leaves out of a loop, in every state: before its task is prepared, and after it
   * ended.
   *
   * @throws ResourceNotFound there is no such human loop
   */
  readonly getHumanLoop: Method<'GetHumanLoop'>;

  /**
   * Searches the human loops of all flow definitions.
   *
   * Filters hold together. What no index knows is looked for among so many loops and no more: then `Searched` says
   * among how many, and `NextToken` goes on behind them. A loop whose name is exactly `NameContains` comes first on the
   * first page, wherever it stands.
   *
   * @throws ResourceNotFound there is no such flow definition or worker
   */
  readonly searchHumanLoops: Method<'SearchHumanLoops'>;

  /**
   * Lists all that happened to a human loop, oldest first: its states, who accepted its task and how each turn ended,
   * answers, failed tries of its jobs, its output, and each attempt to tell an event target.
   *
   * What only operators see stands here: why a worker declined, and what is to be tried again.
   *
   * Of the tries of one job the first twenty are kept, then one in twelve. Once the loop's answers are purged only its
   * states and turns are left.
   *
   * @throws ResourceNotFound there is no such human loop
   */
  readonly listHumanLoopEvents: Method<'ListHumanLoopEvents'>;

  /**
   * Lists the answers to a human loop that count, in the order of their submission, while it is under way too; that of
   * an adjudicator comes first.
   *
   * @throws ResourceNotFound there is no such human loop
   */
  readonly listHumanLoopAnswers: Method<'ListHumanLoopAnswers'>;

  /**
   * Makes the page of a human loop's task as its workers see it, with the policy under which it has to be shown.
   *
   * @throws ResourceNotFound there is no such human loop, or its input is not kept any more
   */
  readonly previewHumanLoop: Method<'PreviewHumanLoop'>;

  /**
   * Makes the jobs of a human loop that failed due now, instead of at their next try: preparing its task, writing its
   * output, telling event targets. Events that were given up are queued again. A loop that is Failed stays so.
   *
   * @throws ResourceNotFound there is no such human loop
   */
  readonly retryJobs: Method<'RetryJobs'>;

  /**
   * Lists flow definitions with what ListFlowDefinitions leaves out: whom they ask, with which page, and how many of
   * their loops are unfinished. Newest first.
   *
   * A page can have fewer flow definitions than asked for, or none, and still name a next page: those that do not fit
   * are left out of it.
   */
  readonly listFlowDefinitionDetails: Method<'ListFlowDefinitionDetails'>;

  /**
   * Looks at an `S3OutputPath` before a flow definition is made with it: whether outputs could be written under it, and
   * whether its bucket is there. What is wrong with it is data, never an error.
   */
  readonly checkOutputPath: Method<'CheckOutputPath'>;

  /**
   * Says what activation conditions would do and why: about one input, or about the last inputs of a flow definition
   * ("these conditions would have sent 312 of 5,000"). Nothing is started or changed.
   *
   * Exactly one of InputContent and LastInputs has to be given.
   *
   * @throws ResourceNotFound there is no such flow definition
   */
  readonly evaluateActivationConditions: Method<'EvaluateActivationConditions'>;

  /**
   * Adds an input with a known answer to a flow definition.
   *
   * @throws ResourceNotFound there is no such flow definition
   * @throws ResourceLimitExceeded the flow has as many as it can have
   */
  readonly createGoldItem: Method<'CreateGoldItem'>;

  /**
   * Lists the gold items of a flow definition, oldest first, with how they were answered.
   *
   * @throws ResourceNotFound there is no such flow definition
   */
  readonly listGoldItems: Method<'ListGoldItems'>;

  /**
   * Deletes a gold item. Whoever is at it may finish, which is not scored; what was scored stays.
   *
   * @throws ResourceNotFound there is no such gold item
   */
  readonly deleteGoldItem: Method<'DeleteGoldItem'>;

  /**
   * Lists how workers answer the gold items of a flow definition, and who gets no more of it. Those first who are right
   * most rarely.
   *
   * @throws ResourceNotFound there is no such flow definition
   */
  readonly listGoldWorkers: Method<'ListGoldWorkers'>;

  /**
   * Gives a worker tasks of a flow definition again. What the worker answered to gold items before counts no more.
   * Twice is no error.
   *
   * @throws ResourceNotFound there is no such flow definition or worker
   */
  readonly readmitWorker: Method<'ReadmitWorker'>;

  /**
   * Looks a template over before a worker sees it: Liquid, elements, controls whose answers would be lost, and what is
   * printed into scripts and attributes. With a sample input it is rendered too, so that every error of
   * RenderUiTemplate is among the findings. What is wrong with the template or the input is data, never an error.
   */
  readonly checkUiTemplate: Method<'CheckUiTemplate'>;

  /**
   * Makes the document of the portal's task frame from a template and a sample input, with the policy under which it
   * has to be shown. What is wrong with the template comes back as data; the portal shows no page that has errors.
   *
   * @throws ValidationException the input is not JSON, or not exactly one of UiTemplate and HumanTaskUiArn is given
   * @throws ResourceNotFound there is no such human task UI
   */
  readonly previewUiTemplate: Method<'PreviewUiTemplate'>;

  /**
   * Looks over what only the server can see of its installation: database, buckets, disk, rights, clock, jobs, event
   * targets, renderer, addresses, certificate. Whatever is wrong is data, never an error; the answer takes 20 seconds
   * at most.
   */
  readonly checkInstallation: Method<'CheckInstallation'>;

  /**
   * Lists the activity log, newest first: each change that an operator, a worker or a caller of the API made, with who,
   * when, from where and on what, and what the server purged by itself. Rows are written in the commit of the change;
   * no operation changes or removes them. Of a filter that few rows pass, some 20,000 are looked at for one page: a
   * page with a `NextToken` may have fewer than were asked for, or none.
   *
   * @throws ValidationException ResourceName is given without ResourceType, or the token is not one of ours
   */
  readonly listActivities: Method<'ListActivities'>;

  /**
   * Answers how many loops were started and ended in a time and how long they took, step by step; what waits for
   * workers now; and what will be late at today's pace. Loops that were deleted or purged long after they ended stay in
   * the figures.
   *
   * @throws ResourceNotFound there is no such flow definition
   */
  readonly getStatistics: Method<'GetStatistics'>;

  /**
   * Answers how many answers each worker submitted in a time, step by step, and how long they worked on them. Workers
   * who submitted none are left out.
   *
   * @throws ResourceNotFound there is no such flow definition
   */
  readonly getWorkerStatistics: Method<'GetWorkerStatistics'>;

  /**
   * Makes one answer of those to a human loop, while it is under way too: by the tags of its flow when it started, or
   * as asked for. Where the flow has the tag `holdpoint:details-uri`, details.json holds what it came to when the loop
   * ended.
   *
   * @throws ResourceNotFound there is no such human loop
   */
  readonly describeConsolidation: Method<'DescribeConsolidation'>;

  /**
   * Answers what the answers to a flow's finished loops say about each other: how far workers agree beyond chance, and
   * how often each is right. Only loops with several answers count, the latest million answers at most; what was worked
   * out is kept, and used again for a while.
   *
   * @throws ResourceNotFound there is no such flow definition
   */
  readonly getFlowAgreement: Method<'GetFlowAgreement'>;
}

/** The methods of each service's client. */
export interface ServiceMethods {
  'sagemaker-a2i-runtime': A2IRuntimeMethods;
  sagemaker: SageMakerMethods;
  holdpoint: HoldpointMethods;
}
