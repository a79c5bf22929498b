import type { OperationHandler } from '../../context.ts';
import { readmit } from '../../domain/gold.ts';
import { decide } from '../decide.ts';
import { loadFlowDefinition } from '../flow-definition/load-flow-definition.ts';
import { loadWorker } from '../worker/worker-row.ts';

/** Gives a worker who was wrong too often tasks of the flow again. */
export const readmitWorker: OperationHandler<'ReadmitWorker'> = async (context, input) => {
  await decide(context, async () => {
    const flowDefinition = await loadFlowDefinition(context, input.FlowDefinitionName);
    return { changes: readmit(await loadWorker(context, input.Email), flowDefinition.id, context.now) };
  });
  return {};
};
