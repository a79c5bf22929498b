// Drafts of answers that are more than one control, or half of one: taken, put back into the page that is loaded anew, submitted.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useCrowdPage } from './testing/crowd-page.ts';
import { blocks, escaped } from './testing/document-page.ts';
import { restoreDrafts, takeDrafts } from './testing/drafts.ts';
import { allTags } from './testing/every-element.ts';
import { stagePointer } from './testing/stage-pointer.ts';
import { useTestImages } from './testing/test-images.ts';

const crowd = useCrowdPage({ loadsAnew: true });
const images = useTestImages();
const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

interface Work {
  readonly html: () => string;
  readonly enter: (page: Page) => Promise<unknown>;
  /** What the answer has to hold, to be sure that something was entered. */
  readonly holds: string;
}

const works: Readonly<Record<string, Work>> = {
  'another radio button, boxes of one name, an emptied field, a slider': {
    html: () =>
      `<crowd-radio-group><crowd-radio-button name="a" checked>A</crowd-radio-button><crowd-radio-button name="b">B</crowd-radio-button></crowd-radio-group>
       <crowd-checkbox name="c" value="x" checked>X</crowd-checkbox><crowd-checkbox name="c" value="y">Y</crowd-checkbox>
       <crowd-input name="q" value="given"></crowd-input><crowd-slider name="s" value="50"></crowd-slider>`,
    enter: async (page) => {
      for (const name of ['B', 'X', 'Y']) await page.getByText(name, { exact: true }).click();
      await page.locator('crowd-input input').fill('');
      await page.locator('crowd-slider #control').press('ArrowRight');
    },
    holds: '{"a":{"on":false},"b":{"on":true},"c":{"x":false,"y":true},"s":51}',
  },
  'a category and a comment': {
    html: () =>
      `<crowd-image-classifier name="q" src="${images.url('40x20.png')}" categories="['cat', 'dog']"><worker-comment></worker-comment></crowd-image-classifier>`,
    enter: async (page) => {
      await press(page, '2');
      await page.getByRole('button', { name: 'Add a comment' }).click();
      await page.keyboard.type('blurred');
    },
    holds: '"label":"dog","workerComment":"blurred"',
  },
  'no category but the one for none': {
    html: () =>
      `<crowd-rekognition-detect-moderation-labels name="q" src="${images.url('40x20.png')}" categories="['a', 'b']"></crowd-rekognition-detect-moderation-labels>`,
    enter: (page) => press(page, '1', '3'),
    holds: '"moderationLabels":[]',
  },
  'half a ranking': {
    html: () =>
      `<crowd-text-ranking responses="['One', 'Two', 'Three']" ordinal-ranking-dimensions="[{name: 'A', allowTie: true}, {name: 'B'}]"></crowd-text-ranking>`,
    enter: async (page) => {
      await page.locator('#chip-0-2').click();
      await page.locator('#chip-1-0').click();
    },
    holds: '"responseRankings":[null,null,1]',
  },
  'a question without an answer, and one with tags and passages': {
    html: () =>
      `<crowd-question-answer-generation name="q" text="😀 Ada wrote it." question-tags="['Who']" allow-custom-question-tags="true"></crowd-question-answer-generation>`,
    enter: async (page) => {
      await page.locator('.text-stage').focus();
      await press(page, 'Control+Home', 'Control+ArrowRight', 'Control+Shift+ArrowRight', 'Enter');
      await page.getByRole('textbox', { name: 'Question' }).fill('Who?');
      await page.getByRole('checkbox', { name: 'Who', exact: true }).check();
      await page.getByRole('button', { name: 'Add a question' }).click();
      await page.keyboard.type('And wh');
    },
    holds: '"question":"And wh"',
  },
  'spans, one of those to begin with gone': {
    html: () =>
      `<crowd-entity-annotation name="q" text="😀 Ada met Charles." labels="['one', 'two']" initial-value="[{ label: 'two', startOffset: 2, endOffset: 5 }, { label: 'one', startOffset: 6, endOffset: 9 }]"></crowd-entity-annotation>`,
    enter: async (page) => {
      await page.locator('.text-stage').focus();
      await press(page, 'n', 'Delete', 'Control+End', 'Control+Shift+ArrowLeft', '2');
    },
    holds: '"initialValueModified":true',
  },
  'spans that are what they were': {
    html: () =>
      `<crowd-entity-annotation name="q" text="Ada met Charles." labels="['one', 'two']" initial-value="[{ label: 'two', startOffset: 0, endOffset: 3 }]"></crowd-entity-annotation>`,
    enter: async (page) => {
      await page.locator('.text-stage').focus();
      await press(page, 'n', 'Delete', 'Control+z');
    },
    holds: '"initialValueModified":false',
  },
  'pairs of a document: texts, boxes, ticks, a new one, a rejected one': {
    html: () =>
      `<crowd-textract-analyze-document id="tool" src="${images.url('400x200.png')}" header="Review" keys="[{ importantFormKey: 'Total' }]"
        initial-value="${escaped(blocks)}"></crowd-textract-analyze-document>`,
    enter: async (page) => {
      const row = (text: string) => page.locator('#tool .pair-head', { hasText: text });
      const value = page.locator('#tool .value-field');
      await row('Total').click();
      await value.fill('7 €');
      await row('Full Name:').click();
      await value.fill('Jane Roe');
      await page.getByRole('button', { name: /value/i }).first().click();
      await press(page, 'Shift+ArrowRight', 'Escape');
      await row('Married').click();
      await page.getByRole('checkbox').first().click();
      await row('Phone').click();
      await page.getByRole('radio', { name: 'No' }).check();
      await page.locator('#tool #add').click();
      await page.locator('#tool .key-field').fill('Fax number');
      await page.locator('#tool .value-field').fill('none');
      await row('Address').click();
      await page.locator('#tool .accept').click();
    },
    holds: '"text":"7 €"',
  },
  'shapes, and a polygon that is not ended': {
    html: () =>
      `<crowd-polygon id="tool" name="q" src="${images.url('400x200.png')}" labels="['Cat', 'Dog']"></crowd-polygon>`,
    enter: async (page) => {
      await page.waitForFunction('tool.value.inputImageProperties.width > 0');
      const stage = await stagePointer(page);
      const draw = async (...points: readonly (readonly [number, number])[]) => {
        await press(page, '1');
        for (const [x, y] of points) await stage.click(x, y);
      };
      await draw([50, 40], [350, 40], [200, 180], [50, 40]);
      await draw([10, 10], [30, 10]);
    },
    holds: '"vertices":[{"x":50,"y":40},{"x":350,"y":40},{"x":200,"y":180}]',
  },
};

describe('drafts', () => {
  test.each(Object.entries(works))('R2: %s', async (_what, { html, enter, holds }) => {
    const page = await crowd.openForm(html());
    const before = await crowd.answer();
    await enter(page);
    const entered = await crowd.answer();
    expect(JSON.stringify(entered)).toContain(holds);
    const drafts = await takeDrafts(page);
    await crowd.openForm(html());
    expect(await takeDrafts(page)).toEqual({});
    await restoreDrafts(page, drafts);
    await expect.poll(crowd.answer).toEqual(entered);
    expect(await takeDrafts(page)).toEqual(drafts);
    await page.evaluate('document.querySelector("crowd-form").reset()');
    await expect.poll(crowd.answer).toEqual(before);
    expect(crowd.complaints).toEqual([]);
  });

  test('R2: what is secret, or a file, or hidden is in no draft', async () => {
    const page = await crowd.openForm(
      ['password', 'file', 'hidden'].map((type) => `<crowd-input id="${type}" type="${type}"></crowd-input>`).join(''),
    );
    await page.locator('#password input').fill('s3cret');
    await page
      .locator('#file input')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
    await page.evaluate('document.querySelector("#hidden").value = "x"');
    expect(await takeDrafts(page)).toEqual({});
  });

  test('R2: what is no state of theirs is taken by none, and breaks none', async () => {
    const tags = allTags.filter((tag) => tag.startsWith('crowd-') && tag !== 'crowd-form');
    const page = await crowd.openForm(tags.map((tag) => `<${tag} name="${tag}"></${tag}>`).join(''));
    const answer = await crowd.answer();
    const asked = await page.evaluate((tags) => {
      const hookOf = (tag: string) =>
        (document.querySelector(tag) as unknown as Record<symbol, { restore(state: unknown): void } | undefined>)[
          Symbol.for('holdpoint.draft')
        ];
      const hooked = tags.filter((tag) => hookOf(tag) !== undefined);
      for (const state of [null, { of: 'another kind' }, [[{}]], { isNothing: 1, marks: [{}], pairs: [{}], ids: 0 }])
        for (const tag of hooked) hookOf(tag)!.restore(state);
      return hooked.length;
    }, tags);
    expect(asked).toBeGreaterThan(20);
    expect(await crowd.answer()).toEqual(answer);
    expect(crowd.complaints).toEqual([]);
  });

  test('R2: every element that answers has the hook', async () => {
    const page = await crowd.openForm(allTags.map((tag) => `<${tag}></${tag}>`).join(''));
    const without = await page.evaluate(
      (tags) =>
        tags.filter((tag) => {
          const element = document.querySelector(tag)!;
          return '_submittableValue' in element && !(Symbol.for('holdpoint.draft') in element);
        }),
      [...allTags],
    );
    expect(without).toEqual([]);
  });
});
