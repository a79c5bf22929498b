import { expect, test } from 'vitest';
import { extentOf, imageSize, shapesOf } from './shapes.ts';

const corners = [
  { x: 1, y: 2 },
  { x: 9, y: 2 },
  { x: 5, y: 8 },
];

test.each([
  ['boxes, by their edges', 'a.boundingBoxes', { left: 1, top: 2, width: 3, height: 4, label: 'dog' }, 4, true],
  ['polygons', 'a.polygons', { vertices: corners, label: 'dog' }, 3, true],
  ['polylines, which are open', 'a.polylines', { vertices: corners, label: 'dog' }, 3, false],
  ['lines', 'a.lines', { vertices: corners.slice(1), label: 'dog' }, 2, false],
  ['key points', 'a.keypoints', { x: 1, y: 2, label: 'dog' }, 1, false],
] as const)('%s', (_what, path, mark, points, isClosed) => {
  const [shape, ...others] = shapesOf(path, [mark])!;
  expect([shape!.label, shape!.points.length, shape!.isClosed, others]).toEqual(['dog', points, isClosed, []]);
  expect(shapesOf(path, [{ ...mark, label: undefined }])![0]!.label).toBe('');
});

test.each([
  ['nothing', 'a.polygons', undefined],
  ['no marks', 'a.polygons', []],
  ['words', 'a.polygons', ['dog']],
  ['nulls', 'a.boundingBoxes', [null]],
  ['a list with something else in it', 'a.boundingBoxes', [{ left: 1, top: 2, width: 3, height: 4 }, { label: 'dog' }]],
  ['sizes that are no numbers', 'a.boundingBoxes', [{ left: '1', top: 2, width: 3, height: 4 }]],
  ['corners that are none', 'a.polygons', [{ vertices: [{ x: 1 }] }]],
  ['corners of an unknown kind', 'a.others', [{ vertices: corners }]],
  ['no corners', 'a.polygons', [{ vertices: [] }]],
  ['spans of a text', 'a.entities', [{ startOffset: 1, endOffset: 2, label: 'dog' }]],
])('%s is not drawn', (_what, path, value) => {
  expect(shapesOf(path, value)).toBeUndefined();
});

test('the image’s size is beside the marks; where it is not, the marks say how much there is to see', () => {
  const answer = { a: { polygons: [{ vertices: corners }], inputImageProperties: { width: 640, height: 480 } } };
  expect(imageSize(answer, 'a.polygons')).toEqual({ width: 640, height: 480 });
  for (const size of [undefined, null, {}, { width: 0, height: 480 }, { width: '640', height: 480 }])
    expect(imageSize({ a: { inputImageProperties: size } }, 'a.polygons')).toBeUndefined();
  expect(imageSize({}, 'b.c.polygons')).toBeUndefined();
  expect(extentOf(shapesOf('polygons', [{ vertices: corners }])!)).toEqual({ width: 9, height: 8 });
});
