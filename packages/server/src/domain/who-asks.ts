import { barredFlows } from './gold.ts';
import type { Worker } from './rows.ts';

/** What decides which waiting tasks a worker may take, besides the workteams. */
export const whoAsks = (worker: Worker) => ({
  workerId: worker.id,
  email: worker.email,
  groups: worker.groups,
  barredFlowIds: barredFlows(worker),
});
