import { ApiError, isRecord } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { guard, insert } from '../../domain/change.ts';
import { newId } from '../../id.ts';
import { decide } from '../decide.ts';
import { loadFlowDefinition } from '../flow-definition/load-flow-definition.ts';

/** A flow's gold items are looked through whenever one is given to workers. */
const mostItems = 1000;

/** Adds an input with a known answer; workers get it from the next loops on. */
export const createGoldItem: OperationHandler<'CreateGoldItem'> = async (context, input) => {
  requireJson(input.InputContent, 'InputContent');
  const expected = requireJson(input.ExpectedAnswer, 'ExpectedAnswer');
  if (!isRecord(expected) || Object.keys(expected).length === 0)
    throw new ApiError('ValidationException', 'ExpectedAnswer must be a JSON object with one field at least.');
  const { id } = await decide(context, async () => {
    const flowDefinition = await loadFlowDefinition(context, input.FlowDefinitionName);
    if ((await context.store.goldItems(flowDefinition.id)).length >= mostItems)
      throw new ApiError('ResourceLimitExceeded', `A flow definition can have ${mostItems} gold items.`);
    const id = newId(context.now);
    const item = {
      id,
      flowDefinitionId: flowDefinition.id,
      inputContent: input.InputContent,
      expectedAnswer: input.ExpectedAnswer,
      createdAt: context.now,
      usedAt: null,
      humanLoopId: null,
    };
    return { id, changes: [guard('flowDefinitions', flowDefinition), insert('goldItems', item)] };
  });
  return { GoldItemId: id };
};

function requireJson(text: string, member: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('ValidationException', `${member} is not valid JSON.`);
  }
}
