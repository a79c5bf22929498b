import { ApiError } from '@holdpoint/protocol';
import type { OperationContext } from '../context.ts';
import type { Change } from '../domain/change.ts';
import { saveDecision } from '../store/save-decision.ts';

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
