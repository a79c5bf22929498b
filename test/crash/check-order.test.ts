import { expect, test } from 'vitest';
import { checkOrder } from './check-order.ts';
import { createHistory, type Loop } from './history.ts';

type See = readonly [askedAt: number, seenAt: number, status: string];
type Held = readonly [assignmentId: string, worker: string, from: number, until: number];

const cases: readonly { what: string; seen?: readonly See[]; held?: readonly Held[]; kinds: readonly string[] }[] = [
  {
    what: 'a status that goes forward',
    seen: [
      [0, 1, 'InProgress'],
      [2, 3, 'Stopping'],
      [4, 5, 'Stopped'],
    ],
    kinds: [],
  },
  {
    what: 'an end that is taken back',
    seen: [
      [0, 1, 'Completed'],
      [2, 3, 'InProgress'],
    ],
    kinds: ['status went back'],
  },
  {
    what: 'another end',
    seen: [
      [0, 1, 'Completed'],
      [2, 3, 'Stopped'],
    ],
    kinds: ['status went back'],
  },
  {
    what: 'two looks at once, which may see either',
    seen: [
      [0, 3, 'Completed'],
      [1, 4, 'InProgress'],
    ],
    kinds: [],
  },
  {
    what: 'an answer that comes late and is old',
    seen: [
      [0, 9, 'InProgress'],
      [1, 2, 'Completed'],
      [3, 8, 'Completed'],
    ],
    kinds: [],
  },
  {
    what: 'a slot that changes hands',
    held: [
      ['a', 'w', 0, 1],
      ['b', 'v', 2, 3],
    ],
    kinds: [],
  },
  {
    what: 'a slot with two holders',
    held: [
      ['a', 'w', 0, 3],
      ['b', 'v', 2, 4],
    ],
    kinds: ['too many holders'],
  },
  {
    what: 'a worker with two assignments',
    held: [
      ['a', 'w', 0, 3],
      ['b', 'w', 2, 4],
    ],
    kinds: ['a worker twice', 'too many holders'],
  },
  {
    what: 'one assignment that is looked up again',
    held: [
      ['a', 'w', 0, 3],
      ['a', 'w', 2, 4],
    ],
    kinds: [],
  },
];

test.each(cases)('$what', ({ seen = [], held = [], kinds }) => {
  const history = createHistory();
  const loop: Loop = history.addLoop({ name: 'x', flowDefinitionName: 'f', taskCount: 1, inputContent: '{}' });
  loop.sightings.push(...seen.map(([askedAt, seenAt, status]) => ({ askedAt, seenAt, status })));
  loop.holds.push(...held.map(([assignmentId, worker, from, until]) => ({ assignmentId, worker, from, until })));
  checkOrder(history);
  expect([...new Set(history.violations.map(({ kind }) => kind))].sort()).toEqual(kinds);
  if (kinds.length > 0) expect(history.violations[0]!.history[0]).toMatch(/made for f, 1 answers wanted$/);
});
