// Where a pointer is and what it means by that, on a page that is read from right to left.
import { expect, test } from 'vitest';
import { useCrowdPage } from './testing/crowd-page.ts';
import { areasIn, drawRectangle, type MaskAnswer } from './testing/mask-page.ts';
import { type StagePointer, stagePointer } from './testing/stage-pointer.ts';
import { useTestImages } from './testing/test-images.ts';

const crowd = useCrowdPage();
const images = useTestImages();

async function open(content: string) {
  const page = await crowd.openForm(`<div dir="rtl">${content}</div>`);
  await page.evaluate('document.documentElement.dir = "rtl"');
  return page;
}

test.each([
  [
    'crowd-bounding-box',
    (stage: StagePointer) => stage.drag([100, 50], [180, 90]),
    { boundingBoxes: [{ height: 40, label: 'Cat', left: 100, top: 50, width: 80 }] },
  ],
  [
    'crowd-polygon',
    async (stage: StagePointer) => {
      for (const [x, y] of [
        [100, 50],
        [180, 50],
        [180, 90],
        [100, 50],
      ] as const)
        await stage.click(x, y);
    },
    {
      polygons: [
        {
          label: 'Cat',
          vertices: [
            { x: 100, y: 50 },
            { x: 180, y: 50 },
            { x: 180, y: 90 },
          ],
        },
      ],
    },
  ],
  [
    'crowd-semantic-segmentation',
    (stage: StagePointer) => drawRectangle(stage, [100, 50, 180, 90]),
    [{ height: 40, label: 'Cat', left: 100, pixels: 3200, top: 50, width: 80 }],
  ],
] as const)('%s has the pixels under the pointer', async (tag, draw, expected) => {
  const page = await open(
    `<${tag} id="tool" name="q" src="${images.url('400x200.png')}" labels="['Cat']"><short-instructions>All of them</short-instructions></${tag}>`,
  );
  await page.waitForFunction(
    'tool.value?.inputImageProperties?.width > 0 && !tool.validationMessage.includes("is loading")',
  );
  await draw(await stagePointer(page));
  const { q } = (await crowd.answer()) as { q: Record<string, unknown> };
  const answer = tag.includes('segmentation') ? areasIn(q as unknown as MaskAnswer) : q;
  expect(answer).toEqual(
    Array.isArray(expected) ? expected : { ...expected, inputImageProperties: { height: 200, width: 400 } },
  );
});

test('a text has the characters under the pointer, whichever way they run', async () => {
  const page = await open(
    `<crowd-entity-annotation id="tool" name="q" text="פגשתי את Ada בחיפה" labels="['person']"></crowd-entity-annotation>`,
  );
  const places = await page.locator('#tool .text-area').evaluate((area) => {
    const node = document.createTreeWalker(area, NodeFilter.SHOW_TEXT).nextNode() as Text;
    const boxOf = (word: string) => {
      const range = document.createRange();
      range.setStart(node, node.data.indexOf(word));
      range.setEnd(node, node.data.indexOf(word) + word.length);
      const { left, right, top, height } = range.getBoundingClientRect();
      return { left, right, y: top + height / 2 };
    };
    return [boxOf('בחיפה'), boxOf('Ada')];
  });
  for (const { left, right, y } of places) {
    await page.mouse.move(right - 1, y);
    await page.mouse.down();
    await page.mouse.move((left + right) / 2, y);
    await page.mouse.move(left + 1, y);
    await page.mouse.up();
  }
  expect(await crowd.answer()).toEqual({
    q: {
      entities: [
        { endOffset: 12, label: 'person', startOffset: 9 },
        { endOffset: 18, label: 'person', startOffset: 13 },
      ],
    },
  });
});

test('a slider grows to the left, and its parts with it', async () => {
  const page = await open(
    '<crowd-slider id="tool" name="q" min="0" max="10" pin secondary-progress="5" aria-label="How"></crowd-slider>',
  );
  const track = (await page.locator('#tool #control').boundingBox())!;
  await page.mouse.click(track.x + track.width * 0.2, track.y + track.height / 2);
  expect(await crowd.answer()).toEqual({ q: 8 });
  await page.keyboard.press('ArrowLeft');
  expect(await crowd.answer()).toEqual({ q: 9 });
  const [done, pin] = await Promise.all(['.done', '.pin'].map((part) => page.locator(`#tool ${part}`).boundingBox()));
  // The bar begins at the right, and the number stands over the knob.
  expect(Math.round(done!.x + done!.width)).toBe(Math.round(track.x + track.width));
  expect(Math.abs(pin!.x + pin!.width / 2 - (track.x + 10 + (track.width - 20) * 0.1))).toBeLessThan(1);
});

test('a badge stands over the corner at the end of a line: the upper left one', async () => {
  const page = await open(
    '<p><span id="about">Messages</span></p><crowd-badge id="tool" for="about" label="3"></crowd-badge>',
  );
  await page.evaluate('dispatchEvent(new Event("resize"))');
  const [about, badge] = await Promise.all(
    ['#about', '#tool .badge'].map((part) => page.locator(part).first().boundingBox()),
  );
  expect(Math.abs(badge!.x + badge!.width / 2 - about!.x)).toBeLessThan(1);
  expect(Math.abs(badge!.y + badge!.height / 2 - about!.y)).toBeLessThan(1);
});
