// Given masks that cannot be used: each is named, and the work goes on.
import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { drawRectangle, maskPage, rectangle } from '../../testing/mask-page.ts';
import { asDataUrl, png } from '../../testing/png.ts';
import { useTestImages } from '../../testing/test-images.ts';

const crowd = useCrowdPage();
const images = useTestImages();
const { open, areas, keys, begin, alerts } = maskPage(crowd, images, 'crowd-instance-segmentation');

describe('crowd-instance-segmentation', () => {
  test.each([
    [
      'of another size',
      () => asDataUrl(png(2, 2, () => '#2ca02c')),
      'The given mask has 2 × 2 pixels, the image has 400 × 200: it is left out.',
    ],
    ['that is refused', () => images.url('status/403'), 'The given mask could not be loaded (403). It is left out.'],
    ['that is not there', () => images.url('status/404'), 'The given mask could not be loaded (404). It is left out.'],
    [
      'from a server that does not allow it',
      () => images.url('closed/400x200.png'),
      'The given mask could not be loaded: its server was not reached or does not allow it. It is left out.',
    ],
    ['that is a text', () => images.url('text'), 'The given mask is no PNG image that can be read. It is left out.'],
  ])('a mask %s is named, and the work goes on', async (_title, src, sentence) => {
    const stage = await open();
    await begin({ src: src(), instances: [{ label: 'Cat', color: '#2ca02c' }] });
    await expect.poll(alerts).toEqual([sentence]);
    await keys('1');
    await drawRectangle(stage, [100, 50, 180, 90]);
    expect(await areas()).toEqual([rectangle('Cat', 100, 50, 80, 40)]);
    expect(await crowd.faults()).toEqual([]);
  });
});
