// What is around the work area of tools on texts: header and instructions.
import { expect, test } from 'vitest';
import { useCrowdPage } from '../testing/crowd-page.ts';

const crowd = useCrowdPage();

test.each([
  ['crowd-entity-annotation', `labels="['verb']"`],
  ['crowd-question-answer-generation', ''],
])('%s: header, short and full instructions stand around it, and controls in them count', async (tag, attributes) => {
  const page = await crowd.openForm(
    `<${tag} id="tool" name="q" header="Read it" text="Go now" ${attributes}>
       <short-instructions header="In short">Do it. <crowd-input name="note" label="Note"></crowd-input></short-instructions>
       <full-instructions>Every detail</full-instructions></${tag}>`,
  );
  expect(await page.getByRole('heading', { name: 'Read it' }).isVisible()).toBe(true);
  expect(await page.getByRole('heading', { name: 'In short' }).isVisible()).toBe(true);
  await page.getByLabel('Note').click();
  await page.keyboard.type('1?');
  expect(await crowd.answer()).toMatchObject({ note: '1?' });
  expect(await page.locator('#tool #shortcuts').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'View full instructions' }).click();
  expect(await page.getByRole('dialog', { name: 'Instructions' }).isVisible()).toBe(true);
  expect(await page.getByText('Every detail').isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Instructions', exact: true }).click();
  expect(await page.getByText('Do it.').isVisible()).toBe(false);
  expect(await crowd.faults()).toEqual([]);
  expect(crowd.complaints).toEqual([]);
});
