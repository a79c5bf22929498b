// What is around the work area of the document tool, and an image that does not come.
import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { useTestImages } from '../../testing/test-images.ts';

const crowd = useCrowdPage();
const images = useTestImages();
const blocks = [
  { blockType: 'KEY_VALUE_SET', entityTypes: ['KEY'], id: 'k', relationships: [{ ids: ['w'], type: 'CHILD' }] },
  { blockType: 'WORD', id: 'w', text: 'Name' },
];
const element = (src: string, content = '') =>
  `<crowd-textract-analyze-document id="tool" src="${src}" header="Review the page" data-watch
    initial-value="${JSON.stringify(blocks).replaceAll('"', '&quot;')}">${content}</crowd-textract-analyze-document>`;
const loaded = () => crowd.page.waitForFunction('tool.shadowRoot?.querySelector("svg.shapes")');
const alerts = () => crowd.page.locator('#tool crowd-alert').allTextContents();

describe('crowd-textract-analyze-document', () => {
  test('header, short and full instructions stand around it; keys typed into a field there mean nothing to it', async () => {
    const page = await crowd.openForm(
      element(
        images.url('400x200.png'),
        `<short-instructions header="In short">Do it. <crowd-input name="note" label="Note"></crowd-input></short-instructions>
         <full-instructions header="All of it">Every detail</full-instructions>`,
      ),
    );
    await loaded();
    expect(await page.getByRole('heading', { name: 'Review the page' }).isVisible()).toBe(true);
    expect(await page.getByRole('heading', { name: 'In short' }).isVisible()).toBe(true);
    await page.getByLabel('Note').click();
    await page.keyboard.type('nab?');
    expect(await page.locator('#tool #shortcuts').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'View full instructions' }).click();
    expect(await page.getByRole('dialog', { name: 'All of it' }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await crowd.answer()).toEqual({ 'AWS/Textract/AnalyzeDocument/Forms/V1': { blocks }, note: 'nab?' });
    expect(await crowd.faults()).toEqual([]);
    expect(crowd.complaints.filter((text) => !text.includes('status'))).toEqual([]);
  });

  test.each([
    ['status/403', 'The image may not be seen (403). Its address may have run out: please reload the task.'],
    ['status/500', 'The server of the image has answered with an error (500).'],
    ['closed/status/404', 'The image could not be loaded: its server was not reached or does not allow it.'],
  ])('an image that answers %s is named and can be tried again', async (path, sentence) => {
    const page = await crowd.openForm(element(images.url(path)));
    await expect.poll(alerts).toEqual([sentence]);
    const before = images.count(path);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => images.count(path)).toBeGreaterThan(before);
    await expect.poll(alerts).toEqual([sentence]);
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    expect(await crowd.submitted()).toEqual([]);
  });

  test('an image that never answers can be tried again; no image at all is said', async () => {
    const page = await crowd.openForm(element(''));
    expect(await alerts()).toEqual(['This task names no image.']);
    await page.clock.install();
    await page.evaluate((src) => Object.assign(document.querySelector('#tool')!, { src }), images.url('never'));
    await expect.poll(() => images.count('never')).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    expect(await page.locator('#tool #complaint').textContent()).toBe('The image is loading …');
    await page.clock.fastForward(11_000);
    await page.getByText('The image takes long to load.').waitFor();
    images.answer();
    await page.getByRole('button', { name: 'Try again' }).click();
    await loaded();
    await page.clock.resume();
  });

  test('a script may refuse it', async () => {
    const page = await crowd.openForm(element(images.url('400x200.png')));
    await loaded();
    await page.evaluate('tool.setCustomValidity("Not yet.")');
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.locator('#tool #complaint').textContent()).toBe('Not yet.');
  });
});
