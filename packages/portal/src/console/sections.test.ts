import { expect, test } from 'vitest';
import { flowPath, uiPath } from './names.ts';
import { pathOf, placeOf, sections } from './sections.ts';

test.each([
  ['/console', 'holdpoint-overview', undefined],
  ['/console/', 'holdpoint-overview', undefined],
  ['/console/workers', 'holdpoint-workers', undefined],
  ['/console/workers/ada%40example.com', 'holdpoint-worker', 'ada@example.com'],
  ['/console/workers/new', 'holdpoint-worker', 'new'],
  ['/console/human-loops/100%', 'holdpoint-human-loop', '100%'],
  ['/console/flow-definitions/new', 'holdpoint-new-flow-definition', undefined],
  [flowPath('new'), 'holdpoint-flow-definition', 'new'],
  [uiPath('mood'), 'holdpoint-human-task-ui', 'mood'],
  ['/console/human-task-uis/new', 'holdpoint-human-task-ui', undefined],
])('O1 %s is the page %s of %s', (path, tag, name) => {
  expect(placeOf(path)).toMatchObject({ page: { tag } });
  expect(placeOf(path)?.name).toBe(name);
});

test.each(['/console/nothing', '/console/statistics/x', '/console/workers/a/b', '/console/flow-definitions/a/new'])(
  'O1 %s is no page',
  (path) => expect(placeOf(path)).toBeUndefined(),
);

test('O1 every section is where its link leads', () => {
  for (const section of sections) expect(placeOf(pathOf(section))?.section).toBe(section);
});
