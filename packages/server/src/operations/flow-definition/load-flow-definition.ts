import { ApiError } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { FlowDefinition } from '../../domain/rows.ts';

/** @throws ApiError ResourceNotFound when no flow definition has the name. */
export async function loadFlowDefinition(context: OperationContext, name: string): Promise<FlowDefinition> {
  const flowDefinition = await context.store.flowDefinitionByName(name);
  if (!flowDefinition) throw new ApiError('ResourceNotFound', `The FlowDefinition '${name}' does not exist.`);
  return flowDefinition;
}
