import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { stagePointer } from '../../testing/stage-pointer.ts';
import { useTestImages } from '../../testing/test-images.ts';
import { testImageTool } from '../../tools/image-tool.cases.ts';

const crowd = useCrowdPage();
const images = useTestImages();
const point = (label: string, x: number, y: number) => ({ label, x, y });

describe('crowd-keypoint', () => {
  testImageTool(crowd, images, {
    tag: 'crowd-keypoint',
    key: 'keypoints',
    draw: (stage) => stage.click(100, 50),
    drawn: point('Cat', 100, 50),
    keys: ['ArrowRight', 'Space'],
    drawnByKeys: point('Cat', 201, 100),
    initial: [point('Cat', 10, 20), point('Dog', 200, 60)],
    nudged: point('Dog', 11, 20),
    unreadable: [
      null,
      { label: 'Cat' },
      { label: 'Cat', x: 1, y: null },
      { label: 'Cat', x: '', y: 2 },
      { x: 1, y: 2 },
    ],
    outside: [point('Cat', -5, 1000.4), point('Cat', 0, 200)],
  });

  test('any number for each label, in the order of placing; given ones can be moved', async () => {
    const page = await crowd.openForm(
      `<crowd-keypoint id="tool" name="q" src="${images.url('400x200.png')}" labels="['Cat', 'Dog']"
        initial-value="[{ label: 'Dog', x: 50, y: 60 }]"></crowd-keypoint>`,
    );
    await page.waitForFunction('tool.value.inputImageProperties.width > 0');
    const stage = await stagePointer(page);
    await page.keyboard.press('1');
    await stage.click(0, 0);
    await stage.click(400, 200);
    await stage.drag([50, 60], [70, 90]);
    expect(await crowd.answer()).toEqual({
      q: {
        initialValueModified: true,
        inputImageProperties: { height: 200, width: 400 },
        keypoints: [point('Dog', 70, 90), point('Cat', 0, 0), point('Cat', 400, 200)],
      },
    });
  });
});
