/**
 * A flow definition is `Initializing` when made, usable at once, and `Active` moments later. Deleting it makes it
 * `Deleting`: no loop can be started, its loops are stopped (whoever is working may finish), and when none of them is
 * InProgress or Stopping any more its row goes and its name is free. Its finished loops stay describable by name.
 */
import { type Change, discard, remove, update } from './change.ts';
import { dropAgreement } from './consolidation/flow-agreement.ts';
import { addJob, dropJob } from './jobs.ts';
import type { FlowDefinition, GoldItem, GoldResult } from './rows.ts';

export function activateFlowDefinition(flowDefinition: FlowDefinition): { changes: readonly Change[] } {
  if (flowDefinition.status !== 'Initializing') return { changes: [] };
  return { changes: [update('flowDefinitions', flowDefinition, { status: 'Active' })] };
}

/** `DeleteFlowDefinition`; one that is Deleting already succeeds again. */
export function deleteFlowDefinition(input: { flowDefinition: FlowDefinition; now: number }): {
  changes: readonly Change[];
} {
  const { flowDefinition, now } = input;
  if (flowDefinition.status === 'Deleting') return { changes: [] };
  return {
    changes: [
      update('flowDefinitions', flowDefinition, { status: 'Deleting' }),
      dropJob('activate-flow-definition', flowDefinition.id),
      addJob('delete-flow-definition', flowDefinition.id, now, now),
    ],
  };
}

/** The end of a Deleting flow definition that has no unfinished loops; nothing can start one, since starts guard this row. */
export function removeFlowDefinition(
  flowDefinition: FlowDefinition,
  gold: { readonly items: readonly GoldItem[]; readonly results: readonly GoldResult[] },
): { changes: readonly Change[] } {
  return {
    changes: [
      remove('flowDefinitions', flowDefinition),
      dropAgreement(flowDefinition.id),
      ...gold.items.map(({ id }) => discard('goldItems', id)),
      ...gold.results.map(({ id }) => discard('goldResults', id)),
    ],
  };
}
