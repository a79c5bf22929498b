import { afterEach, beforeEach, expect, test } from 'vitest';
import { insert } from '../domain/change.ts';
import { addJob, jobId } from '../domain/jobs.ts';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { flowDefinitionRow, humanLoopRow, t0, taskRow } from '../testing/rows.ts';
import { deleteFlowDefinition } from './delete-flow-definition.ts';
import type { JobContext } from './job.ts';

let scenario: PortalScenario;
beforeEach(async () => {
  scenario = await openPortalScenario();
  await scenario.store.save([
    insert('flowDefinitions', flowDefinitionRow({ status: 'Deleting' })),
    addJob('delete-flow-definition', 'flow-1', t0, t0),
  ]);
});
afterEach(() => scenario.close());

/** How long until it looks again, after so many looks. */
async function waitAfter(attempts: number): Promise<number> {
  const context = { ...scenario.operationContext(), now: t0 } as unknown as JobContext;
  const job = (await scenario.store.job(jobId('delete-flow-definition', 'flow-1')))!;
  const outcome = await deleteFlowDefinition(context, { ...job, attempts });
  return outcome.done ? 0 : outcome.retryAt - t0;
}

test('a flow definition whose loops were just stopped is looked at again at once', async () => {
  await scenario.store.save([insert('humanLoops', humanLoopRow())]);
  expect(await waitAfter(8)).toBe(50);
  expect(await scenario.store.humanLoop('loop-1')).toMatchObject({ status: 'Stopping' });
});

test('one that waits for the output of a loop that has its answers looks less and less often', async () => {
  await scenario.store.save([
    insert('humanLoops', humanLoopRow()),
    insert('tasks', taskRow({ status: 'closed', answersDone: 1, slotsFree: 0 })),
  ]);
  expect([await waitAfter(0), await waitAfter(2), await waitAfter(8)]).toEqual([250, 1000, 5000]);
  expect(await scenario.store.humanLoop('loop-1')).toMatchObject({ status: 'InProgress' });
});
