import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { testImageClassifier, twoColours } from '../../internal/image-classifier.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { useTestImages } from '../../testing/test-images.ts';

const crowd = useCrowdPage();
const images = useTestImages();

describe('crowd-image-classifier-multi-select', () => {
  testFormControl(crowd, {
    tag: 'crowd-image-classifier-multi-select',
    attributes: `src="${twoColours}" header="What is there?" categories="['cat', 'dog', 'bird']"`,
    content: '<worker-comment>Say why</worker-comment>',
    before: undefined,
    after: { labels: ['cat', 'bird'] },
    act: async (page) => {
      await page.getByRole('checkbox', { name: 'bird' }).check();
      await page.getByRole('checkbox', { name: 'cat' }).check();
    },
    keys: ['3', '1', '2', '2'],
    property: ['value', ['dog'], { labels: ['dog'] }],
    requirable: true,
    twice: {
      attributes: [`categories="['a']" initial-value="['a']"`, `categories="['b']" initial-value="['b']"`],
      answer: { labels: ['b'] },
      warns: true,
    },
  });

  testImageClassifier(crowd, images, {
    tag: 'crowd-image-classifier-multi-select',
    answer: { labels: ['cat'] },
    hasOverlay: true,
  });

  test('the exclusion category clears and disables the others and gives no labels, with a comment', async () => {
    const page = await crowd.openForm(
      `<crowd-image-classifier-multi-select id="c" name="q" header="H" src="${twoColours}" categories="['cat', 'dog']"
         exclusion-category="{ text: 'Neither' }"><worker-comment></worker-comment></crowd-image-classifier-multi-select>`,
    );
    await page.getByText('cat').click();
    await page.getByText('Neither').click();
    expect(await page.getByRole('checkbox', { name: 'cat' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Add a comment' }).click();
    await page.keyboard.type('a fox');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([{ q: { labels: [], workerComment: 'a fox' } }]);
  });
});
