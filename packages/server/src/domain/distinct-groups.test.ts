import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taskRow, workerRow, workteamRow } from '../testing/rows.ts';
import { beginGroups, countGroups, groupsFor, isOpenTo } from './distinct-groups.ts';

const workteam = workteamRow({ groups: ['legal', 'finance', 'sales'] });

/** The groups to which a task is open after turns of workers of these groups, with so many slots left. */
function openAfter(wanted: number, turns: readonly (readonly string[])[], slotsFree: number): unknown {
  const task = taskRow(beginGroups(wanted, workteam, slotsFree + turns.length));
  const taken = Object.fromEntries(turns.map((groups, index) => [`turn-${index}`, groups]));
  return JSON.parse(countGroups(task, slotsFree, { taken }).openTo ?? 'null');
}

describe('7.4 – answers from different groups', () => {
  test.each([
    ['nobody has begun', 2, [], 2, ['legal', 'finance', 'sales']],
    ['more slots are free than groups are missing', 2, [], 3, null],
    ['one group is there', 2, [['legal']], 1, ['finance', 'sales']],
    ['one group is there and a slot is to spare', 2, [['legal']], 2, null],
    ['two of one group leave no slot to spare', 2, [['legal'], ['legal']], 1, ['finance', 'sales']],
    ['who is in two groups counts for either', 2, [['legal', 'finance']], 1, ['legal', 'finance', 'sales']],
    ['two who can stand for each other’s group', 3, [['legal', 'finance'], ['legal']], 1, ['sales']],
    ['the groups are there', 2, [['legal'], ['sales']], 1, null],
  ])('%s', (_name, wanted, turns, slotsFree, open) => {
    expect(openAfter(wanted, turns, slotsFree)).toEqual(open);
  });

  test('a turn that ends without an answer counts no more', () => {
    const begun = taskRow(beginGroups(2, workteam, 2));
    const held = { ...begun, ...countGroups(begun, 1, { taken: { one: ['legal'] } }) };
    expect(isOpenTo(held, workerRow({ groups: ['legal'] }))).toBe(false);
    const released = { ...held, ...countGroups(held, 2, { left: ['one'] }) };
    expect(isOpenTo(released, workerRow({ groups: ['legal'] }))).toBe(true);
  });

  test('a task without the rule is open to all, and a worker counts for groups of the workteam only', () => {
    expect(countGroups(taskRow(), 1, { taken: { one: ['legal'] } })).toEqual({});
    expect(isOpenTo(taskRow(), workerRow())).toBe(true);
    expect(groupsFor(workerRow({ groups: ['sales', 'others'] }), workteam)).toEqual(['sales']);
  });

  test('whoever comes in whatever order, as many groups as are wanted are there at the end, and nobody is kept out in vain', () => {
    const member = fc.subarray(['legal', 'finance', 'sales'], { minLength: 1 });
    const groupsOf = (turns: readonly (readonly string[])[]): number => {
      // All ways of standing for one group.
      const reach = (index: number, used: readonly string[]): number =>
        index === turns.length
          ? new Set(used).size
          : Math.max(...turns[index]!.map((group) => reach(index + 1, [...used, group])));
      return reach(0, []);
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 3 }),
        fc.integer({ min: 0, max: 2 }),
        fc.array(member, { minLength: 8, maxLength: 8 }),
        (wanted, spare, comers) => {
          let slots = wanted + spare;
          let task = taskRow(beginGroups(wanted, workteam, slots));
          const turns: string[][] = [];
          for (const [index, groups] of comers.entries()) {
            if (slots === 0) break;
            const missingAfter = wanted - groupsOf([...turns, groups]);
            expect(isOpenTo(task, { groups })).toBe(missingAfter <= slots - 1);
            if (missingAfter > slots - 1) continue;
            slots -= 1;
            turns.push(groups);
            task = { ...task, ...countGroups(task, slots, { taken: { [`turn-${index}`]: groups } }) };
          }
          if (slots === 0) expect(groupsOf(turns)).toBeGreaterThanOrEqual(wanted);
        },
      ),
    );
  });
});
