// Whole answers given by fingers alone on the screen of a phone.
import { describe, expect, test } from 'vitest';
import { useCrowdPage } from './testing/crowd-page.ts';
import { looks } from './testing/looks.ts';
import { areasIn, type MaskAnswer } from './testing/mask-page.ts';
import { stagePointer } from './testing/stage-pointer.ts';
import { useTestImages } from './testing/test-images.ts';

const crowd = useCrowdPage({ device: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } });
const images = useTestImages();

const size = { inputImageProperties: { height: 200, width: 400 } };
/** What a tap does comes when the browser has seen that it is one. */
const tap = (name: string) => crowd.page.getByRole('button', { name, exact: true }).tap();
async function choose(label: string) {
  const button = crowd.page.locator('#tool .label-button', { hasText: label });
  await button.tap();
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true');
}
const value = async () => ((await crowd.answer()) as { q: Record<string, unknown> }).q;

async function open(tag: string) {
  const page = await crowd.openForm(
    `<${tag} id="tool" name="q" src="${images.url('400x200.png')}" header="Mark them" labels="['Cat', 'Dog']"></${tag}>`,
  );
  await page.waitForFunction(
    'tool.value?.inputImageProperties?.width > 0 && !tool.validationMessage.includes("is loading")',
  );
  return (await stagePointer(page)).touch();
}

describe('on a phone, by touch', () => {
  test('a box: label, drawn, changed, deleted, drawn again, submitted', async () => {
    const finger = await open('crowd-bounding-box');
    expect(
      await crowd.page.evaluate('matchMedia("(pointer: coarse) and (hover: none)").matches && innerWidth === 390'),
    ).toBe(true);
    await choose('Dog');
    await finger.drag([100, 50], [140, 70], [180, 90]);
    const drawn = (await value()).boundingBoxes as { label: string; left: number; width: number }[];
    expect(drawn.map(({ label }) => label)).toEqual(['Dog']);
    expect(Math.abs(drawn[0]!.left - 100)).toBeLessThan(3);
    // Its handles are taken by a finger, too.
    await finger.click(140, 70);
    await finger.drag([180, 90], [200, 100], [220, 110]);
    const [changed] = (await value()).boundingBoxes as { width: number; height: number }[];
    expect(changed!.width).toBeGreaterThan(drawn[0]!.width + 30);
    expect(await looks.small(crowd.page, 24)).toEqual([]);
    await tap('Delete');
    await expect.poll(async () => (await value()).boundingBoxes).toEqual([]);
    await finger.drag([20, 20], [60, 40], [100, 60]);
    await tap('Submit');
    await expect
      .poll(crowd.submitted)
      .toEqual([{ q: { ...size, boundingBoxes: [expect.objectContaining({ label: 'Dog' })] } }]);
  });

  test('a polygon: label, points, closed, a point moved, deleted, drawn again, submitted', async () => {
    const finger = await open('crowd-polygon');
    const polygons = async () => (await value()).polygons as { label: string; vertices: { x: number; y: number }[] }[];
    const draw = async () => {
      // Anew for each polygon.
      await choose('Cat');
      for (const [x, y] of [
        [50, 40],
        [350, 40],
        [200, 180],
        [50, 40],
      ] as const)
        await finger.click(x, y);
    };
    await draw();
    expect((await polygons()).map(({ label, vertices }) => [label, vertices.length])).toEqual([['Cat', 3]]);
    await finger.click(200, 80);
    await finger.drag([200, 180], [220, 170], [260, 160]);
    const [moved] = await polygons();
    expect(moved!.vertices[2]!.x).toBeGreaterThan(245);
    await tap('Delete');
    await expect.poll(polygons).toEqual([]);
    await draw();
    await expect.poll(async () => (await polygons()).map(({ vertices }) => vertices.length)).toEqual([3]);
    await tap('Submit');
    await expect
      .poll(crowd.submitted)
      .toEqual([{ q: { ...size, polygons: [expect.objectContaining({ label: 'Cat' })] } }]);
  });

  test('an instance: label, painted, undone, painted again, deleted, painted, submitted', async () => {
    const finger = await open('crowd-instance-segmentation');
    const areas = async () => areasIn((await value()) as unknown as MaskAnswer).map(({ label }) => label);
    await choose('Cat');
    await finger.drag([100, 100], [150, 100], [200, 100]);
    await expect.poll(areas).toEqual(['Cat']);
    await tap('Undo');
    await expect.poll(areas).toEqual([]);
    await choose('Dog');
    await finger.drag([100, 100], [150, 100], [200, 100]);
    await expect.poll(areas).toEqual(['Dog']);
    const mark = crowd.page.locator('#tool .mark');
    await mark.tap();
    await expect.poll(() => mark.getAttribute('aria-selected')).toBe('true');
    await tap('Delete');
    await expect.poll(areas).toEqual([]);
    await choose('Cat');
    await finger.drag([100, 50], [150, 50], [200, 50]);
    await tap('Submit');
    await expect
      .poll(crowd.submitted)
      .toEqual([{ q: expect.objectContaining({ ...size, instances: [{ color: expect.any(String), label: 'Cat' }] }) }]);
  });

  test('a category: chosen, changed, submitted', async () => {
    const page = await crowd.openForm(
      `<crowd-classifier id="tool" name="q" header="Which?" categories="['good', 'bad']"><classification-target>A text</classification-target></crowd-classifier>`,
    );
    await page.getByText('good', { exact: true }).tap();
    await page.getByText('bad', { exact: true }).tap();
    expect(await looks.small(page, 44)).toEqual([]);
    await tap('Submit');
    await expect.poll(crowd.submitted).toEqual([{ q: { label: 'bad' } }]);
  });

  test('marks are seen in a list that was far outside of the window, once it is scrolled to', async () => {
    await open('crowd-bounding-box');
    const { page } = crowd;
    await page.evaluate(() => {
      const box = (top: number) => ({ height: 10, label: 'Cat', left: 10, top, width: 10 });
      const initialValue = Array.from({ length: 12 }, (_each, index) => box(index * 10));
      const tool = Object.assign(document.querySelector<HTMLElement>('#tool')!, { initialValue });
      tool.style.marginTop = '3000px';
    });
    const where = page.locator('#tool .mark .where').first();
    await where.scrollIntoViewIfNeeded();
    await expect.poll(() => where.evaluate((each) => each.checkVisibility({ contentVisibilityAuto: true }))).toBe(true);
  });
});
