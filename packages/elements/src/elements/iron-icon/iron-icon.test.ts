import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';

describe('iron-icon', () => {
  test.each(['search', 'star', 'question-answer', 'report-problem', 'menu', 'settings'])(
    'draws %s, with and without the name of its set, unlike an unknown one',
    async (name) => {
      const page = await crowd.openForm(
        `<iron-icon icon="${name}"></iron-icon><iron-icon icon="icons:${name}"></iron-icon><iron-icon icon="no-such-icon"></iron-icon>`,
      );
      const drawn = await page
        .locator('iron-icon svg')
        .evaluateAll((icons) => icons.map((each) => each.textContent + each.innerHTML.replace(/<!--.*?-->/g, '')));
      expect(drawn).toEqual([drawn[0], drawn[0], expect.not.stringMatching(/^$/)]);
      expect(drawn[2]).not.toBe(drawn[0]);
      expect(await page.locator('iron-icon svg').first().boundingBox()).toMatchObject({ width: 24, height: 24 });
      expect(await crowd.faults()).toEqual([]);
    },
  );

  test('is a picture where it has an address, and nothing where it has neither', async () => {
    const page = await crowd.openForm(
      `<iron-icon icon="${dot}"></iron-icon><iron-icon src="${dot}"></iron-icon><iron-icon></iron-icon>`,
    );
    expect(await page.locator('iron-icon img').count()).toBe(2);
    expect(await page.locator('iron-icon svg').count()).toBe(0);
  });

  test('without an end tag, the text after it stays the text of its button', async () => {
    const page = await crowd.openForm('<crowd-button><iron-icon icon="search"/> Find</crowd-button>');
    expect(await page.getByRole('button', { name: 'Find' }).isVisible()).toBe(true);
    expect(await page.getByText('Find').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
  });
});
