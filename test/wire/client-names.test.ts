// What our client says about names of methods, paginators and waiters is what boto3 says.
import { type OperationName, operations } from '@holdpoint/protocol';
import { describe, expect, it } from 'vitest';
import { describeWith } from '../testing/tools.ts';
import { pythonName, useTwoClients } from '../testing/two-clients.ts';

const described = describeWith('Python with boto3');
const awsOperations = Object.values(operations)
  .filter(({ service }) => service !== 'holdpoint')
  .map(({ name }) => name as OperationName);

/** Which of our errors stand for what Python raises by itself. */
const errorNames: Readonly<Record<string, string>> = {
  KeyError: 'UnknownClientMethodError',
  ValueError: 'UnknownWaiterError',
};

const attempt = (work: () => unknown): { result?: unknown; name?: string; text?: string } => {
  try {
    return { result: work() };
  } catch (error) {
    return { name: (error as Error).name, text: (error as Error).message };
  }
};

described('names', () => {
  const two = useTwoClients();

  it.each(awsOperations)('%s', async (operation) => {
    const name = pythonName(operation);
    const client = two.client({ operation });
    const theirs = await two.oracle.lookUp(two.choices({ operation }), 'can_paginate', name);
    expect(client.canPaginate(name)).toBe(theirs.result);
    const paginator = await two.oracle.lookUp(two.choices({ operation }), 'get_paginator', name);
    const ours = attempt(() => client.getPaginator(name));
    expect({ name: ours.name, text: ours.text }).toEqual({ name: paginator.error?.type, text: paginator.error?.text });
    expect(ours.result === undefined).toBe(theirs.result === false);
  });

  it.each(['ListHumanLoops', 'nope', '', 'toString', 'list_tags', '__proto__'])(
    'no operation of the runtime: %j',
    async (name) => {
      const operation = 'ListHumanLoops';
      const client = two.client({ operation });
      for (const [method, call] of [
        ['can_paginate', () => client.canPaginate(name)],
        ['get_paginator', () => client.getPaginator(name)],
      ] as const) {
        const { error } = await two.oracle.lookUp(two.choices({ operation }), method, name);
        expect(error?.type).toBe('KeyError');
        expect(attempt(call)).toEqual({ name: errorNames.KeyError, text: `Client does not have method: ${name}` });
      }
    },
  );

  it.each(['nope', '', 'human_loop_exists'])('no waiter: %j', async (name) => {
    const operation = 'ListHumanLoops';
    const { error } = await two.oracle.lookUp(two.choices({ operation }), 'get_waiter', name);
    expect(attempt(() => two.client({ operation }).getWaiter(name))).toEqual({
      name: errorNames[error!.type],
      text: error!.text,
    });
  });

  describe('that differ on purpose', () => {
    it.each(['human_loop_completed', 'human_loop_finished', 'human_loop_stopped'])(
      'the waiter %s: boto3 has none',
      async (name) => {
        const operation = 'ListHumanLoops';
        const { error } = await two.oracle.lookUp(two.choices({ operation }), 'get_waiter', name);
        expect(error?.text).toBe(`Waiter does not exist: ${name}`);
        expect(two.client({ operation }).getWaiter(name)).toMatchObject({ name });
      },
    );

    it('camel case, as methods are written in TypeScript', async () => {
      const operation = 'ListHumanLoops';
      const { error } = await two.oracle.lookUp(two.choices({ operation }), 'can_paginate', 'listHumanLoops');
      expect(error?.type).toBe('KeyError');
      expect(two.client({ operation }).canPaginate('listHumanLoops')).toBe(true);
      expect(two.client({ operation }).getWaiter('humanLoopCompleted')).toMatchObject({ name: 'human_loop_completed' });
    });
  });
});
