import { activateFlowDefinition } from './activate-flow-definition.ts';
import { countStatistics } from './count-statistics.ts';
import { deleteFlowDefinition } from './delete-flow-definition.ts';
import { expireAssignment } from './expire-assignment.ts';
import { expireHumanLoop } from './expire-human-loop.ts';
import type { JobHandlers } from './job.ts';
import { mixInGold } from './mix-in-gold.ts';
import { prepareTask } from './prepare-task.ts';
import { purgeActivities } from './purge-activities.ts';
import { purgeHumanLoops } from './purge-human-loops.ts';
import { scoreGold } from './score-gold.ts';
import { sendEvent } from './send-event.ts';
import { tellWorker } from './tell-worker.ts';
import { writeDetails } from './write-details.ts';
import { writeOutput } from './write-output.ts';

/** Every kind of job and what runs it. */
export const jobHandlers: JobHandlers = {
  'activate-flow-definition': activateFlowDefinition,
  'count-statistics': countStatistics,
  'delete-flow-definition': deleteFlowDefinition,
  'expire-assignment': expireAssignment,
  'expire-human-loop': expireHumanLoop,
  'mix-in-gold': mixInGold,
  'prepare-task': prepareTask,
  'purge-activities': purgeActivities,
  'purge-human-loops': purgeHumanLoops,
  'score-gold': scoreGold,
  'send-event': sendEvent,
  'tell-worker': tellWorker,
  'write-details': writeDetails,
  'write-output': writeOutput,
};
