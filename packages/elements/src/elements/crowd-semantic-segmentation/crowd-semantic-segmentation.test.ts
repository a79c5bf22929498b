import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { drawRectangle, maskOf, maskPage, pixelsIn, rectangle } from '../../testing/mask-page.ts';
import { screenOf } from '../../testing/mask-screen.ts';
import { readPng } from '../../testing/read-png.ts';
import { useTestImages } from '../../testing/test-images.ts';
import { given, initial, type MaskToolCase, testMaskTool } from '../../tools/masks/mask-tool.cases.ts';

const crowd = useCrowdPage();
const images = useTestImages();
const { open, answer, areas, keys, begin, alerts } = maskPage(crowd, images, 'crowd-semantic-segmentation');
const tool: MaskToolCase = {
  tag: 'crowd-semantic-segmentation',
  value: (src, parts) => ({
    src,
    labelMappings: Object.fromEntries(parts.map(({ label, color }) => [label, { color }])),
  }),
};

describe('crowd-semantic-segmentation', () => {
  testMaskTool(crowd, images, tool);

  test('the answer says the size, the colours of what occurs, and the mask in plain Base64', async () => {
    const stage = await open();
    expect(await answer()).toEqual({
      inputImageProperties: { height: 200, width: 400 },
      labelMappings: {},
      labeledImage: { pngImageData: expect.stringMatching(/^iVBOR/) },
    });
    await keys('2');
    await drawRectangle(stage, [100, 50, 180, 90]);
    const value = await answer();
    expect(value).toEqual({
      inputImageProperties: { height: 200, width: 400 },
      labelMappings: { Dog: { color: '#1f77b4' } },
      labeledImage: { pngImageData: expect.stringMatching(/^iVBOR/) },
    });
    const png = readPng(value.labeledImage.pngImageData);
    expect([png.width, png.height, png.type]).toEqual([400, 200, 3]);
    expect([png.at(99, 50), png.at(100, 50), png.at(179, 89), png.at(180, 89), png.at(100, 90)]).toEqual([
      '#ffffff00',
      '#1f77b4ff',
      '#1f77b4ff',
      '#ffffff00',
      '#ffffff00',
    ]);
  });

  test('what is painted has the colour of its label, also when that becomes another one', async () => {
    const stage = await open();
    const { page } = stage;
    const cat = rectangle('Cat', 100, 50, 80, 40);
    const dog = rectangle('Dog', 150, 70, 80, 40);
    const wrong = async (...[first, second]: readonly string[]) =>
      (
        await screenOf(page, [
          { area: cat, color: first! },
          { area: dog, color: second! },
        ])
      ).wrong;
    await keys('1');
    await drawRectangle(stage, [100, 50, 180, 90]);
    await keys('2');
    await drawRectangle(stage, [150, 70, 230, 110]);
    await expect.poll(() => wrong('#2ca02c', '#1f77b4')).toEqual([]);
    await page.evaluate('tool.labelColors = ["#010203", "#000001"]');
    await expect.poll(() => wrong('#010203', '#000001')).toEqual([]);
  });

  test('each pixel has at most one label; the eraser takes it away', async () => {
    const stage = await open();
    await keys('1');
    await drawRectangle(stage, [100, 50, 200, 150]);
    await keys('2');
    await drawRectangle(stage, [150, 50, 250, 150]);
    expect(await areas()).toEqual([rectangle('Cat', 100, 50, 50, 100), rectangle('Dog', 150, 50, 100, 100)]);
    await keys('e');
    await stage.drag([120, 40], [120, 160]);
    expect(await areas()).toEqual([
      { ...rectangle('Cat', 100, 50, 50, 100), pixels: 4000 },
      rectangle('Dog', 150, 50, 100, 100),
    ]);
    // What is erased whole is in the answer no more.
    await keys('Control+z', 'v');
    await stage.click(120, 60);
    await keys('Delete');
    expect(await areas()).toEqual([rectangle('Dog', 150, 50, 100, 100)]);
    await keys('Control+z');
    expect((await areas()).length).toBe(2);
  });

  test('by keys alone: the pen paints while it is down, polygons are filled, areas too', async () => {
    const { page } = await open();
    await page.locator('#tool .stage').focus();
    for (let count = 0; count < 30; count++) await keys('[');
    await keys('1', 'Space', 'Space', 'Shift+ArrowRight', 'ArrowDown');
    expect(await page.locator('#tool [role="status"].unseen').textContent()).toBe('210, 101');
    // Not an answer before it is lifted.
    expect(await areas()).toEqual([]);
    await keys('Space', 'Shift+ArrowRight');
    expect(await areas()).toEqual([{ ...rectangle('Cat', 200, 100, 11, 2), pixels: 12 }]);
    await keys('Control+z');
    expect(await areas()).toEqual([]);
    await keys(
      '2',
      'p',
      'Space',
      'Shift+ArrowRight',
      'Space',
      'Shift+ArrowDown',
      'Space',
      'Shift+ArrowLeft',
      'Space',
      'Enter',
    );
    expect(await areas()).toEqual([rectangle('Dog', 220, 101, 10, 10)]);
    await keys('1', 'g', 'ArrowUp', 'Space');
    expect(await areas()).toEqual([rectangle('Cat', 220, 101, 10, 10)]);
    await keys('b', 'Space', 'ArrowRight', 'Escape');
    expect(await areas()).toEqual([rectangle('Cat', 220, 101, 10, 10)]);
    await keys('Tab', '2');
    expect(await areas()).toEqual([rectangle('Dog', 220, 101, 10, 10)]);
    await keys('Delete');
    expect(await areas()).toEqual([]);
    expect(crowd.complaints).toEqual([]);
  });

  test('lists the labels that occur with their share of the image', async () => {
    await open();
    await begin(given(tool, initial));
    expect(await crowd.page.locator('#tool .mark .text').allTextContents()).toEqual([
      'Cat 6.3% of the image',
      'Dog 9% of the image',
    ]);
  });

  test.each([
    ['an attribute', (value: unknown) => open(`labels="['Cat', 'Dog']" initial-value='${JSON.stringify(value)}'`)],
    ['a property', (value: unknown) => open().then(() => begin(value))],
  ])('a mask to begin with by %s; the same again is no change', async (_title, openWith) => {
    await openWith(given(tool, initial));
    expect(await areas()).toEqual(initial);
    const first = await answer();
    expect(first).toMatchObject({
      initialValueModified: false,
      labelMappings: { Cat: { color: '#2ca02c' }, Dog: { color: '#1f77b4' } },
    });
    // Its own answer, as it is.
    await begin(first);
    expect(pixelsIn(await answer())).toEqual(pixelsIn(first));
    await begin({
      src: `data:image/png;base64,${first.labeledImage.pngImageData}`,
      labelMappings: first.labelMappings,
    });
    expect(pixelsIn(await answer())).toEqual(pixelsIn(first));
    await crowd.page.locator('#tool .stage').focus();
    await keys('Tab', '2');
    expect((await answer()).initialValueModified).toBe(true);
    await keys('Control+z');
    expect((await answer()).initialValueModified).toBe(false);
    expect(crowd.complaints).toEqual([]);
  });

  test('labels keep the given colours, others get one that is free; unknown colours and labels are background', async () => {
    await open(`labels="['Cat', 'Dog', 'Cow']"`);
    const src = maskOf([
      { area: rectangle('', 10, 10, 20, 20), color: '#2ca02c' },
      { area: rectangle('', 50, 10, 20, 20), color: '#000000' },
      { area: rectangle('', 90, 10, 20, 20), color: '#2ca02d' },
      { area: rectangle('', 130, 10, 20, 20), color: '#123456' },
    ]);
    await begin({
      src,
      labelMappings: { Dog: { color: '#2CA02C' }, Cow: { color: '#000' }, Horse: { color: '#123456' } },
    });
    expect(await areas()).toEqual([rectangle('Cow', 50, 10, 20, 20), rectangle('Dog', 10, 10, 20, 20)]);
    expect((await answer()).labelMappings).toEqual({ Cow: { color: '#000000' }, Dog: { color: '#2ca02c' } });
    expect(await crowd.page.evaluate('tool.labelColors')).toEqual(['#1f77b4', '#2ca02c', '#000000']);
    await crowd.page.evaluate('tool.labels = [...tool.labels, "Horse"]');
    expect((await areas()).at(-1)).toEqual(rectangle('Horse', 130, 10, 20, 20));
  });

  test('colours that cannot be read or are there twice are named; the first one counts', async () => {
    await open();
    const src = maskOf([{ area: initial[0], color: '#2ca02c' }]);
    await begin({ src, labelMappings: { Cat: { color: '#2ca02c' }, Dog: { color: '#2ca02c' } } });
    expect(await alerts()).toEqual([
      'The given colour of “Dog” cannot be read or is taken already; its part is left out.',
    ]);
    expect(await areas()).toEqual([initial[0]]);
    await begin({ src, labelMappings: { Cat: { color: 'green' } } });
    expect(await alerts()).toEqual([
      'The given colour of “Cat” cannot be read or is taken already; its part is left out.',
    ]);
    expect(await areas()).toEqual([]);
  });
});
