import type { OperationHandler } from '../../context.ts';
import { describeWorker } from './worker-row.ts';

export const listWorkers: OperationHandler<'ListWorkers'> = async ({ store }) => {
  const [workers, workteams] = await Promise.all([store.workers(), store.allWorkteams()]);
  return { Workers: workers.map((worker) => describeWorker(worker, workteams)) };
};
