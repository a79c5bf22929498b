import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const mood = (attributes = '', content = '') =>
  `<crowd-classifier id="c" name="mood" header="Mood?" categories="['calm', 'glad', 'sad']" data-watch ${attributes}>
     <classification-target><p id="text">Some text</p></classification-target>${content}
   </crowd-classifier>`;
const label = (label: string) => ({ mood: { label } });

describe('crowd-classifier', () => {
  testFormControl(crowd, {
    tag: 'crowd-classifier',
    attributes: `header="Mood?" categories="['calm', 'glad', 'sad',]"`,
    content:
      '<classification-target>text</classification-target><short-instructions>short</short-instructions><full-instructions>full</full-instructions>',
    before: undefined,
    after: { label: 'glad' },
    act: (page) => page.getByRole('radio', { name: 'glad' }).first().check(),
    keys: ['2'],
    property: ['value', 'sad', { label: 'sad' }],
    requirable: true,
    twice: {
      attributes: [`categories="['a']" initial-value="a"`, `categories="['b']" initial-value="b"`],
      answer: { label: 'b' },
      warns: true,
    },
  });

  test('a choice is needed before submission, without any attribute', async () => {
    const page = await crowd.openForm(mood());
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.locator('#c #complaint').textContent()).toBe('Please choose a category.');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([label('calm')]);
  });

  test.each([
    ['initial-value="glad"', 'glad'],
    ['initial-value="\'glad\'"', 'glad'],
    ['initialValue="sad"', 'sad'],
    ['initial-value="unknown"', ''],
    ['initial-value="{ broken"', ''],
  ])('%s preselects %s', async (attributes, expected) => {
    const page = await crowd.openForm(mood(attributes));
    expect(await page.evaluate('c.value')).toBe(expected);
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(expected ? 1 : 0);
    expect(crowd.complaints).toEqual([]);
  });

  test('arrows move within the radio group', async () => {
    const page = await crowd.openForm(mood('initial-value="calm"'));
    await page.getByRole('radio', { name: 'calm' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await crowd.answer()).toEqual(label('sad'));
    expect((await crowd.events()).filter((event) => event === 'c:change').length).toBe(2);
  });

  test('number keys choose, but not while typing, with a modifier, or in a dialog', async () => {
    const page = await crowd.openForm(
      mood('', '<full-instructions>full</full-instructions>') +
        '<input id="i"><crowd-input id="ci"></crowd-input><select id="s"><option>1</select>',
    );
    for (const id of ['i', 'ci', 's']) {
      await page.locator(`#${id}`).click();
      await page.keyboard.press('1');
    }
    await page.locator('#text').click();
    await page.keyboard.press('Control+2');
    await page.getByRole('button', { name: 'View full instructions' }).click();
    await page.keyboard.press('3');
    expect(await crowd.answer()).toEqual({});
    await page.keyboard.press('Escape');
    await page.keyboard.press('3');
    expect(await crowd.answer()).toEqual(label('sad'));
    await page.keyboard.press('4');
    expect(await crowd.answer()).toEqual(label('sad'));
  });

  test('of two, number keys go to the one used last; 0 is the tenth', async () => {
    const ten = "['1st','2nd','3rd','4th','5th','6th','7th','8th','9th','10th','11th']";
    const page = await crowd.openForm(
      `${mood()}<crowd-classifier id="d" name="d" categories="${ten}"></crowd-classifier>`,
    );
    await page.keyboard.press('1');
    await page.getByRole('radio', { name: '11th' }).click();
    await page.keyboard.press('0');
    expect(await crowd.answer()).toEqual({ ...label('calm'), d: { label: '10th' } });
  });

  test('categories can be set, read afresh and taken away while the page runs', async () => {
    const page = await crowd.openForm(mood('initial-value="calm"'));
    await page.evaluate('c.categories = c.categories.concat(["new <b>one</b>"]); c.categories.push("not kept")');
    expect(await page.evaluate('c.categories')).toEqual(['calm', 'glad', 'sad', 'new <b>one</b>']);
    await page.getByRole('radio', { name: 'new <b>one</b>' }).check();
    expect(await crowd.answer()).toEqual(label('new <b>one</b>'));
    await page.evaluate('c.categories = c.categories.filter((each) => each === "calm")');
    expect(await crowd.answer()).toEqual({});
    expect(await page.evaluate('c.getAttribute("categories")')).toBe("['calm', 'glad', 'sad']");
    for (const nothing of ['null', 'undefined', '""'])
      expect(await page.evaluate(`c.categories = ${nothing}; c.categories`)).toEqual([]);
    expect(await page.evaluate(`c.categories = '["x"]'; c.categories`)).toEqual(['x']);
  });

  test.each([['[calm glad]'], ["{ not: 'a list' }"]])(
    'unreadable categories %s show a message, and the rest of the form works',
    async (categories) => {
      const page = await crowd.openForm(
        `<crowd-classifier name="mood" header="H" categories="${categories}"></crowd-classifier><input name="a" value="1" aria-label="a">`,
      );
      expect(await page.getByText('“categories”').isVisible()).toBe(true);
      expect(await crowd.answer()).toEqual({ a: '1' });
      expect(await crowd.faults()).toEqual([]);
    },
  );

  test('an exclusion category is one more choice', async () => {
    const page = await crowd.openForm(mood(`exclusion-category="{ text: 'None of these' }"`));
    await page.getByText('None of these').click();
    expect(await crowd.answer()).toEqual(label('None of these'));
  });

  test('value is the label in change listeners, and _submittableValue a fresh copy', async () => {
    const page = await crowd.openForm(mood());
    await page.evaluate('c.addEventListener("change", (event) => { seen = event.target.value })');
    await page.getByText('glad').click();
    expect(await page.evaluate('seen')).toBe('glad');
    expect(await page.evaluate('c._submittableValue.label = "x", c._submittableValue')).toEqual({ label: 'glad' });
  });

  test('nodes that a template inserts by the known class names survive rendering', async () => {
    const page = await crowd.openForm(mood());
    await page.evaluate(
      `c.shadowRoot.querySelector('.annotation-area .category-picker-wrapper').insertAdjacentElement('afterend', Object.assign(document.createElement('p'), { id: 'foreign' }))`,
    );
    await page.getByText('glad').click();
    await page.evaluate('c.categories = ["glad", "other"]; c.updateComplete');
    expect(
      await page.evaluate(`!!c.shadowRoot.querySelector('.annotation-area > * > .category-picker-wrapper + #foreign')`),
    ).toBe(true);
  });

  test('regions stay in the light tree, instructions open in a dialog, and their controls count', async () => {
    const page = await crowd.openForm(
      mood(
        '',
        `<short-instructions header="In short">Read. <crowd-input name="note" label="Note"></crowd-input></short-instructions>
        <full-instructions header="All of it"><p id="full">Every detail</p></full-instructions>`,
      ),
    );
    expect(await crowd.faults()).toEqual([]);
    expect(await page.evaluate('document.getElementById("full").closest("crowd-classifier").id')).toBe('c');
    expect(await page.getByText('Every detail').isVisible()).toBe(false);
    await page.getByLabel('Note').fill('hello');
    await page.getByRole('button', { name: 'View full instructions' }).click();
    expect(await page.getByRole('dialog', { name: 'All of it' }).isVisible()).toBe(true);
    expect(await page.getByText('Every detail').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await page.getByText('Every detail').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Instructions', exact: true }).click();
    expect(await page.getByText('Read.').isVisible()).toBe(false);
    expect(await crowd.answer()).toEqual({ note: 'hello' });
  });

  test('header and instructions have our titles where the template has none; their panes take its sizes', async () => {
    const page = await crowd.openForm(
      mood('', '<short-instructions>Short</short-instructions><full-instructions>Full</full-instructions>'),
    );
    expect(await page.getByRole('heading', { name: 'Mood?' }).isVisible()).toBe(true);
    await page.evaluate(`{
      const pane = c.shadowRoot.querySelector('.awsui-app-layout__navigation'), dialog = c.shadowRoot.querySelector('.awsui-modal-dialog');
      pane.style.width = '333px'; dialog.style.width = dialog.style.maxWidth = '444px';
    }`);
    expect((await page.getByRole('region', { name: 'Instructions' }).boundingBox())?.width).toBe(333);
    await page.getByRole('button', { name: 'View full instructions' }).click();
    expect((await page.getByRole('dialog', { name: 'Instructions' }).boundingBox())?.width).toBe(444);
  });

  test('text, sound, film and a document in its target are shown as they are', async () => {
    const page = await crowd.openForm(
      `<crowd-classifier id="c" name="mood" header="H" categories="['a']"><classification-target><audio id="one" controls></audio>
         <video id="two" controls></video><iframe id="three" title="t" srcdoc="frame"></iframe></classification-target></crowd-classifier>`,
    );
    for (const id of ['one', 'two', 'three'])
      expect([id, await page.locator(`#${id}`).isVisible()]).toEqual([id, true]);
    await page.keyboard.press('1');
    expect(await crowd.answer()).toEqual(label('a'));
  });

  test('categories that are there twice, and an exclusion category without a text, are said', async () => {
    const page = await crowd.openForm(
      `<crowd-classifier name="a" header="H" categories="['a', 'b', 'a']"></crowd-classifier>
       <crowd-classifier name="b" header="H" categories="['a', '', null, {}]"></crowd-classifier>
       <crowd-classifier name="c" header="H" categories="['a']" exclusion-category="5"></crowd-classifier>`,
    );
    expect(await page.locator('crowd-alert').allTextContents()).toEqual([
      'The category “a” is given more than once; it is shown once.',
      'A category without a text is left out.',
      'The attribute “exclusion-category” of this element could not be read.',
    ]);
    expect(crowd.complaints.length).toBe(3);
    expect(await crowd.faults()).toEqual([]);
    expect(await page.getByRole('radio').count()).toBe(4);
  });
});
