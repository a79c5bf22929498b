import { afterEach, beforeEach, expect, it } from 'vitest';
import { insert } from '../../domain/change.ts';
import { openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { flowDefinitionRow } from '../../testing/rows.ts';
import { deleteWorkteam } from './delete-workteam.ts';

let scenario: PortalScenario;
beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

it.each([
  [1, '(flow-1)'],
  [3, '(flow-1, flow-2, flow-3)'],
  [4, '(flow-1, flow-2, flow-3 and 1 more)'],
  [12, '(flow-1, flow-2, flow-3 and 9 more)'],
  [1001, '(flow-1, flow-2, flow-3 and at least 997 more)'],
])('a team that %i flow definitions use is kept, and few of them are named', async (count, named) => {
  const workteamId = scenario.workteam.id;
  const flows = Array.from({ length: count }, (_, index) =>
    flowDefinitionRow({ id: `${10_000 + index}`, name: `flow-${index + 1}`, workteamId }),
  );
  await scenario.store.save(flows.map((flow) => insert('flowDefinitions', flow)));
  const input = { WorkteamName: scenario.workteam.name };
  await expect(deleteWorkteam(scenario.operationContext(), input)).rejects.toMatchObject({
    name: 'ValidationException',
    message: `The work team reviewers is used by flow definitions ${named}. Delete them first.`,
  });
  expect(await scenario.store.workteamByName('reviewers')).toBeDefined();
});
