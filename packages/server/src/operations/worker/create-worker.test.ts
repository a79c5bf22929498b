import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { createWorker } from './create-worker.ts';
import { disableWorker } from './disable-worker.ts';
import { enableWorker } from './enable-worker.ts';
import { listWorkers } from './list-workers.ts';
import { setWorkerWorkteams } from './set-worker-workteams.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

describe('workers as operations', () => {
  it('are created once, listed, moved between teams', async () => {
    const context = scenario.operationContext();
    const { Worker, SetPasswordUrl } = await createWorker(context, {
      Email: 'Ada@Example.com',
      Workteams: ['reviewers'],
    });
    expect(Worker).toMatchObject({ Email: 'Ada@Example.com', Name: 'Ada', Status: 'Active', Workteams: ['reviewers'] });
    expect(SetPasswordUrl).toMatch(/\/portal\/link#/);
    await expect(createWorker(context, { Email: 'ada@EXAMPLE.com' })).rejects.toMatchObject({ name: 'ResourceInUse' });
    scenario.clock.pass(1);
    const both = [1, 2].map(() => createWorker(scenario.operationContext(), { Email: 'bob@example.com' }));
    const settled = await Promise.allSettled(both);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(createWorker(context, { Email: 'c@example.com', Workteams: ['none'] })).rejects.toMatchObject({
      name: 'ResourceNotFound',
      message: 'There is no workteam named none.',
    });
    await expect(createWorker(context, { Email: 'c@example.com', Password: 'short' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    expect((await setWorkerWorkteams(context, { Email: 'ada@example.com', Workteams: [] })).Worker.Workteams).toEqual(
      [],
    );
    expect((await listWorkers(context, {})).Workers.map(({ Email }) => Email)).toEqual([
      'Ada@Example.com',
      'bob@example.com',
    ]);
    for (const operation of [disableWorker, enableWorker])
      await expect(operation(context, { Email: 'x@example.com' })).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  it('keep a stable identity for the output', async () => {
    await scenario.hire('ada@example.com');
    const worker = await scenario.store.workerByEmail('ada@example.com');
    expect(worker!.identity).toEqual({
      workerId: expect.stringMatching(/^[0-9a-f]{16}$/),
      identityProviderType: 'Cognito',
      issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Holdpoint',
      sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const { workerId: WorkerId, sub: Sub } = worker!.identity;
    expect((await listWorkers(scenario.operationContext(), {})).Workers).toMatchObject([{ WorkerId, Sub }]);
  });
});
