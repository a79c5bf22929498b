import { activateFlowDefinition as activate } from '../domain/flow-definition.ts';
import { type JobHandler, nothingToDo } from './job.ts';

export const activateFlowDefinition: JobHandler = async (context, job) => {
  const flowDefinition = await context.store.flowDefinition(job.subject);
  return flowDefinition ? { done: true, changes: activate(flowDefinition).changes } : nothingToDo;
};
