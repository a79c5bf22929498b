import { expect, test } from 'vitest';
import { cutIntoChunks } from './chunks.ts';
import { Spans } from './spans.ts';

const text = `${'x'.repeat(699)}\n`.repeat(4);
const span = (id: number, start: number, end: number, label = 'A') => ({ id, start, end, label });

test('spans stay in order, and are found by chunk and by place', () => {
  const spans = new Spans(cutIntoChunks(text), [span(0, 1500, 1510), span(1, 5, 9)]);
  spans.put(span(2, 5, 7));
  spans.put(span(3, 690, 1450));
  expect(spans.ordered.map(({ id }) => id)).toEqual([2, 1, 3, 0]);
  expect([0, 1, 2, 3].map((index) => spans.inChunk(index).map(({ id }) => id))).toEqual([[1, 2, 3], [3], [0, 3], []]);
  expect(spans.around(5).map(({ id }) => id)).toEqual([2, 1]);
  expect(spans.around(7).map(({ id }) => id)).toEqual([1]);
  expect(spans.around(9)).toEqual([]);
  expect(spans.like(span(9, 5, 9))?.id).toBe(1);
  expect(spans.like(span(9, 5, 9, 'B'))).toBeUndefined();
});

test('a span takes the place of the one with its id, and can go', () => {
  const spans = new Spans(cutIntoChunks(text), [span(0, 1, 2)]);
  spans.put(span(0, 1400, 1402, 'B'));
  expect(spans.ordered).toEqual([span(0, 1400, 1402, 'B')]);
  expect(spans.inChunk(0)).toEqual([]);
  spans.remove(0);
  spans.remove(0);
  expect([spans.ordered, spans.inChunk(2), spans.get(0)]).toEqual([[], [], undefined]);
});
