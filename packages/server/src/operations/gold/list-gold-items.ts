import type { OperationHandler } from '../../context.ts';
import { loadFlowDefinition } from '../flow-definition/load-flow-definition.ts';

/** The gold items of a flow, with how they were answered. */
export const listGoldItems: OperationHandler<'ListGoldItems'> = async (context, input) => {
  const { store } = context;
  const flowDefinition = await loadFlowDefinition(context, input.FlowDefinitionName);
  const items = await store.goldItems(flowDefinition.id);
  const GoldItems = await Promise.all(
    items.map(async (item) => {
      const results = await store.goldResultsOfItem(item.id);
      return {
        GoldItemId: item.id,
        InputContent: item.inputContent,
        ExpectedAnswer: item.expectedAnswer,
        CreationTime: new Date(item.createdAt),
        ...(item.usedAt !== null && { LastUsedTime: new Date(item.usedAt) }),
        Answers: results.length,
        RightAnswers: results.filter(({ isRight }) => isRight === 1).length,
      };
    }),
  );
  return { GoldItems };
};
