import { expect, test } from 'vitest';
import { newId } from './id.ts';

test('ids are UUIDs of version 7 that sort in the order in which they were made', () => {
  const times = [1, 1, 1, 2, 2, Date.UTC(2026, 0, 2), Date.UTC(2026, 0, 2), Date.UTC(2036, 0, 2)];
  const ids = times.map(newId);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
