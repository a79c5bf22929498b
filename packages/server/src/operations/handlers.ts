/** Every operation and its handler. The type makes a missing one a compile error. */
import type { OperationName } from '@holdpoint/protocol';
import type { OperationHandler } from '../context.ts';
import { createAccessKey } from './access-key/create-access-key.ts';
import { importAccessKey } from './access-key/import-access-key.ts';
import { listAccessKeys } from './access-key/list-access-keys.ts';
import { revokeAccessKey } from './access-key/revoke-access-key.ts';
import { listActivities } from './activity/list-activities.ts';
import { describeConsolidation } from './consolidation/describe-consolidation.ts';
import { getFlowAgreement } from './consolidation/get-flow-agreement.ts';
import { createEventTarget } from './event-target/create-event-target.ts';
import { deleteDeadLetters } from './event-target/delete-dead-letters.ts';
import { deleteEventTarget } from './event-target/delete-event-target.ts';
import { listDeadLetters } from './event-target/list-dead-letters.ts';
import { listEventTargets } from './event-target/list-event-targets.ts';
import { replayEventTarget } from './event-target/replay-event-target.ts';
import { testEventTarget } from './event-target/test-event-target.ts';
import { checkOutputPath } from './flow-definition/check-output-path.ts';
import { createFlowDefinition } from './flow-definition/create-flow-definition.ts';
import { deleteFlowDefinition } from './flow-definition/delete-flow-definition.ts';
import { describeFlowDefinition } from './flow-definition/describe-flow-definition.ts';
import { evaluateActivationConditions } from './flow-definition/evaluate-activation-conditions.ts';
import { listFlowDefinitionDetails } from './flow-definition/list-flow-definition-details.ts';
import { listFlowDefinitions } from './flow-definition/list-flow-definitions.ts';
import { createGoldItem } from './gold/create-gold-item.ts';
import { deleteGoldItem } from './gold/delete-gold-item.ts';
import { listGoldItems } from './gold/list-gold-items.ts';
import { listGoldWorkers } from './gold/list-gold-workers.ts';
import { readmitWorker } from './gold/readmit-worker.ts';
import { deleteHumanLoop } from './human-loop/delete-human-loop.ts';
import { describeHumanLoop } from './human-loop/describe-human-loop.ts';
import { getHumanLoop } from './human-loop/get-human-loop.ts';
import { listHumanLoopAnswers } from './human-loop/list-human-loop-answers.ts';
import { listHumanLoopEvents } from './human-loop/list-human-loop-events.ts';
import { listHumanLoops } from './human-loop/list-human-loops.ts';
import { previewHumanLoop } from './human-loop/preview-human-loop.ts';
import { retryJobs } from './human-loop/retry-jobs.ts';
import { searchHumanLoops } from './human-loop/search-human-loops.ts';
import { startHumanLoop } from './human-loop/start-human-loop.ts';
import { stopHumanLoop } from './human-loop/stop-human-loop.ts';
import { checkUiTemplate } from './human-task-ui/check-ui-template.ts';
import { createHumanTaskUi } from './human-task-ui/create-human-task-ui.ts';
import { deleteHumanTaskUi } from './human-task-ui/delete-human-task-ui.ts';
import { describeHumanTaskUi } from './human-task-ui/describe-human-task-ui.ts';
import { listHumanTaskUis } from './human-task-ui/list-human-task-uis.ts';
import { previewUiTemplate } from './human-task-ui/preview-ui-template.ts';
import { renderUiTemplate } from './human-task-ui/render-ui-template.ts';
import { checkInstallation } from './installation/check-installation.ts';
import { getStatistics } from './statistics/get-statistics.ts';
import { getWorkerStatistics } from './statistics/get-worker-statistics.ts';
import { addTags } from './tags/add-tags.ts';
import { deleteTags } from './tags/delete-tags.ts';
import { listTags } from './tags/list-tags.ts';
import { createSignInLink } from './worker/create-sign-in-link.ts';
import { createWorker } from './worker/create-worker.ts';
import { disableWorker } from './worker/disable-worker.ts';
import { enableWorker } from './worker/enable-worker.ts';
import { endWorkerSignIns } from './worker/end-worker-sign-ins.ts';
import { listWorkerSignIns } from './worker/list-worker-sign-ins.ts';
import { listWorkers } from './worker/list-workers.ts';
import { resetWorker } from './worker/reset-worker.ts';
import { setWorkerRole } from './worker/set-worker-role.ts';
import { setWorkerWorkteams } from './worker/set-worker-workteams.ts';
import { createWorkforce } from './workforce/create-workforce.ts';
import { deleteWorkforce } from './workforce/delete-workforce.ts';
import { describeWorkforce } from './workforce/describe-workforce.ts';
import { listWorkforces } from './workforce/list-workforces.ts';
import { updateWorkforce } from './workforce/update-workforce.ts';
import { createWorkteam } from './workteam/create-workteam.ts';
import { deleteWorkteam } from './workteam/delete-workteam.ts';
import { describeWorkteam } from './workteam/describe-workteam.ts';
import { listWorkteams } from './workteam/list-workteams.ts';
import { describeSubscribedWorkteam, listSubscribedWorkteams } from './workteam/subscribed-workteams.ts';
import { updateWorkteam } from './workteam/update-workteam.ts';

export const operationHandlers: { readonly [Name in OperationName]: OperationHandler<Name> } = {
  StartHumanLoop: startHumanLoop,
  DescribeHumanLoop: describeHumanLoop,
  ListHumanLoops: listHumanLoops,
  StopHumanLoop: stopHumanLoop,
  DeleteHumanLoop: deleteHumanLoop,
  CreateFlowDefinition: createFlowDefinition,
  DescribeFlowDefinition: describeFlowDefinition,
  ListFlowDefinitions: listFlowDefinitions,
  DeleteFlowDefinition: deleteFlowDefinition,
  CreateHumanTaskUi: createHumanTaskUi,
  DescribeHumanTaskUi: describeHumanTaskUi,
  ListHumanTaskUis: listHumanTaskUis,
  DeleteHumanTaskUi: deleteHumanTaskUi,
  RenderUiTemplate: renderUiTemplate,
  CreateWorkteam: createWorkteam,
  DescribeWorkteam: describeWorkteam,
  ListWorkteams: listWorkteams,
  UpdateWorkteam: updateWorkteam,
  DeleteWorkteam: deleteWorkteam,
  ListSubscribedWorkteams: listSubscribedWorkteams,
  DescribeSubscribedWorkteam: describeSubscribedWorkteam,
  CreateWorkforce: createWorkforce,
  DescribeWorkforce: describeWorkforce,
  ListWorkforces: listWorkforces,
  UpdateWorkforce: updateWorkforce,
  DeleteWorkforce: deleteWorkforce,
  AddTags: addTags,
  ListTags: listTags,
  DeleteTags: deleteTags,
  CreateWorker: createWorker,
  ListWorkers: listWorkers,
  DisableWorker: disableWorker,
  EnableWorker: enableWorker,
  ResetWorker: resetWorker,
  SetWorkerRole: setWorkerRole,
  SetWorkerWorkteams: setWorkerWorkteams,
  ListWorkerSignIns: listWorkerSignIns,
  EndWorkerSignIns: endWorkerSignIns,
  CreateSignInLink: createSignInLink,
  CreateAccessKey: createAccessKey,
  ImportAccessKey: importAccessKey,
  ListAccessKeys: listAccessKeys,
  RevokeAccessKey: revokeAccessKey,
  CreateEventTarget: createEventTarget,
  ListEventTargets: listEventTargets,
  TestEventTarget: testEventTarget,
  DeleteEventTarget: deleteEventTarget,
  ReplayEventTarget: replayEventTarget,
  ListDeadLetters: listDeadLetters,
  DeleteDeadLetters: deleteDeadLetters,
  EvaluateActivationConditions: evaluateActivationConditions,
  ListFlowDefinitionDetails: listFlowDefinitionDetails,
  CheckOutputPath: checkOutputPath,
  GetHumanLoop: getHumanLoop,
  SearchHumanLoops: searchHumanLoops,
  ListHumanLoopEvents: listHumanLoopEvents,
  ListHumanLoopAnswers: listHumanLoopAnswers,
  PreviewHumanLoop: previewHumanLoop,
  RetryJobs: retryJobs,
  CheckUiTemplate: checkUiTemplate,
  PreviewUiTemplate: previewUiTemplate,
  CheckInstallation: checkInstallation,
  ListActivities: listActivities,
  CreateGoldItem: createGoldItem,
  ListGoldItems: listGoldItems,
  DeleteGoldItem: deleteGoldItem,
  ListGoldWorkers: listGoldWorkers,
  ReadmitWorker: readmitWorker,
  GetStatistics: getStatistics,
  GetWorkerStatistics: getWorkerStatistics,
  DescribeConsolidation: describeConsolidation,
  GetFlowAgreement: getFlowAgreement,
};
