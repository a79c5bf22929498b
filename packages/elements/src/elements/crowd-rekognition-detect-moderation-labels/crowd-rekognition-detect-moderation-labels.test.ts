import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { testImageClassifier, twoColours } from '../../internal/image-classifier.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { useTestImages } from '../../testing/test-images.ts';

const crowd = useCrowdPage();
const images = useTestImages();
const tag = 'crowd-rekognition-detect-moderation-labels';
const key = 'AWS/Rekognition/DetectModerationLabels/Image/V3';
const objects = `[{ name: 'Weapons', parentName: 'Violence' }, { name: 'Gore', parentName: 'Violence', confidence: 51.5 }, 'Smoking']`;
const moderation = (attributes = '', content = '') =>
  `<${tag} id="c" src="${twoColours}" header="What is there?" categories="${objects}" ${attributes}>${content}</${tag}>`;
const submit = () => crowd.page.getByRole('button', { name: 'Submit' }).click();

describe(tag, () => {
  testFormControl(crowd, {
    tag,
    attributes: `src="${twoColours}" header="What is there?" categories="[{ name: 'Weapons', parentName: 'Violence' }, 'Smoking']"`,
    content:
      '<short-instructions header="Instructions">short</short-instructions><full-instructions>full</full-instructions>',
    before: undefined,
    after: { moderationLabels: [{ name: 'Weapons', parentName: 'Violence' }, 'Smoking'] },
    act: async (page) => {
      await page.getByRole('checkbox', { name: 'Smoking' }).check();
      await page.getByRole('checkbox', { name: 'Weapons' }).check();
    },
    keys: ['2', '1'],
    property: ['value', ['Smoking'], { moderationLabels: ['Smoking'] }],
    requirable: true,
    ownName: key,
    twice: {
      attributes: [
        `categories="['Gore']" initial-value="['Gore']"`,
        `categories="['Smoking']" initial-value="['Smoking']"`,
      ],
      answer: { moderationLabels: ['Smoking'] },
      warns: true,
    },
  });

  testImageClassifier(crowd, images, { tag, answer: { moderationLabels: ['cat'] }, hasOverlay: false });

  test('the answer has a key of its own and the chosen objects whole', async () => {
    const page = await crowd.openForm(moderation());
    await page.getByText('Gore').click();
    await page.getByText('Smoking').click();
    await submit();
    expect(await crowd.submitted()).toEqual([
      { [key]: { moderationLabels: [{ confidence: 51.5, name: 'Gore', parentName: 'Violence' }, 'Smoking'] } },
    ]);
    expect(crowd.complaints).toEqual([]);
  });

  test.each([
    ['', 'None'],
    [`exclusion-category="{ text: 'Nothing of it' }"`, 'Nothing of it'],
    [`exclusion-category="{ broken"`, 'None'],
  ])(
    'nothing chosen blocks; with %s the button "%s" clears, disables, enables again, and gives an empty list',
    async (attributes, none) => {
      const page = await crowd.openForm(moderation(attributes));
      await submit();
      expect(await crowd.submitted()).toEqual([]);
      expect(await page.locator('#c #complaint').textContent()).toBe('Please choose at least one category.');
      await page.getByText('Gore').click();
      await page.getByText(none, { exact: true }).click();
      expect(await page.getByRole('checkbox', { name: 'Gore' }).isChecked()).toBe(false);
      expect(await page.getByRole('checkbox', { name: 'Gore' }).isDisabled()).toBe(true);
      await page.getByText(none, { exact: true }).click();
      expect(await page.getByRole('checkbox', { name: 'Gore' }).isDisabled()).toBe(false);
      await page.getByText(none, { exact: true }).click();
      await submit();
      expect(await crowd.submitted()).toEqual([{ [key]: { moderationLabels: [] } }]);
    },
  );

  test('categories can be set as objects, and equal names count once, as the first', async () => {
    const page = await crowd.openForm(moderation());
    await page.evaluate(`c.categories = [{ name: 'A', id: 1 }, { name: 'A', id: 2 }, { name: '<i>B</i>' }]`);
    await page.getByText('A', { exact: true }).click();
    expect(await crowd.answer()).toEqual({ [key]: { moderationLabels: [{ id: 1, name: 'A' }] } });
    expect(await page.getByRole('checkbox', { name: '<i>B</i>' }).count()).toBe(1);
    expect(
      await page.evaluate(`c._submittableValue.moderationLabels[0].id = 9, c._submittableValue.moderationLabels[0].id`),
    ).toBe(1);
  });
});
