import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { stagePointer } from '../../testing/stage-pointer.ts';
import { useTestImages } from '../../testing/test-images.ts';
import { testImageTool } from '../../tools/image-tool.cases.ts';

const crowd = useCrowdPage();
const images = useTestImages();
const line = (label: string, ...vertices: (readonly [number, number])[]) => ({
  label,
  vertices: vertices.map(([x, y]) => ({ x, y })),
});

describe('crowd-line', () => {
  testImageTool(crowd, images, {
    tag: 'crowd-line',
    key: 'lines',
    draw: (stage) => stage.drag([100, 50], [180, 90]),
    drawn: line('Cat', [100, 50], [180, 90]),
    keys: ['Space', 'Shift+ArrowLeft', 'Enter'],
    drawnByKeys: line('Cat', [200, 100], [190, 100]),
    initial: [line('Cat', [10, 20], [110, 70]), line('Dog', [280, 150], [200, 60])],
    nudged: line('Dog', [11, 20], [111, 70]),
    unreadable: [null, line('Cat', [1, 2]), line('Cat', [1, 2], [3, 4], [5, 6]), { label: 'Cat' }],
    outside: [line('Cat', [-5, 10.4], [450, 1000]), line('Cat', [0, 10], [400, 200])],
  });

  test('has two clicks as well, and its ends can be dragged', async () => {
    const page = await crowd.openForm(
      `<crowd-line id="tool" name="q" src="${images.url('400x200.png')}" labels="['Cat']"></crowd-line>`,
    );
    await page.waitForFunction('tool.value.inputImageProperties.width > 0');
    const stage = await stagePointer(page);
    await stage.click(100, 50);
    await stage.click(200, 150);
    const lines = async () => ((await crowd.answer()) as { q: { lines: unknown[] } }).q.lines;
    expect(await lines()).toEqual([line('Cat', [100, 50], [200, 150])]);
    await stage.click(150, 100);
    await stage.drag([200, 150], [300, 20]);
    expect(await lines()).toEqual([line('Cat', [100, 50], [300, 20])]);
  });
});
