import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Change, insert, update } from '../../domain/change.ts';
import type { Worker } from '../../domain/rows.ts';
import { openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { workerRow } from '../../testing/rows.ts';
import { setWorkerRole } from './set-worker-role.ts';

let scenario: PortalScenario;
beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

const issuer = 'https://id.example.com';
const workerOf = (name: string, role: Worker['role'], provider: 'Cognito' | 'Oidc'): Worker =>
  workerRow({
    id: name,
    email: `${name}@example.com`,
    emailAsGiven: `${name}@example.com`,
    role,
    identity: { workerId: name, identityProviderType: provider, issuer, sub: name },
  });

const save = async (...changes: Change[]) => expect(await scenario.store.save(changes)).toBe('saved');

/** Takes the role from olga, as somebody who is in the console. */
async function takeRole(caller: Worker): Promise<string> {
  const context = scenario.operationContext();
  const asked = { ...context, caller: { ...context.caller, kind: 'operator' as const, worker: caller } };
  const { Worker } = await setWorkerRole(asked, { Email: 'olga@example.com', Role: 'Worker' });
  return Worker.Role;
}

it.each<readonly [string, 'Cognito' | 'Oidc', readonly Worker[]]>([
  ['nobody else', 'Cognito', []],
  ['another worker', 'Cognito', [workerOf('ada', 'worker', 'Cognito')]],
  [
    'an operator of the directory that an identity provider took the place of',
    'Oidc',
    [workerOf('ada', 'operator', 'Cognito')],
  ],
])('the last operator who can sign in keeps the role: beside %s', async (_, provider, others) => {
  if (provider === 'Oidc') {
    const [workforce] = await scenario.store.workforces();
    await save(update('workforces', workforce!, { config: { OidcConfig: { Issuer: issuer } } }));
  }
  const olga = workerOf('olga', 'operator', provider);
  await save(...[olga, ...others].map((worker) => insert('workers', worker)));
  await expect(takeRole(olga)).rejects.toThrow('olga@example.com is the only operator');
});

it('another operator can take it, by role or by a group of the identity provider', async () => {
  const olga = workerOf('olga', 'operator', 'Cognito');
  await save(insert('workers', olga));
  const [workforce] = await scenario.store.workforces();
  await save(update('workforces', workforce!, { config: { OidcConfig: { Issuer: issuer } } }));
  const byGroup = { ...workerOf('greta', 'worker', 'Oidc'), groups: ['admins'] };
  await save(insert('workers', byGroup));
  expect(await takeRole(byGroup)).toBe('Worker');
  await setWorkerRole(scenario.operationContext(), { Email: 'olga@example.com', Role: 'Operator' });
  const byRole = workerOf('ada', 'operator', 'Oidc');
  await save(insert('workers', byRole));
  expect(await takeRole(byRole)).toBe('Worker');
});
