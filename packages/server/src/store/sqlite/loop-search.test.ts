// Which index leads to the loops that operators search for: without one, a million would be read and sorted for each page.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { type LoopFilter, type LoopOrder, pathOf, stretchQuery } from '../loop-search.ts';
import { createReader } from './read.ts';

const database = new DatabaseSync(':memory:');
database.exec(readFileSync(new URL('./schema.sql', import.meta.url), 'utf8'));
afterAll(() => database.close());

const indices: readonly (readonly [string, LoopFilter, LoopOrder, RegExp])[] = [
  ['all', {}, 'created', /SCAN t USING (COVERING )?INDEX human_loops_by_time/],
  ['a part of a name', { nameContains: 'a' }, 'created', /SCAN t USING (COVERING )?INDEX human_loops_by_time/],
  ['a time', { createdAfter: 1, createdBefore: 9 }, 'created', /SEARCH t USING (COVERING )?INDEX human_loops_by_time/],
  [
    'Failed',
    { statuses: ['Failed'] },
    'created',
    /SEARCH t USING (COVERING )?INDEX human_loops_not_completed \(status=\?/,
  ],
  [
    'a flow definition',
    { flowDefinitionIds: ['a'] },
    'created',
    /SEARCH t USING (COVERING )?INDEX human_loops_by_flow/,
  ],
  ['the last ends', {}, 'finished', /(SEARCH|SCAN) t USING (COVERING )?INDEX human_loops_finished/],
  ['names in order', { work: 'held' }, 'name', /SCAN t USING (COVERING )?INDEX human_loops_by_name/],
];

test.each(indices)('O1: %s are found along an index, in its order', (_what, filter, order, expected) => {
  const reader = createReader(database);
  const { stretches, rest } = pathOf({ filter, order }, reader);
  for (const descending of [true, false])
    for (const after of [undefined, { at: order === 'name' ? 'x' : 5, id: 'x' }]) {
      const { where, values } = stretchQuery({ order, descending }, stretches[0]!, { after, rest });
      const plan = database
        .prepare(`EXPLAIN QUERY PLAN SELECT t.id FROM human_loops t ${where} LIMIT 50`)
        .all(...values);
      const steps = plan.map(({ detail }) => String(detail));
      expect(steps[0]).toMatch(after ? new RegExp(expected.source.replace('SCAN t', '(SCAN|SEARCH) t')) : expected);
      expect(steps.join('\n')).not.toContain('TEMP B-TREE');
    }
});

test('O1: names, and what one worker holds, lead to a few loops at once', () => {
  const reader = createReader(database);
  const plan = (filter: LoopFilter): string => {
    const { stretches, rest } = pathOf({ filter, order: 'created' }, reader);
    const { where, values } = stretchQuery({ order: 'created', descending: true }, stretches[0]!, { rest });
    const steps = database
      .prepare(`EXPLAIN QUERY PLAN SELECT t.id FROM human_loops t ${where} LIMIT 50`)
      .all(...values);
    return steps.map(({ detail }) => String(detail)).join('\n');
  };
  expect(plan({ names: ['a'] })).toMatch(/SEARCH t USING (COVERING )?INDEX human_loops_by_name \(name=\?\)/);
  expect(plan({ heldByWorkerId: 'a' })).toMatch(/SEARCH t USING PRIMARY KEY \(id=\?\)[\s\S]*assignments_open/);
});
