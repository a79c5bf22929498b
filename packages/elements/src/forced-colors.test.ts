// What must be told apart, or seen to have the focus, in forced colours; as pixels, since no style says what is really seen.
import { describe, expect, test } from 'vitest';
import { useCrowdPage } from './testing/crowd-page.ts';
import { everyElement } from './testing/every-element.ts';
import { looks } from './testing/looks.ts';
import { useTestImages } from './testing/test-images.ts';

const crowd = useCrowdPage({ device: { forcedColors: 'active' } });
const images = useTestImages();

describe('in forced colours', () => {
  test.each([
    [
      'a ticked box',
      '<crowd-checkbox id="on" checked>x</crowd-checkbox>',
      '<crowd-checkbox id="off">x</crowd-checkbox>',
    ],
    [
      'a switch that is on',
      '<crowd-toggle-button id="on" checked>x</crowd-toggle-button>',
      '<crowd-toggle-button id="off">x</crowd-toggle-button>',
    ],
    [
      'a chosen radio button',
      '<crowd-radio-button id="on" name="a" checked>x</crowd-radio-button>',
      '<crowd-radio-button id="off" name="b">x</crowd-radio-button>',
    ],
    [
      'the value of a slider beside where its knob is',
      '<crowd-slider id="on" min="0" max="2" value="1" aria-label="x" secondary-progress="2"></crowd-slider>',
      '<crowd-slider id="off" min="0" max="2" value="1" aria-label="x"></crowd-slider>',
    ],
  ])('%s looks different', async (_title, on, off) => {
    const page = await crowd.openForm(on + off);
    const [first, second] = [await page.locator('#on').screenshot(), await page.locator('#off').screenshot()];
    expect(first.equals(second)).toBe(false);
  });

  test('of tabs only the one that is shown is underlined', async () => {
    const page = await crowd.openForm(
      '<crowd-tabs><crowd-tab header="One">a</crowd-tab><crowd-tab header="Two">b</crowd-tab></crowd-tabs>',
    );
    const canvas = await page.evaluate(() => {
      const probe = Object.assign(document.createElement('i'), { style: 'color: Canvas' });
      document.body.append(probe);
      return getComputedStyle(probe).color;
    });
    expect(
      await page
        .locator('.tab')
        .evaluateAll((tabs, canvas) => tabs.map((tab) => getComputedStyle(tab).borderBottomColor !== canvas), canvas),
    ).toEqual([true, false]);
  });

  test.each(everyElement)('whatever has the focus in $tags.0 shows it', async ({ html, states }) => {
    const page = await crowd.openForm(html(images));
    await Object.values(states)[0]!(page);
    const found = new Set<string>();
    await page.evaluate('document.body.focus()');
    for (let count = 0; count < 40; count++) {
      await page.keyboard.press('Tab');
      const focused = await looks.focus(page);
      if (focused === undefined || found.has(focused)) break;
      found.add(focused);
    }
    expect([...found].length).toBeGreaterThan(0);
    expect([...found].filter((each) => each.startsWith('not'))).toEqual([]);
  });
});
