import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { stagePointer } from '../../testing/stage-pointer.ts';
import { useTestImages } from '../../testing/test-images.ts';
import { testImageTool } from '../../tools/image-tool.cases.ts';

const crowd = useCrowdPage();
const images = useTestImages();
const polyline = (label: string, ...vertices: (readonly [number, number])[]) => ({
  label,
  vertices: vertices.map(([x, y]) => ({ x, y })),
});

async function open() {
  const page = await crowd.openForm(
    `<crowd-polyline id="tool" name="q" src="${images.url('400x200.png')}" labels="['Cat']"></crowd-polyline>`,
  );
  await page.waitForFunction('tool.value.inputImageProperties.width > 0');
  return stagePointer(page);
}
const polylines = async () => ((await crowd.answer()) as { q: { polylines: unknown[] } }).q.polylines;

describe('crowd-polyline', () => {
  testImageTool(crowd, images, {
    tag: 'crowd-polyline',
    key: 'polylines',
    async draw(stage) {
      await stage.click(100, 50);
      await stage.click(180, 60);
      await stage.click(140, 120);
      await stage.click(140, 120);
    },
    drawn: polyline('Cat', [100, 50], [180, 60], [140, 120]),
    keys: ['Space', 'Shift+ArrowRight', 'Space', 'Enter'],
    drawnByKeys: polyline('Cat', [200, 100], [210, 100]),
    initial: [polyline('Cat', [10, 20], [110, 70]), polyline('Dog', [200, 60], [280, 150], [200, 150])],
    nudged: polyline('Dog', [11, 20], [111, 70]),
    unreadable: [null, { label: 'Cat', vertices: 'none' }, polyline('Cat', [1, 2]), { label: null, vertices: [] }],
    outside: [polyline('Cat', [-5, 10.4], [450, 1000]), polyline('Cat', [0, 10], [400, 200])],
  });

  test('may cross itself and end anywhere', async () => {
    const stage = await open();
    const way: readonly (readonly [number, number])[] = [
      [100, 50],
      [200, 150],
      [200, 50],
      [100, 150],
      [100, 50],
    ];
    for (const at of way) await stage.click(...at);
    await stage.page.keyboard.press('Enter');
    expect(await polylines()).toEqual([polyline('Cat', [100, 50], [200, 150], [200, 50], [100, 150], [100, 50])]);
  });

  test('one point makes none; a second click on it ends nothing', async () => {
    const stage = await open();
    await stage.click(100, 50);
    await stage.click(100, 50);
    await stage.page.keyboard.press('Enter');
    expect(await stage.page.locator('#tool .hint').textContent()).toBe('At least 2 points are needed.');
    expect(await polylines()).toEqual([]);
  });

  test('points are put in on an edge and taken out, down to two', async () => {
    const stage = await open();
    await stage.page.evaluate(
      'tool.initialValue = { polylines: [{ label: "Cat", vertices: [{ x: 100, y: 50 }, { x: 200, y: 50 }] }] }',
    );
    await stage.click(120, 50);
    await stage.drag([150, 50], [150, 90]);
    expect(await polylines()).toEqual([polyline('Cat', [100, 50], [150, 90], [200, 50])]);
    await stage.page.keyboard.press('Delete');
    await stage.page.keyboard.press('Delete');
    expect(await polylines()).toEqual([polyline('Cat', [100, 50], [200, 50])]);
  });
});
