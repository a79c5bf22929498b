import { expect, it } from 'vitest';
import { brieflyKept } from './briefly-kept.ts';
import { recordingStore } from './recording-store.ts';
import type { Store } from './store.ts';

const facts = { clientAddress: null, requestId: null, action: 'GetStatistics', at: 0 };
const ofRequest = (store: Store) => recordingStore(store, facts, () => 'an id');

it('requests of two seconds, each with its own store over the same one, look once', async () => {
  const [shared, other] = [{} as Store, {} as Store];
  const looks: [Store, number][] = [];
  const count = brieflyKept(async (store, now) => looks.push([store, now]));
  expect(await Promise.all([count(ofRequest(shared), 0), count(ofRequest(shared), 1999), count(shared, 1)])).toEqual([
    1, 1, 1,
  ]);
  expect(await count(ofRequest(other), 0)).toBe(2);
  expect(await count(ofRequest(shared), 2000)).toBe(3);
  // A clock that was set back is no reason to believe what is of the future.
  expect(await count(ofRequest(shared), -1)).toBe(4);
  expect(looks).toEqual([
    [shared, 0],
    [other, 0],
    [shared, 2000],
    [shared, -1],
  ]);
});

it('what failed is looked for again', async () => {
  let fails = true;
  const store = {} as Store;
  const look = brieflyKept(async () => {
    if (fails) throw new Error('the database is away');
    return 'found';
  });
  await expect(look(store, 0)).rejects.toThrow('the database is away');
  fails = false;
  expect(await look(store, 0)).toBe('found');
});
