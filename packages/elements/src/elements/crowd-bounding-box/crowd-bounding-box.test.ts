import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { stagePointer } from '../../testing/stage-pointer.ts';
import { useTestImages } from '../../testing/test-images.ts';
import { testImageTool } from '../../tools/image-tool.cases.ts';

const crowd = useCrowdPage();
const images = useTestImages();
const box = (label: string, left: number, top: number, width: number, height: number) => ({
  height,
  label,
  left,
  top,
  width,
});

async function open(boxes: readonly unknown[] = [], labels = "['Cat', 'Dog']") {
  const page = await crowd.openForm(
    `<crowd-bounding-box id="tool" name="q" src="${images.url('400x200.png')}" labels="${labels}"></crowd-bounding-box>`,
  );
  await page.waitForFunction('tool.value.inputImageProperties.width > 0');
  await page.evaluate((value) => Object.assign(document.querySelector('#tool')!, { initialValue: value }), boxes);
  return stagePointer(page);
}
const boxes = async () => ((await crowd.answer()) as { q: { boundingBoxes: unknown[] } }).q.boundingBoxes;

describe('crowd-bounding-box', () => {
  testImageTool(crowd, images, {
    tag: 'crowd-bounding-box',
    key: 'boundingBoxes',
    draw: (stage) => stage.drag([100, 50], [180, 90]),
    drawn: box('Cat', 100, 50, 80, 40),
    keys: ['Space', 'Shift+ArrowRight', 'ArrowRight', 'Shift+ArrowDown', 'Space'],
    drawnByKeys: box('Cat', 200, 100, 11, 10),
    initial: [box('Cat', 10, 20, 100, 50), box('Dog', 200, 60, 80, 90)],
    nudged: box('Dog', 11, 20, 100, 50),
    unreadable: [
      null,
      'Cat',
      { label: 'Cat' },
      box('Cat', 0, 0, 0, 5),
      { ...box('Cat', 0, 0, 5, 5), label: 7 },
      box('Cat', 400, 0, 10, 10),
      { ...box('Cat', 0, 0, 5, 5), left: 'left' },
    ],
    outside: [{ height: '50', label: 'Cat', left: -10.4, top: 180.6, width: 500 }, box('Cat', 0, 181, 400, 19)],
  });

  test('is drawn towards any side, as far as the edge of the image', async () => {
    const stage = await open();
    await stage.page.keyboard.press('1');
    await stage.drag([180, 90], [100, 50]);
    await stage.drag([390, 190], [500, 300]);
    expect(await boxes()).toEqual([box('Cat', 100, 50, 80, 40), box('Cat', 390, 190, 10, 10)]);
  });

  test('a click makes no box, a drag along one side makes one of a pixel', async () => {
    const stage = await open();
    await stage.page.keyboard.press('1');
    await stage.click(50, 50);
    expect(await boxes()).toEqual([]);
    await stage.drag([50, 50], [90, 50]);
    expect(await boxes()).toEqual([box('Cat', 50, 50, 40, 1)]);
  });

  test.each([
    ['upper left', [100, 50], box('Cat', 105, 58, 95, 92)],
    ['upper', [150, 50], box('Cat', 100, 58, 100, 92)],
    ['upper right', [200, 50], box('Cat', 100, 58, 105, 92)],
    ['right', [200, 100], box('Cat', 100, 50, 105, 100)],
    ['lower right', [200, 150], box('Cat', 100, 50, 105, 108)],
    ['lower', [150, 150], box('Cat', 100, 50, 100, 108)],
    ['lower left', [100, 150], box('Cat', 105, 50, 95, 108)],
    ['left', [100, 100], box('Cat', 105, 50, 95, 100)],
  ] as const)('the %s handle resizes it', async (_name, [x, y], expected) => {
    const stage = await open([box('Cat', 100, 50, 100, 100)]);
    await stage.click(130, 50);
    await stage.drag([x, y], [x + 5, y + 8]);
    expect(await boxes()).toEqual([expected]);
    await stage.page.keyboard.press('Control+z');
    expect(await boxes()).toEqual([box('Cat', 100, 50, 100, 100)]);
  });

  test('a side that is dragged over the other one turns the box over', async () => {
    const stage = await open([box('Cat', 100, 50, 100, 100)]);
    await stage.click(130, 50);
    await stage.drag([100, 100], [250, 100]);
    expect(await boxes()).toEqual([box('Cat', 200, 50, 50, 100)]);
  });

  test('a click selects, a drag of what is selected moves it as far as the edge, drawing may begin inside another box', async () => {
    const stage = await open([box('Cat', 100, 50, 100, 100), box('Dog', 120, 70, 20, 20)]);
    await stage.page.keyboard.press('1');
    await stage.drag([150, 100], [190, 140]);
    expect((await boxes()).at(-1)).toEqual(box('Cat', 150, 100, 40, 40));
    await stage.page.keyboard.press('Control+z');
    // The smallest of the boxes there.
    await stage.click(130, 80);
    await stage.drag([130, 80], [390, 80]);
    expect(await boxes()).toEqual([box('Cat', 100, 50, 100, 100), box('Dog', 380, 70, 20, 20)]);
    // By its border at once.
    await stage.drag([100, 110], [90, 100]);
    expect(await boxes()).toEqual([box('Cat', 90, 40, 100, 100), box('Dog', 380, 70, 20, 20)]);
  });

  test('Escape during a drag leaves everything as it was', async () => {
    const stage = await open([box('Cat', 100, 50, 100, 100)]);
    const { page } = stage;
    await stage.moveTo(130, 50);
    await page.mouse.down();
    await stage.moveTo(180, 80);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await boxes()).toEqual([box('Cat', 100, 50, 100, 100)]);
  });

  test('keys reach each handle', async () => {
    const { page } = await open([box('Cat', 100, 50, 100, 100)]);
    await page.locator('#tool .stage').focus();
    await page.keyboard.press('Tab');
    for (let count = 0; count < 5; count++) await page.keyboard.press(']');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await boxes()).toEqual([box('Cat', 100, 50, 110, 101)]);
  });

  test('Space and a drag, the middle button, the wheel and the tool move and zoom the view, and draw nothing', async () => {
    const stage = await open([], "['Cat']");
    const { page } = stage;
    await page.locator('#tool .stage').focus();
    const before = await stage.box();
    await page.keyboard.down('Space');
    await stage.drag([100, 50], [110, 50]);
    await page.keyboard.up('Space');
    await stage.moveTo(100, 100);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(before.x + 230, before.y + 200);
    await page.mouse.up({ button: 'middle' });
    expect((await stage.box()).x).not.toBeCloseTo(before.x);
    await page.keyboard.press('m');
    await stage.drag([100, 50], [100, 60]);
    await page.mouse.wheel(0, -300);
    expect((await stage.box()).width).toBeGreaterThan(before.width);
    expect(await boxes()).toEqual([]);
    await page.keyboard.press('f');
    expect((await stage.box()).width).toBeCloseTo(before.width);
  });
});
