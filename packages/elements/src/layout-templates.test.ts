// Whole templates with the elements around controls, and with the image classifiers, answered as a worker would.
import { describe, expect, test } from 'vitest';
import { scriptTag, useCrowdPage } from './testing/crowd-page.ts';
import { asDataUrl, png } from './testing/png.ts';

const crowd = useCrowdPage({ loadsAnew: true });
const image = asDataUrl(png(60, 40, (x, y) => (x > 20 && y > 10 ? '#7799aa' : '#334455')));

async function openTemplate(source: string) {
  const page = await crowd.open(source);
  await page.evaluate(
    'document.querySelector("crowd-form").transport = ({ answerContent }) => { submitted.push(answerContent) }',
  );
  return page;
}

const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();

describe('templates', () => {
  test('a survey in tabs with a required field in a hidden tab, and a toast at load', async () => {
    const page = await openTemplate(`${scriptTag}
<crowd-form answer-format="flatten-objects">
  <crowd-toast duration="10000" text="You have an hour." opened></crowd-toast>
  <crowd-tabs>
    <crowd-tab header="About you"><crowd-input name="age" label="Age" type="number"></crowd-input></crowd-tab>
    <crowd-tab header="Your view">
      <crowd-radio-group><crowd-radio-button name="pro" value="yes">For it</crowd-radio-button><crowd-radio-button name="con" value="yes">Against it</crowd-radio-button></crowd-radio-group>
      <crowd-text-area name="why" label="Why" required rows="3"></crowd-text-area>
      <select name="sure" required aria-label="Sure?"><option value="">Choose<option>yes<option>no</select>
    </crowd-tab>
  </crowd-tabs>
</crowd-form>`);
    expect(await page.getByText('You have an hour.').isVisible()).toBe(true);
    expect(await page.getByText('For it').isVisible()).toBe(false);
    await submit();
    expect(await page.getByText('For it').isVisible()).toBe(true);
    await page.getByLabel('Sure?').selectOption('no');
    await page.getByRole('tab', { name: 'About you' }).click();
    await submit();
    await page.keyboard.type('Because');
    await page.getByText('Against it').click();
    await submit();
    expect(await crowd.submitted()).toEqual([{ con: { yes: true }, pro: { yes: false }, sure: 'no', why: 'Because' }]);
  });

  test('buttons, badge and icon without end tags, and a script that submits', async () => {
    const page = await openTemplate(`<!DOCTYPE html>${scriptTag}
<crowd-form>
  <p id="mail">Inbox</p>
  <crowd-badge icon="star" for="mail"/>
  <crowd-icon-button id="send" icon="search" title="Send it"/>
  <iron-icon icon="question-answer"/>
  <crowd-input name="reply" label="Reply"></crowd-input>
  <crowd-fab icon="report-problem" title="Report"></crowd-fab>
</crowd-form>
<script>
  document.querySelector('crowd-fab').addEventListener('click', () => document.querySelector('crowd-form').submit());
</script>`);
    await page.getByRole('textbox', { name: 'Reply' }).fill('yes');
    await page.getByRole('button', { name: 'Report' }).click();
    expect(await crowd.submitted()).toEqual([{ reply: 'yes' }]);
    expect(crowd.complaints).toEqual([]);
  });

  test('a modal with help outside of the form, and one with a question inside', async () => {
    const page = await openTemplate(`<!DOCTYPE html>${scriptTag}
<crowd-modal link-text="See examples" link-type="button"><h4>Examples</h4><p>This one is good.</p></crowd-modal>
<crowd-form>
  <crowd-input name="title" label="Title" required></crowd-input>
  <crowd-modal link-text="Report a problem"><crowd-checkbox name="problem" value="offensive">Offensive</crowd-checkbox></crowd-modal>
</crowd-form>`);
    await page.getByRole('button', { name: 'See examples' }).click();
    expect(await page.getByText('This one is good.').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Title' }).fill('A title');
    await page.getByRole('button', { name: 'Report a problem' }).click();
    await page.getByText('Offensive').click();
    await page.getByRole('button', { name: 'Close' }).click();
    await submit();
    expect(await crowd.submitted()).toEqual([{ problem: { offensive: true }, title: 'A title' }]);
    expect(crowd.complaints).toEqual([]);
  });

  test('labels of an earlier job to verify, with a comment, by keys alone', async () => {
    const page = await openTemplate(`<script src="/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-image-classifier name="check" src="${image}" header="Are the boxes right?" categories="['Right', 'Wrong']"
    overlay="{&quot;boundingBox&quot;: {labels: ['Van'], value: [{&quot;height&quot;:20,&quot;label&quot;:&quot;Van&quot;,&quot;left&quot;:20,&quot;top&quot;:10,&quot;width&quot;:30},]}}">
    <full-instructions header="How to check"><p>Look at each edge.</p></full-instructions>
    <short-instructions><p>Check the boxes.</p></short-instructions>
    <worker-comment header="What is wrong?" link-text="Say what is wrong" placeholder="One sentence"><p>Name the box.</p></worker-comment>
  </crowd-image-classifier>
</crowd-form>`);
    await page.locator('.legend').getByText('Van').waitFor();
    await page.keyboard.press('2');
    await page.getByRole('button', { name: 'Say what is wrong' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Too wide');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Submit' }).focus();
    await page.keyboard.press('Enter');
    expect(await crowd.submitted()).toEqual([{ check: { label: 'Wrong', workerComment: 'Too wide' } }]);
    expect(crowd.complaints).toEqual([]);
  });

  test('a moderation task of a service, with its labels as Liquid prints them', async () => {
    const page = await openTemplate(`<script src="/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-rekognition-detect-moderation-labels src="${image}" header="Review the image"
    categories='[ { name: "Explicit &amp; more", parentName: "" }, { name: "Violence", parentName: "" }, ]'>
    <short-instructions header="Instructions">Choose all that apply, or “None”.</short-instructions>
    <full-instructions header="Instructions">All of it</full-instructions>
  </crowd-rekognition-detect-moderation-labels>
</crowd-form>`);
    await page.getByText('Explicit & more').click();
    await submit();
    expect(await crowd.submitted()).toEqual([
      {
        'AWS/Rekognition/DetectModerationLabels/Image/V3': {
          moderationLabels: [{ name: 'Explicit & more', parentName: '' }],
        },
      },
    ]);
  });

  test('a required field in the full instructions opens them', async () => {
    const page = await openTemplate(`<!DOCTYPE html>${scriptTag}<crowd-form>
  <full-instructions header="Read me"><crowd-checkbox name="read" required>I have read this</crowd-checkbox></full-instructions></crowd-form>`);
    await submit();
    expect(await page.getByRole('dialog', { name: 'Read me' }).isVisible()).toBe(true);
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await submit();
    expect(await crowd.submitted()).toEqual([{ read: { on: true } }]);
  });

  test.each([
    ['de', 'Fenster öffnen', 'Reiter 1', 'Keine', 'Diese Aufgabe nennt kein Bild.'],
    ['es-MX', 'Abrir la ventana', 'Pestaña 1', 'Ninguna', 'Esta tarea no indica ninguna imagen.'],
    ['ja', 'ウィンドウを開く', 'タブ 1', '該当なし', 'このタスクには画像の指定がありません。'],
    ['fr', 'Click to open modal', 'Tab 1', 'None', 'This task names no image.'],
  ])('in %s, what the template does not say is said in its language', async (language, ...expected) => {
    const page =
      await crowd.open(`<!DOCTYPE html><html lang="${language}">${scriptTag}<crowd-form><crowd-modal>x</crowd-modal>
      <crowd-tabs><crowd-tab>y</crowd-tab></crowd-tabs><crowd-rekognition-detect-moderation-labels categories="['a']"></crowd-rekognition-detect-moderation-labels></crowd-form>`);
    for (const text of expected) expect(await page.getByText(text, { exact: true }).first().isVisible()).toBe(true);
  });
});
