import { ApiError } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { HumanTaskUi } from '../../domain/rows.ts';

/** @throws ApiError ResourceNotFound when no human task UI has the name. */
export async function loadHumanTaskUi(context: OperationContext, name: string): Promise<HumanTaskUi> {
  const humanTaskUi = await context.store.humanTaskUiByName(name);
  if (!humanTaskUi) throw new ApiError('ResourceNotFound', `The HumanTaskUi '${name}' does not exist.`);
  return humanTaskUi;
}
