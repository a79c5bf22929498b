import { humanTaskUiArn } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { pageOf } from '../next-token.ts';
import { timePage } from '../time-page.ts';

export const listHumanTaskUis: OperationHandler<'ListHumanTaskUis'> = async (context, input) => {
  const { pageSize, ...page } = timePage(input);
  const { items, nextToken } = pageOf(await context.store.humanTaskUis(page), pageSize);
  return {
    HumanTaskUiSummaries: items.map((humanTaskUi) => ({
      HumanTaskUiName: humanTaskUi.name,
      HumanTaskUiArn: humanTaskUiArn(context.installation, humanTaskUi.name),
      CreationTime: new Date(humanTaskUi.createdAt),
    })),
    NextToken: nextToken,
  };
};
