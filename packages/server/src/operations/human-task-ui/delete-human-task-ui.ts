import type { OperationHandler } from '../../context.ts';
import { remove } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { loadHumanTaskUi } from './load-human-task-ui.ts';

/** Deletes a human task UI. Flow definitions that name it start no more loops; loops keep the template's text. */
export const deleteHumanTaskUi: OperationHandler<'DeleteHumanTaskUi'> = async (context, input) => {
  await decide(context, async () => ({
    changes: [remove('humanTaskUis', await loadHumanTaskUi(context, input.HumanTaskUiName))],
  }));
  return {};
};
