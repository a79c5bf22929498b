import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const topics = (attributes = '') =>
  `<crowd-classifier-multi-select id="c" name="topics" header="Topics?" categories="['art', 'music', 'sport']" ${attributes}>
     <classification-target>Some text</classification-target>
   </crowd-classifier-multi-select>`;
const excluding = `exclusion-category="{ text: 'None of these' }"`;

describe('crowd-classifier-multi-select', () => {
  testFormControl(crowd, {
    tag: 'crowd-classifier-multi-select',
    attributes: `header="Topics?" categories="['art', 'music', 'sport']"`,
    content: '<classification-target>text</classification-target>',
    before: undefined,
    after: { labels: ['art', 'sport'] },
    act: async (page) => {
      await page.getByRole('checkbox', { name: 'sport' }).check();
      await page.getByRole('checkbox', { name: 'art' }).check();
    },
    keys: ['3', '1', '2', '2'],
    property: ['value', ['music'], { labels: ['music'] }],
    requirable: true,
    twice: {
      attributes: [`categories="['a']" initial-value="['a']"`, `categories="['b']" initial-value="['b']"`],
      answer: { labels: ['b'] },
      warns: true,
    },
  });

  test.each([
    [`initial-value="['sport','art','unknown']"`, ['art', 'sport']],
    ['initial-value="music"', ['music']],
    ['', []],
  ])('with %s the value is %j', async (attributes, expected) => {
    const page = await crowd.openForm(topics(attributes));
    expect(await page.evaluate('c.value')).toEqual(expected);
  });

  test('at least one is needed, or the exclusion category, which clears and disables the others', async () => {
    const page = await crowd.openForm(topics(excluding));
    const submit = page.getByRole('button', { name: 'Submit' });
    await submit.click();
    expect(await page.locator('#c #complaint').textContent()).toBe('Please choose at least one category.');
    await page.getByText('art').click();
    await page.getByText('None of these').click();
    expect(await page.getByRole('checkbox', { name: 'art' }).isDisabled()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'art' }).isChecked()).toBe(false);
    expect(await crowd.faults()).toEqual([]);
    expect(await crowd.answer()).toEqual({ topics: { labels: [] } });
    await page.getByText('None of these').click();
    expect(await crowd.answer()).toEqual({});
    await page.keyboard.press('4');
    await submit.click();
    expect(await crowd.submitted()).toEqual([{ topics: { labels: [] } }]);
  });
});
