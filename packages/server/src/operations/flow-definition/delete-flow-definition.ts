import type { OperationHandler } from '../../context.ts';
import { deleteFlowDefinition as remove } from '../../domain/flow-definition.ts';
import { decide } from '../decide.ts';
import { loadFlowDefinition } from './load-flow-definition.ts';

/** Turns a flow definition to Deleting; a job stops its loops and removes it when none is InProgress or Stopping. */
export const deleteFlowDefinition: OperationHandler<'DeleteFlowDefinition'> = async (context, input) => {
  await decide(context, async () =>
    remove({ flowDefinition: await loadFlowDefinition(context, input.FlowDefinitionName), now: context.now }),
  );
  return {};
};
