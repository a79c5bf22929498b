import { expect, test } from 'vitest';
import { useCrowdPage } from '../testing/crowd-page.ts';
import { useTestImages } from '../testing/test-images.ts';

const crowd = useCrowdPage();
const images = useTestImages();

const tools = () => [
  `<crowd-bounding-box id="tool" src="${images.url('400x300.png')}" labels="['Cat', 'Dog']">`,
  `<crowd-semantic-segmentation id="tool" src="${images.url('400x300.png')}" labels="['Cat', 'Dog']">`,
  `<crowd-textract-analyze-document id="tool" src="${images.url('400x300.png')}" keys="[{ importantFormKey: 'Town' }]">`,
  `<crowd-entity-annotation id="tool" text="Ada lives here." labels="['Name']">`,
  `<crowd-question-answer-generation id="tool" text="Ada lives here." question-tags="['Who']">`,
  `<crowd-text-ranking id="tool" responses="['One', 'Two']" ordinal-ranking-dimensions="[{ name: 'Good' }]">`,
];
const instructions = `<short-instructions>${'<p>What is to be done, and what is not.</p>'.repeat(9)}</short-instructions>`;

interface Seen {
  readonly besides: boolean;
  readonly share: number;
  readonly overflow: number;
}

/** What stands beside the work area, what part of the element it has, and how far anything reaches out of the element. */
const look = (): Promise<Seen> =>
  crowd.page.evaluate(() => {
    const host = document.querySelector('#tool')!;
    const all = (selector: string) =>
      [...host.shadowRoot!.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
    const content = all('.annotation-area')[0]!;
    const { width, right } = host.getBoundingClientRect();
    const parts = all('#instructions, #shortcuts, .side, .side > *').filter((part) => part.width * part.height > 0);
    return {
      besides: parts.some((part) => part.left >= content.right || part.right <= content.left),
      share: content.width / width,
      overflow: Math.max(0, ...[content, ...parts].map((part) => part.right - right)),
    };
  });

// The window is 1280 wide: only the room of the element decides.
test.each([
  [1264, true],
  [1000, true],
  [760, true],
  [701, true],
  [640, false],
  [374, false],
])('with %i pixels the work area has more than half of them', async (width, besides) => {
  for (const tool of tools()) {
    const page = await crowd.open(
      `<div style="width:${width}px">${tool}${instructions}${tool.replace(/ .*/, '').replace('<', '</')}></div>`,
    );
    for (const isShown of [false, true]) {
      if (isShown) await page.locator('#tool').getByRole('button', { name: 'Shortcuts' }).click();
      const seen = await look();
      expect([tool, isShown, seen.besides, seen.overflow]).toEqual([tool, isShown, besides, 0]);
      expect([tool, seen.share > 0.545]).toEqual([tool, true]);
    }
    // The shortcuts have taken the place of the instructions.
    expect(await page.locator('#tool #instructions').isVisible()).toBe(false);
  }
});

test('in a wide window the instructions have a column of their own', async () => {
  await crowd.page.setViewportSize({ width: 1700, height: 800 });
  for (const tool of tools()) {
    const page = await crowd.open(`${tool}${instructions}${tool.replace(/ .*/, '').replace('<', '</')}>`);
    const seen = await look();
    expect([tool, seen.besides, seen.overflow, seen.share > 0.545]).toEqual([tool, true, 0, true]);
    const [pane, content, side] = await Promise.all(
      ['#instructions', '.annotation-area', '.side'].map(
        async (name) => (await page.locator(`#tool ${name}`).boundingBox())!,
      ),
    );
    expect([pane!.x < content!.x, content!.x < side!.x]).toEqual([true, true]);
    // However wide a template or a worker makes them.
    await page.locator('#tool #instructions').evaluate((pane) => Object.assign(pane.style, { width: '900px' }));
    expect([tool, (await look()).share > 0.545]).toEqual([tool, true]);
  }
  await crowd.page.setViewportSize({ width: 1280, height: 800 });
});

test.each([
  ['a flexible box', 'display:flex'],
  ['a cell of a grid', 'display:grid;grid-template-columns:auto 1fr'],
  ['a table', 'display:table'],
])('has a width of its own in %s', async (_title, style) => {
  await crowd.page.setViewportSize({ width: 1280, height: 800 });
  await crowd.open(`<div style="${style}">${tools()[0]}</crowd-bounding-box></div>`);
  const { width } = (await crowd.page.locator('#tool').boundingBox())!;
  expect(width).toBeGreaterThan(900);
  expect(await crowd.page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
});
