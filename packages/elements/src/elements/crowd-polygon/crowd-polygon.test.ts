import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { stagePointer } from '../../testing/stage-pointer.ts';
import { useTestImages } from '../../testing/test-images.ts';
import { testImageTool } from '../../tools/image-tool.cases.ts';

type At = readonly [number, number];
const crowd = useCrowdPage();
const images = useTestImages();
const polygon = (label: string, ...vertices: At[]) => ({ label, vertices: vertices.map(([x, y]) => ({ x, y })) });

async function open(polygons: readonly unknown[] = [], labels = "['Cat', 'Dog']") {
  const page = await crowd.openForm(
    `<crowd-polygon id="tool" name="q" src="${images.url('400x200.png')}" labels="${labels}"></crowd-polygon>`,
  );
  await page.waitForFunction('tool.value.inputImageProperties.width > 0');
  await page.evaluate((value) => Object.assign(document.querySelector('#tool')!, { initialValue: value }), polygons);
  const stage = await stagePointer(page);
  return Object.assign(stage, {
    clicks: async (...at: At[]) => {
      for (const each of at) await stage.click(...each);
    },
  });
}
const polygons = async () => ((await crowd.answer()) as { q: { polygons: unknown[] } }).q.polygons;
const hint = () => crowd.page.locator('#tool .hint').textContent();
const square = polygon('Cat', [100, 50], [200, 50], [200, 150], [100, 150]);

describe('crowd-polygon', () => {
  testImageTool(crowd, images, {
    tag: 'crowd-polygon',
    key: 'polygons',
    async draw(stage) {
      await stage.click(100, 50);
      await stage.click(180, 60);
      await stage.click(140, 120);
      await stage.click(101, 51);
    },
    drawn: polygon('Cat', [100, 50], [180, 60], [140, 120]),
    keys: ['Space', 'Shift+ArrowRight', 'Space', 'Shift+ArrowDown', 'Space', 'Enter'],
    drawnByKeys: polygon('Cat', [200, 100], [210, 100], [210, 110]),
    initial: [
      polygon('Cat', [10, 20], [110, 20], [60, 70]),
      polygon('Dog', [200, 60], [280, 60], [280, 150], [200, 150]),
    ],
    nudged: polygon('Dog', [11, 20], [111, 20], [61, 70]),
    unreadable: [
      null,
      7,
      { label: 'Cat' },
      polygon('Cat', [1, 2], [3, 4]),
      { label: 'Cat', vertices: [{ x: 1, y: 2 }, { x: 3 }, { x: 5, y: 6 }] },
      { label: 'Cat', vertices: [null, null, null] },
      { vertices: square.vertices },
    ],
    outside: [
      {
        label: 'Cat',
        vertices: [
          { x: -5, y: 10.6 },
          { x: '450', y: 10 },
          { x: 100, y: 1000 },
        ],
      },
      polygon('Cat', [0, 11], [400, 10], [100, 200]),
    ],
  });

  test('a label has to be chosen for each polygon', async () => {
    const stage = await open();
    await stage.page.keyboard.press('1');
    await stage.clicks([100, 50], [180, 60], [140, 120]);
    await stage.page.keyboard.press('Enter');
    expect(await stage.page.locator('#tool .label-button.selected').count()).toBe(0);
    await stage.click(300, 100);
    expect(await hint()).toBe('Please choose a label first.');
    await stage.page.keyboard.press('2');
    await stage.clicks([300, 50], [380, 60], [340, 120], [300, 50]);
    expect(await polygons()).toEqual([
      polygon('Cat', [100, 50], [180, 60], [140, 120]),
      polygon('Dog', [300, 50], [380, 60], [340, 120]),
    ]);
  });

  test('fewer than three points make none', async () => {
    const stage = await open([], "['Cat']");
    await stage.clicks([100, 50], [180, 60], [100, 50]);
    await stage.page.keyboard.press('Enter');
    expect(await hint()).toBe('At least 3 points are needed.');
    expect(await polygons()).toEqual([]);
    await stage.page.keyboard.press('Escape');
    await stage.page.keyboard.press('Enter');
    expect(await stage.page.locator('#tool .handle').count()).toBe(0);
  });

  test('an edge that would cross another one is refused', async () => {
    const stage = await open([], "['Cat']");
    await stage.clicks([100, 50], [200, 50], [200, 150], [150, 20]);
    expect(await hint()).toBe('An edge may not cross or touch another edge of the same polygon.');
    await stage.clicks([250, 150], [250, 20]);
    await stage.page.keyboard.press('Enter');
    // The closing edge would not cross; the refused point is not there.
    expect(await polygons()).toEqual([polygon('Cat', [100, 50], [200, 50], [200, 150], [250, 150], [250, 20])]);
  });

  test('a closing edge that would cross is refused, the drawing goes on', async () => {
    const stage = await open([], "['Cat']");
    await stage.clicks(
      [100, 50],
      [200, 50],
      [200, 150],
      [300, 150],
      [300, 20],
      [150, 20],
      [150, 40],
      [180, 44],
      [180, 30],
    );
    await stage.clicks([260, 30], [260, 140], [220, 140]);
    await stage.page.keyboard.press('Enter');
    expect(await hint()).toBe('An edge may not cross or touch another edge of the same polygon.');
    expect(await polygons()).toEqual([]);
  });

  test('is undone and redone vertex by vertex while it is drawn, as a whole afterwards', async () => {
    const stage = await open([], "['Cat']");
    const { page } = stage;
    await stage.clicks([100, 50], [180, 60], [180, 100], [140, 120]);
    for (const key of ['Control+z', 'Control+z', 'Control+y']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    expect(await polygons()).toEqual([polygon('Cat', [100, 50], [180, 60], [180, 100])]);
    await page.keyboard.press('Control+z');
    expect(await polygons()).toEqual([]);
    await page.keyboard.press('Control+y');
    expect((await polygons()).length).toBe(1);
    await stage.clicks([10, 10], [20, 10]);
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    expect((await polygons()).length).toBe(1);
    expect(await page.locator('#tool .handle').count()).toBe(0);
  });

  test('is selected by its border; drawing may start inside another one', async () => {
    const stage = await open([square]);
    await stage.page.keyboard.press('2');
    await stage.clicks([120, 70], [140, 70], [130, 90]);
    await stage.page.keyboard.press('Enter');
    expect((await polygons())[1]).toEqual(polygon('Dog', [120, 70], [140, 70], [130, 90]));
    await stage.click(150, 50);
    await stage.page.keyboard.press('Delete');
    expect(await polygons()).toEqual([polygon('Dog', [120, 70], [140, 70], [130, 90])]);
  });

  test('its points are dragged, put in and taken out; the whole moves', async () => {
    const stage = await open([square]);
    const { page } = stage;
    await stage.click(130, 50);
    await stage.drag([200, 150], [220, 160]);
    await stage.drag([150, 50], [150, 30]);
    expect(await polygons()).toEqual([polygon('Cat', [100, 50], [150, 30], [200, 50], [220, 160], [100, 150])]);
    await page.keyboard.press('Delete');
    expect(await polygons()).toEqual([polygon('Cat', [100, 50], [200, 50], [220, 160], [100, 150])]);
    await stage.drag([140, 110], [150, 120]);
    expect(await polygons()).toEqual([polygon('Cat', [110, 60], [210, 60], [230, 170], [110, 160])]);
    await page.keyboard.press(']');
    await page.keyboard.press('i');
    await page.keyboard.press('Shift+ArrowUp');
    expect((await polygons())[0]).toMatchObject({ label: 'Cat' });
    expect(((await polygons())[0] as { vertices: unknown[] }).vertices.length).toBe(5);
  });

  test('a point may not be dragged over an edge, and three points are the least', async () => {
    const stage = await open([square]);
    await stage.click(130, 50);
    await stage.drag([200, 150], [50, 100]);
    expect(await polygons()).toEqual([square]);
    expect(await hint()).toBe('An edge may not cross or touch another edge of the same polygon.');
    await stage.click(200, 50);
    await stage.page.keyboard.press('Delete');
    await stage.click(200, 150);
    await stage.page.keyboard.press('Delete');
    expect(await hint()).toBe('At least 3 points are needed.');
    expect(await polygons()).toEqual([polygon('Cat', [100, 50], [200, 150], [100, 150])]);
  });

  test('moving the view does not end a drawing', async () => {
    const stage = await open([], "['Cat']");
    const { page } = stage;
    await stage.clicks([100, 50], [180, 60]);
    await page.mouse.wheel(0, -100);
    await page.locator('#tool button#move').click();
    await stage.drag([200, 100], [210, 100]);
    await page.locator('#tool button#polygon').click();
    await stage.click(140, 120);
    await page.keyboard.press('Enter');
    expect(await polygons()).toEqual([polygon('Cat', [100, 50], [180, 60], [140, 120])]);
  });

  test('a given polygon that crosses itself is taken as it is', async () => {
    const bow = polygon('Cat', [100, 50], [200, 150], [200, 50], [100, 150]);
    await open([bow]);
    expect(await polygons()).toEqual([bow]);
  });
});
