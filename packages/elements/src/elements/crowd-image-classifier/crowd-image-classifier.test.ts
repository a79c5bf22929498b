import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { testImageClassifier, twoColours } from '../../internal/image-classifier.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { useTestImages } from '../../testing/test-images.ts';

const crowd = useCrowdPage();
const images = useTestImages();

describe('crowd-image-classifier', () => {
  testFormControl(crowd, {
    tag: 'crowd-image-classifier',
    attributes: `src="${twoColours}" header="What is it?" categories="['cat', 'dog']"`,
    content:
      '<worker-comment>Say why</worker-comment><short-instructions>short</short-instructions><full-instructions>full</full-instructions>',
    before: undefined,
    after: { label: 'dog' },
    act: (page) => page.getByRole('radio', { name: 'dog' }).first().check(),
    keys: ['2'],
    property: ['value', 'cat', { label: 'cat' }],
    requirable: true,
    twice: {
      attributes: [`categories="['a']" initial-value="a"`, `categories="['b']" initial-value="b"`],
      answer: { label: 'b' },
      warns: true,
    },
  });

  testImageClassifier(crowd, images, {
    tag: 'crowd-image-classifier',
    answer: { label: 'cat' },
    hasOverlay: true,
  });

  test('value is the label, and _submittableValue a fresh copy with the comment', async () => {
    const page = await crowd.openForm(
      `<crowd-image-classifier id="c" name="q" header="H" src="${twoColours}" categories="['cat']"><worker-comment></worker-comment></crowd-image-classifier>`,
    );
    await page.getByRole('button', { name: 'Add a comment' }).click();
    await page.keyboard.type('blurred');
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    expect(await page.evaluate('c.value')).toBe('cat');
    expect(await page.evaluate('c._submittableValue.label = "x", c._submittableValue')).toEqual({
      label: 'cat',
      workerComment: 'blurred',
    });
  });
});
