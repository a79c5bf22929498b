import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { areasIn, drawRectangle, maskPage, pixelsIn, rectangle } from '../../testing/mask-page.ts';
import { readPng } from '../../testing/read-png.ts';
import { useTestImages } from '../../testing/test-images.ts';
import { given, initial, type MaskToolCase, testMaskTool } from '../../tools/masks/mask-tool.cases.ts';
import { nthColor } from '../../tools/palette.ts';

const crowd = useCrowdPage();
const images = useTestImages();
const { open, answer, areas, keys, begin, alerts } = maskPage(crowd, images, 'crowd-instance-segmentation');
const tool: MaskToolCase = {
  tag: 'crowd-instance-segmentation',
  value: (src, instances) => ({ src, instances }),
};
const hint = () => crowd.page.locator('#tool .hint').textContent();
const marks = () => crowd.page.locator('#tool .mark .text').allTextContents();

describe('crowd-instance-segmentation', () => {
  testMaskTool(crowd, images, tool);

  test('what is painted belongs to one instance until another one is added; colours come in the order of creation', async () => {
    const stage = await open();
    const { page } = stage;
    await keys('1');
    await drawRectangle(stage, [10, 10, 20, 20]);
    await drawRectangle(stage, [30, 10, 40, 20]);
    await page.getByRole('button', { name: 'Add instance: Cat' }).click();
    expect(await hint()).toBe('What is painted next is a new instance of Cat.');
    await drawRectangle(stage, [50, 10, 60, 20]);
    await keys('2');
    await drawRectangle(stage, [70, 10, 80, 20]);
    await keys('n');
    await drawRectangle(stage, [90, 10, 100, 20]);
    const value = await answer();
    expect(value).toEqual({
      inputImageProperties: { height: 200, width: 400 },
      instances: [
        { color: '#2ca02c', label: 'Cat' },
        { color: '#1f77b4', label: 'Cat' },
        { color: '#ff7f0e', label: 'Dog' },
        { color: '#d62728', label: 'Dog' },
      ],
      labeledImage: { pngImageData: expect.stringMatching(/^iVBOR/) },
    });
    const png = readPng(value.labeledImage.pngImageData);
    expect([15, 35, 45, 55, 75, 95].map((x) => png.at(x, 15))).toEqual([
      '#2ca02cff',
      '#2ca02cff',
      '#ffffff00',
      '#1f77b4ff',
      '#ff7f0eff',
      '#d62728ff',
    ]);
    expect(await marks()).toEqual([
      'Cat Instance 1, 0.25% of the image',
      'Cat Instance 2, 0.13% of the image',
      'Dog Instance 3, 0.13% of the image',
      'Dog Instance 4, 0.13% of the image',
    ]);
    expect(await crowd.faults()).toEqual([]);
  });

  test('undoing the first stroke of an instance takes it away, with its colour', async () => {
    const stage = await open();
    await keys('1');
    await drawRectangle(stage, [10, 10, 20, 20]);
    await keys('n');
    await drawRectangle(stage, [30, 10, 40, 20]);
    await keys('Control+z');
    expect(await marks()).toEqual(['Cat Instance 1, 0.13% of the image']);
    await keys('Control+y');
    expect((await answer()).instances.length).toBe(2);
    await keys('Control+z', '2');
    await drawRectangle(stage, [50, 10, 60, 20]);
    expect((await answer()).instances).toEqual([
      { color: '#2ca02c', label: 'Cat' },
      { color: '#1f77b4', label: 'Dog' },
    ]);
  });

  test('a selected instance is painted in, relabelled and deleted', async () => {
    const stage = await open();
    await begin(given(tool, [initial[0], initial[1]]));
    await keys('v');
    await stage.click(20, 30);
    await drawRectangle(stage, [10, 100, 110, 150]);
    expect(await areas()).toEqual([{ ...rectangle('Cat', 10, 20, 100, 130), pixels: 10000 }, initial[1]]);
    await keys('2');
    expect((await answer()).instances).toEqual([
      { color: '#2ca02c', label: 'Dog' },
      { color: '#1f77b4', label: 'Dog' },
    ]);
    expect((await answer()).initialValueModified).toBe(true);
    await keys('Control+z', 'Control+z');
    expect((await answer()).initialValueModified).toBe(false);
    await keys('Delete');
    expect(await areas()).toEqual([initial[1]]);
    // The next one is selected then.
    await keys('Delete');
    expect(await areas()).toEqual([]);
    await keys('Control+z', 'Control+z');
    expect(await areas()).toEqual(initial);
    expect((await answer()).initialValueModified).toBe(false);
  });

  test('two instances become one, as one step', async () => {
    const stage = await open();
    await begin(given(tool, [initial[0], initial[1], rectangle('Cat', 300, 60, 10, 10)]));
    const { page } = stage;
    await page.locator('#tool .mark').nth(0).click();
    await page.getByRole('button', { name: 'Merge' }).click();
    expect(await hint()).toBe('Choose another instance and press “Merge” again: it becomes part of Cat 1.');
    await page.locator('#tool .mark').nth(2).click();
    await page.getByRole('button', { name: 'Merge' }).click();
    expect(await areas()).toEqual([{ ...rectangle('Cat', 10, 20, 300, 50), pixels: 5100 }, initial[1]]);
    await keys('Control+z');
    expect((await answer()).initialValueModified).toBe(false);
    // By keys; across labels the first one's label counts.
    await page.locator('#tool .stage').focus();
    await keys('Escape', 'Tab', 'Tab', 'j', 'Tab', 'j');
    expect((await answer()).instances).toEqual([
      { color: '#2ca02c', label: 'Cat' },
      { color: '#1f77b4', label: 'Dog' },
    ]);
    await keys('Control+z', 'Escape', 'Tab', 'j', 'j');
    expect((await answer()).instances.length).toBe(3);
    expect(crowd.complaints).toEqual([]);
  });

  test('by keys alone: two instances of one label', async () => {
    const { page } = await open();
    await page.locator('#tool .stage').focus();
    for (let count = 0; count < 30; count++) await keys('[');
    await keys(
      '1',
      'Space',
      'Space',
      'Shift+ArrowRight',
      'Space',
      'n',
      'Shift+ArrowDown',
      'Space',
      'Shift+ArrowLeft',
      'Enter',
    );
    expect(await areas()).toEqual([rectangle('Cat', 200, 100, 11, 1), rectangle('Cat', 200, 110, 11, 1)]);
  });

  test('new instances get colours that no given one has', async () => {
    await open();
    await begin(given(tool, initial));
    await crowd.page.locator('#tool .stage').focus();
    await keys('1', 'g', 'Shift+ArrowLeft', 'Shift+ArrowLeft', 'Space');
    expect((await answer()).instances[2]).toEqual({ color: '#ff7f0e', label: 'Cat' });
  });

  test('colours that are there twice cannot be told apart: said, and left out', async () => {
    await open();
    await begin({
      ...(given(tool, initial) as object),
      instances: [{ label: 'Cat', color: '#2ca02c' }, { label: 'Dog', color: '#2ca02c' }, 7],
    });
    expect(await alerts()).toEqual([expect.stringContaining('cannot be read or is taken already')]);
    expect(await areas()).toEqual([initial[0]]);
    await begin({ src: 'data:,', instances: {} });
    expect(await alerts()).toEqual(['The attribute “initial-value” of this element could not be read.']);
  });

  test('more instances than a palette has room for are written with red, green, blue and opacity', async () => {
    const stage = await open(`labels="['Cat']"`, images.url('300x10.png'));
    const bars = Array.from({ length: 300 }, (_each, index) => ({ label: 'Cat', color: nthColor(index) }));
    const src = await stage.page.evaluate(
      (colors) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 10 });
        const context = canvas.getContext('2d')!;
        for (const [index, color] of colors.entries()) {
          context.fillStyle = color;
          context.fillRect(index, 0, 1, 10);
        }
        return canvas.toDataURL();
      },
      bars.map(({ color }) => color),
    );
    await begin({ src, instances: bars });
    const first = await answer();
    expect(first.instances).toEqual(bars);
    const png = readPng(first.labeledImage.pngImageData);
    expect([png.type, png.at(0, 0), png.at(299, 9)]).toEqual([6, '#2ca02cff', `${bars[299]!.color}ff`]);
    expect(areasIn(first).every(({ pixels }) => pixels === 10)).toBe(true);
    await begin(first);
    expect(pixelsIn(await answer())).toEqual(pixelsIn(first));
    await keys('v');
    await stage.click(299.5, 5);
    await keys('Delete');
    expect((await answer()).instances.length).toBe(299);
    expect(readPng((await answer()).labeledImage.pngImageData).at(299, 5)).toBe('#ffffff00');
    await keys('Control+z');
    expect((await answer()).initialValueModified).toBe(false);
  });
});
