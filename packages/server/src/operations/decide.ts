import { ApiError } from '@holdpoint/protocol';
import type { OperationContext } from '../context.ts';
import type { Change } from '../domain/change.ts';
import { saveDecision } from '../store/save-decision.ts';

/** The same call once more: sent again by a proxy or an SDK that did not hear the answer, maybe to another node. */
export const isSameCall = (context: OperationContext, row: { readonly invocation?: string | null }): boolean =>
  context.invocation !== null && row.invocation === context.invocation;

/** Loads, decides, saves; a caller whose rows keep changing is told to try again. */
export const decide = <D extends { readonly changes: readonly Change[] }>(
  context: OperationContext,
  decision: () => Promise<D>,
): Promise<D> =>
  saveDecision(
    context.store,
    decision,
    () => new ApiError('ThrottlingException', 'The resource is being changed by other requests. Please try again.'),
  );
