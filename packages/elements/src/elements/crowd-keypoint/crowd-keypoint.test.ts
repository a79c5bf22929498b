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

  describe('goes by the order of the labels', () => {
    const joints = ['Head', 'Left hand', 'Right hand'];
    async function openPose(labels: readonly string[] = joints, initial = '') {
      const page = await crowd.openForm(
        `<crowd-keypoint id="tool" name="q" src="${images.url('400x200.png')}" labels="${JSON.stringify(labels).replaceAll('"', "'")}" ${initial}></crowd-keypoint>`,
      );
      await page.waitForFunction('tool.value.inputImageProperties.width > 0');
      return stagePointer(page);
    }
    const points = async () => ((await crowd.answer()) as { q: { keypoints: unknown[] } }).q.keypoints;
    const chosen = () => crowd.page.locator('#tool .label-button.selected .text').allTextContents();
    const hint = () => crowd.page.locator('#tool .hint').allTextContents();
    const spoken = () => crowd.page.locator('#tool [role=status].unseen').textContent();

    test('after a point the next label without one is chosen, which shows and is told; at the end the last one stays', async () => {
      const stage = await openPose();
      await stage.page.keyboard.press('1');
      await stage.click(100, 50);
      expect([await chosen(), await hint()]).toEqual([['Left hand'], ['Next: Left hand']]);
      expect(await spoken()).toBe('Added: Head, 100, 50. Next: Left hand');
      expect(await crowd.faults()).toEqual([]);
      await stage.click(120, 60);
      await stage.click(140, 70);
      expect([await chosen(), await hint()]).toEqual([['Right hand'], []]);
      await stage.click(160, 80);
      expect(await points()).toEqual([
        point('Head', 100, 50),
        point('Left hand', 120, 60),
        point('Right hand', 140, 70),
        point('Right hand', 160, 80),
      ]);
      const lines = await stage.page.locator('#tool .shapes path.stroke').count();
      expect(lines).toBe(0);
    });

    test('it begins where the worker begins, leaves out what is there, and goes on from the end to the beginning', async () => {
      const stage = await openPose([...joints, 'Knee'], `initial-value="[{ label: 'Knee', x: 10, y: 10 }]"`);
      await stage.page.keyboard.press('3');
      await stage.click(100, 50);
      expect(await chosen()).toEqual(['Head']);
      await stage.page.keyboard.press('2');
      await stage.click(120, 60);
      expect(await chosen()).toEqual(['Head']);
      await stage.click(140, 70);
      expect([await chosen(), await hint()]).toEqual([['Head'], []]);
    });

    test('a label that has a point and is chosen once more stays, for as many as there are', async () => {
      const stage = await openPose();
      await stage.page.keyboard.press('1');
      await stage.click(100, 50);
      await stage.page.keyboard.press('1');
      for (const x of [120, 140]) await stage.click(x, 60);
      expect(await chosen()).toEqual(['Head']);
      expect((await points()).length).toBe(3);
    });

    test('moving, relabelling, duplicating and deleting lead nowhere; who takes a point back places it anew', async () => {
      const stage = await openPose();
      const { page } = stage;
      const press = async (...keys: readonly string[]) => {
        for (const key of keys) await page.keyboard.press(key);
      };
      await press('1');
      await stage.click(100, 50);
      await stage.drag([100, 50], [110, 60]);
      expect(await chosen()).toEqual(['Left hand']);
      await press('ArrowRight', 'Control+d');
      expect(await chosen()).toEqual(['Left hand']);
      await press('Delete');
      expect(await chosen()).toEqual(['Left hand']);
      await page.locator('#tool .stage').focus();
      await press('Tab', '3');
      expect(await points()).toEqual([point('Right hand', 111, 60)]);
      expect(await chosen()).toEqual(['Right hand']);
      await press('Escape', '1');
      await stage.click(200, 50);
      expect(await chosen()).toEqual(['Left hand']);
      await press('Control+z');
      expect(await chosen()).toEqual(['Head']);
      await press('Control+y');
      expect(await chosen()).toEqual(['Left hand']);
      await press('Control+z');
      await stage.click(210, 55);
      expect(await points()).toEqual([point('Right hand', 111, 60), point('Head', 210, 55)]);
    });

    test('by keys alone; in a long list the next label comes into view, and the page stays', async () => {
      const { page } = await openPose(Array.from({ length: 60 }, (_each, index) => `Point ${index + 1}`));
      await page.locator('#tool .stage').focus();
      await page.keyboard.press('1');
      await page.evaluate('scrollTo(0, 0)');
      for (let count = 0; count < 30; count++) {
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Enter');
      }
      expect(await chosen()).toEqual(['Point 31']);
      expect((await points()).slice(0, 2)).toEqual([point('Point 1', 201, 100), point('Point 2', 202, 100)]);
      const seen = () =>
        page.evaluate(() => {
          const button = document.querySelector('#tool')!.shadowRoot!.querySelector('.label-button.selected')!;
          const [at, list] = [button, button.closest('.side')!].map((each) => each.getBoundingClientRect());
          return at!.top >= list!.top - 1 && at!.bottom <= list!.bottom + 1 && scrollY === 0;
        });
      await expect.poll(seen).toBe(true);
    });
  });
});
