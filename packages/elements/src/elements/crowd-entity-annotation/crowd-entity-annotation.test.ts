import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const labelsText = `[{label: 'verb', shortDisplayName: 'vrb', fullDisplayName: 'A verb'}, {label: 'object', longDisplayName: 'An object',}, 'name']`;
const plain = 'Find the hidden name of Ada Lovelace.';
const element = (attributes = '', content = '', text = plain) =>
  `<crowd-entity-annotation id="ea" name="ner" header="Mark it" labels="${quoted(labelsText)}" text="${quoted(text)}" data-watch ${attributes}>${content}</crowd-entity-annotation>`;
const initial = (value: unknown) => `initial-value="${quoted(JSON.stringify(value))}"`;
const entity = (startOffset: number, endOffset: number, label: string) => ({ endOffset, label, startOffset });

/** By itself: with a form of its own, whose answers go to `submitted`. */
async function openAlone(source: string) {
  const page = await crowd.open(`<main>${source}</main>`);
  await page.evaluate(
    'ea.shadowRoot.querySelector("crowd-form").transport = ({ answerContent }) => submitted.push(answerContent)',
  );
  return page;
}

const value = () => crowd.page.evaluate('ea.value') as Promise<{ entities: unknown[] }>;
const entities = async () => (await value()).entities;
const label = (name: string): Locator => crowd.page.locator('.label-pane-content').getByRole('button', { name });
const marks = (): Locator => crowd.page.getByRole('option');
const press = async (...keys: string[]) => {
  for (const key of keys) await crowd.page.keyboard.press(key);
};
const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();
const stage = () => crowd.page.locator('.text-stage');
const said = () => crowd.page.locator('[role=status]').innerText();

/** Where a part of the text is seen. */
async function boxOf(part: string, nth = 0) {
  return crowd.page.evaluate(
    ([part, nth]) => {
      const area = document.querySelector('#ea')!.shadowRoot!.querySelector('.text-area')!;
      const texts: Text[] = [];
      const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
      while (walker.nextNode())
        if (!(walker.currentNode.parentElement as Element).closest('.tags')) texts.push(walker.currentNode as Text);
      const whole = texts.map(({ data }) => data).join('');
      let start = -1;
      for (let count = 0; count <= nth; count++) start = whole.indexOf(part, start + 1);
      const point = (at: number, isEnd: boolean): [Text, number] => {
        let before = 0;
        for (const text of texts) {
          if (isEnd ? at <= before + text.length : at < before + text.length) return [text, at - before];
          before += text.length;
        }
        throw new Error(`“${part}” is not in the text.`);
      };
      const range = document.createRange();
      range.setStart(...point(start, false));
      range.setEnd(...point(start + part.length, true));
      range.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
      // Not that of the range, which may hold tags.
      const first = document.createRange();
      first.setStart(range.startContainer, range.startOffset);
      first.setEnd(range.startContainer, (range.startContainer as Text).length);
      const last = document.createRange();
      last.setStart(range.endContainer, 0);
      last.setEnd(range.endContainer, range.endOffset);
      const from = range.startContainer === range.endContainer ? range : first;
      const boxes = [from, from === range ? range : last].map((each) => each.getBoundingClientRect());
      const left = Math.min(...boxes.map((box) => box.left));
      const right = Math.max(...boxes.map((box) => box.right));
      return { left, right, y: boxes[0]!.top + boxes[0]!.height / 2, x: (left + right) / 2 };
    },
    [part, nth] as const,
  );
}

async function highlight(part: string, nth = 0) {
  const { left, right, y } = await boxOf(part, nth);
  const { mouse } = crowd.page;
  await mouse.move(left + 1, y);
  await mouse.down();
  await mouse.move((left + right) / 2, y);
  await mouse.move(right - 1, y);
  await mouse.up();
}

/**
 * Selects in the last piece of the text as assistive technology does, again while the element has not heard of it: what is
 * drawn anew meanwhile takes a selection along.
 */
async function select(start: number, end: number) {
  const hint = crowd.page.locator('.hint', { hasText: 'Choose a label for what is highlighted.' });
  await expect
    .poll(
      async () => {
        await crowd.page.evaluate(
          ([start, end]) => {
            const text = [...document.querySelector('#ea')!.shadowRoot!.querySelector('.chunk')!.childNodes].at(-1)!;
            document.getSelection()!.removeAllRanges();
            document.getSelection()!.setBaseAndExtent(text, start, text, end);
          },
          [start, end] as const,
        );
        await hint.waitFor({ timeout: 1000 }).catch(() => undefined);
        return hint.count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
}

async function click(part: string, nth = 0, options = {}) {
  const { x, y } = await boxOf(part, nth);
  await crowd.page.mouse.click(x, y, options);
}

describe('crowd-entity-annotation in a form', () => {
  testFormControl(crowd, {
    tag: 'crowd-entity-annotation',
    attributes: `text="Go now" labels="['verb', 'time']"`,
    content: '<short-instructions>short</short-instructions><full-instructions>full</full-instructions>',
    before: { entities: [] },
    after: { entities: [entity(3, 6, 'verb')] },
    act: async (page) => {
      await page.locator('.text-stage').first().focus();
      await press('Control+Home', 'Control+ArrowRight', 'ArrowRight', 'Shift+End', '1');
    },
    keys: ['Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Control+End', 'Control+Shift+ArrowLeft', '1'],
    property: [
      'initialValue',
      [{ startOffset: 0, endOffset: 2, label: 'verb' }],
      { entities: [entity(0, 2, 'verb')], initialValueModified: false },
    ],
    requirable: false,
    twice: { attributes: [`text="a" labels="['x']"`, ''], answer: { entities: [] }, warns: true },
  });

  test('has no form and no button of its own, and answers with the others', async () => {
    const page = await crowd.openForm(
      `<input name="other" value="1">${element('', '<div id="hid"><input name="hid" value="2">x</div>')}`,
    );
    expect(await page.evaluate('ea.shadowRoot.querySelector("crowd-form")')).toBe(null);
    expect(await page.getByRole('button', { name: 'Submit' }).count()).toBe(1);
    expect(await page.locator('#hid').isVisible()).toBe(false);
    await submit();
    expect(await crowd.submitted()).toEqual([{ hid: '2', ner: { entities: [] }, other: '1' }]);
  });

  test('gets a form when it leaves the one around it, and gives it up when it comes back', async () => {
    const page = await crowd.openForm(element());
    const hasForm = () => page.evaluate('ea.updateComplete.then(() => !!ea.shadowRoot.querySelector("crowd-form"))');
    await page.evaluate('document.querySelector("main").append(ea)');
    expect(await hasForm()).toBe(true);
    await page.evaluate('document.querySelector("crowd-form").append(ea)');
    expect(await hasForm()).toBe(false);
  });
});

describe('crowd-entity-annotation by itself', () => {
  test('submits from its own form; an answer without entities is allowed', async () => {
    const page = await openAlone(element());
    expect(await crowd.faults()).toEqual([]);
    await submit();
    expect(await crowd.submitted()).toEqual([{ ner: { entities: [] } }]);
    expect(await page.getByText('Your answer was submitted.').isVisible()).toBe(true);
    expect(crowd.complaints).toEqual([]);
  });

  test('the documented pattern: questions that a script moves into its form join the answer', async () => {
    const page =
      await crowd.open(`<!DOCTYPE html><html lang="en"><title>T</title><script src="/crowd-html-elements.js"></script><main>
      ${element(initial([entity(0, 4, 'verb'), entity(15, 20, 'object')]), '<div id="extra"><h3>Topic</h3><crowd-radio-button name="topic-tech" value="yes">Yes</crowd-radio-button><input name="native" aria-label="More"></div>')}</main>
      <script>document.addEventListener('all-crowd-elements-ready', () => {
        const form = ea.shadowRoot.querySelector('crowd-form');
        form.form.appendChild(extra);
        form.addEventListener('submit', (event) => { event.preventDefault(); posted = form._serializeForm() });
      })</script>`);
    expect(await page.locator('#extra').isVisible()).toBe(true);
    await page.getByText('Yes').click();
    await page.getByLabel('More').fill('m');
    // Rendering again must not drop what came from outside.
    await highlight('hidden');
    await press('3');
    expect(await crowd.faults()).toEqual([]);
    await submit();
    expect(await page.evaluate('posted')).toEqual({
      taskAnswers:
        '[{"native":"m","ner":{"entities":[{"endOffset":4,"label":"verb","startOffset":0},{"endOffset":15,"label":"name","startOffset":9},{"endOffset":20,"label":"object","startOffset":15}],"initialValueModified":true},"topic-tech":{"yes":true}}]',
    });
  });

  test('children are hidden until then, and do not answer; controls in instructions do, and are checked', async () => {
    const page = await openAlone(
      element(
        '',
        '<short-instructions><crowd-input id="note" name="note" label="Note" required></crowd-input></short-instructions><p id="p">text <input name="hid" value="1"></p>',
      ),
    );
    expect(await page.locator('#p').isVisible()).toBe(false);
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.evaluate('document.activeElement.id')).toBe('note');
    await page.getByRole('textbox', { name: 'Note' }).fill('n');
    await submit();
    expect(await crowd.submitted()).toEqual([{ ner: { entities: [] }, note: 'n' }]);
  });

  test.each([
    ['short-instructions', 'pane'],
    ['full-instructions', 'dialog'],
  ])('a button in %s submits the answer of the element, and one resets it', async (region, place) => {
    const page = await openAlone(
      element(
        initial([entity(0, 4, 'verb')]),
        `<${region}><crowd-button form-action="submit">Send it</crowd-button><crowd-button form-action="reset">Begin again</crowd-button></${region}>`,
      ),
    );
    // Instructions can be put away, so the element keeps its own button.
    expect(await page.getByRole('button', { name: 'Submit', exact: true }).isVisible()).toBe(true);
    await label('A verb').click();
    await highlight('hidden');
    expect(await entities()).toHaveLength(2);
    if (place === 'dialog') await page.getByRole('button', { name: 'View full instructions' }).click();
    await page.getByRole('button', { name: 'Begin again' }).click();
    expect(await entities()).toHaveLength(1);
    await page.getByRole('button', { name: 'Send it' }).dblclick();
    expect(await crowd.submitted()).toEqual([
      { ner: { entities: [entity(0, 4, 'verb')], initialValueModified: false } },
    ]);
    expect(await page.getByRole('button', { name: 'Send it' }).isDisabled()).toBe(true);
  });

  test('a control in full-instructions that keeps the answer back opens their dialog', async () => {
    const page = await openAlone(
      element(
        '',
        '<full-instructions><crowd-input id="note" name="note" label="Note" required></crowd-input></full-instructions>',
      ),
    );
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    expect(await page.evaluate('document.activeElement.id')).toBe('note');
    await page.keyboard.type('n');
    await page.keyboard.press('Escape');
    await submit();
    expect(await crowd.submitted()).toEqual([{ ner: { entities: [] }, note: 'n' }]);
  });

  test('shows its answer in the preview, resets, and can be overruled by setCustomValidity', async () => {
    const page = await crowd.open(`<main>${element(initial([entity(0, 4, 'verb')]))}</main>`);
    await page.evaluate('ea.setCustomValidity("Not yet.")');
    await submit();
    expect(await page.getByText('One answer still needs your attention.').isVisible()).toBe(true);
    await page.evaluate('ea.setCustomValidity("")');
    await highlight('hidden');
    await press('3');
    expect(await entities()).toHaveLength(2);
    await page.evaluate('ea.shadowRoot.querySelector("crowd-form").reset()');
    expect(await value()).toEqual({ entities: [entity(0, 4, 'verb')], initialValueModified: false });
    await submit();
    expect(
      await page.evaluate(
        'ea.shadowRoot.querySelector("crowd-form").shadowRoot.querySelector("#answers-box pre").textContent',
      ),
    ).toContain('"startOffset": 0');
  });
});

describe('marking by pointer', () => {
  test('a label, then text; text, then a label; both by keys or buttons', async () => {
    await openAlone(element());
    await label('An object').click();
    await highlight('hidden');
    expect(await entities()).toEqual([entity(9, 15, 'object')]);
    await label('An object').click();
    await highlight('Ada');
    expect(await entities()).toHaveLength(1);
    await press('3');
    await highlight('Find');
    await label('A verb').click();
    expect(await entities()).toEqual([entity(0, 4, 'verb'), entity(9, 15, 'object'), entity(24, 27, 'name')]);
    expect(await crowd.faults()).toEqual([]);
    expect((await crowd.events()).filter((event) => event === 'ea:change')).toHaveLength(3);
  });

  test('a double click takes the word, a third one the paragraph', async () => {
    await openAlone(element('', '', 'One two,\nthree four'));
    await click('two', 0, { clickCount: 2 });
    await press('3');
    expect(await entities()).toEqual([entity(4, 7, 'name')]);
    await click('four', 0, { clickCount: 3 });
    await press('2');
    expect(await entities()).toEqual([entity(4, 7, 'name'), entity(9, 19, 'object')]);
  });

  test('spans may overlap, and one span may have several labels, but not one twice', async () => {
    await openAlone(element());
    for (const [part, key] of [
      ['hidden name', '1'],
      ['name of Ada', '2'],
      ['hidden name', '3'],
      ['hidden name', '1'],
    ] as const) {
      await press('Escape');
      await highlight(part);
      await press(key);
    }
    expect(await entities()).toEqual([entity(9, 20, 'verb'), entity(9, 20, 'name'), entity(16, 27, 'object')]);
    expect(await said()).toBe('This is marked with that label already.');
  });

  test('dragging backwards and beyond the text beside a line', async () => {
    await openAlone(element('', '', 'first line\nsecond line'));
    const from = await boxOf('line');
    await crowd.page.mouse.move(from.left + 1, from.y);
    await crowd.page.mouse.down();
    // Into the pane of labels, at the same height.
    await crowd.page.mouse.move(from.right + 600, from.y, { steps: 3 });
    await crowd.page.mouse.up();
    await press('1');
    expect(await entities()).toEqual([entity(6, 10, 'verb')]);
    const end = await boxOf('second');
    await crowd.page.mouse.move(end.right - 1, end.y);
    await crowd.page.mouse.down();
    await crowd.page.mouse.move(end.left + 1, end.y, { steps: 3 });
    await crowd.page.mouse.up();
    await press('1');
    expect(await entities()).toEqual([entity(6, 10, 'verb'), entity(11, 17, 'verb')]);
  });

  test('a click selects a span, the shortest first; a label changes it; Delete and the cross remove it', async () => {
    const page = await openAlone(
      element(initial([entity(9, 20, 'verb'), entity(16, 20, 'object'), entity(0, 4, 'name')])),
    );
    await click('name');
    expect(await page.locator('.tag.selected').innerText()).toContain('object');
    await click('name');
    expect(await page.locator('.tag.selected').innerText()).toContain('vrb');
    await press('3');
    expect(await entities()).toEqual([entity(0, 4, 'name'), entity(9, 20, 'name'), entity(16, 20, 'object')]);
    await press('Delete');
    expect(await entities()).toEqual([entity(0, 4, 'name'), entity(16, 20, 'object')]);
    await page.locator('.tag').first().locator('.cross').click();
    expect(await entities()).toEqual([entity(16, 20, 'object')]);
    await click('name');
    await label('A verb').click();
    expect(await value()).toEqual({ entities: [entity(16, 20, 'verb')], initialValueModified: true });
  });

  test('two taps select a word; what a finger selects by handles can be labelled', async () => {
    const page = await openAlone(element());
    const tap = async (part: string) => {
      const { x, y } = await boxOf(part);
      await page.evaluate(
        ([x, y]) => {
          const target = document.querySelector('#ea')!.shadowRoot!.elementFromPoint(x, y)!;
          const init = { clientX: x, clientY: y, bubbles: true, composed: true, pointerType: 'touch', isPrimary: true };
          target.dispatchEvent(new PointerEvent('pointerdown', init));
          target.dispatchEvent(new PointerEvent('click', init));
        },
        [x, y] as const,
      );
    };
    await tap('hidden');
    await tap('hidden');
    await label('A verb').click();
    expect(await entities()).toEqual([entity(9, 15, 'verb')]);
    await select(1, 5);
    await label('name').click();
    expect(await entities()).toEqual([entity(9, 15, 'verb'), entity(16, 20, 'name')]);
  });
});

describe('marking by keys', () => {
  test('the caret moves, Shift highlights, a number or Enter labels; Enter selects the mark there', async () => {
    const page = await openAlone(element());
    await stage().focus();
    await press('Control+Home', 'Control+Shift+ArrowRight', '1');
    expect(await said()).toBe('A verb: Find');
    await press('Escape', '2', 'Control+End', 'ArrowLeft', 'Control+Shift+ArrowLeft');
    expect(await said()).toBe('Highlighted: Lovelace');
    await press('Enter');
    expect(await entities()).toEqual([entity(0, 4, 'verb'), entity(28, 36, 'object')]);
    await press('Control+Home', 'ArrowRight', 'Enter', '3');
    expect(await entities()).toEqual([entity(0, 4, 'name'), entity(28, 36, 'object')]);
    await press('Backspace');
    expect(await entities()).toEqual([entity(28, 36, 'object')]);
    expect(await crowd.faults()).toEqual([]);
    expect(await page.evaluate('ea.shadowRoot.activeElement.className')).toBe('text-stage');
  });

  test('lines up and down, their ends, and what is read out', async () => {
    await openAlone(element(initial([entity(6, 10, 'verb')]), '', 'first line\n\nthird one'));
    await stage().focus();
    await press('Control+Home', 'ArrowRight');
    expect(await said()).toBe('i');
    await press('End');
    await press('Home', 'ArrowDown', 'ArrowDown', 'Shift+End', '2');
    expect((await entities()).at(-1)).toEqual(entity(12, 21, 'object'));
    await press('Escape', 'ArrowUp', 'ArrowUp', 'Home');
    for (let step = 0; step < 6; step++) await press('ArrowRight');
    expect(await said()).toBe('In A verb: l');
    await press('Control+End');
    expect(await said()).toBe('end of the text');
  });

  test('N and P walk the marks, and so does the list', async () => {
    const page = await openAlone(element(initial([entity(0, 4, 'verb'), entity(9, 15, 'object')])));
    await press('n', 'n');
    expect(await said()).toBe('An object: hidden');
    await press('p');
    expect(await said()).toBe('A verb: Find');
    expect(await marks().allInnerTexts()).toEqual([
      expect.stringMatching(/A verb\s+Find/),
      expect.stringMatching(/An object\s+hidden/),
    ]);
    await page.locator('#marks').focus();
    await press('ArrowDown', 'Delete');
    expect(await entities()).toEqual([entity(0, 4, 'verb')]);
  });

  test('undo and redo take every change back and bring it again', async () => {
    await openAlone(element(initial([entity(0, 4, 'verb')])));
    await highlight('hidden');
    await press('3');
    await click('Find');
    await press('2', 'Delete');
    const states = [await entities()];
    for (let step = 0; step < 4; step++) {
      await press('Control+z');
      states.push(await entities());
    }
    const a = entity(9, 15, 'name');
    const first = [entity(0, 4, 'verb')];
    expect(states).toEqual([[a], [entity(0, 4, 'object'), a], [...first, a], first, first]);
    expect((await value()) as unknown).toEqual({ entities: first, initialValueModified: false });
    await press('Control+Shift+z', 'Control+y', '.');
    expect(await entities()).toEqual([a]);
    expect(await crowd.page.getByRole('button', { name: 'Redo' }).isDisabled()).toBe(true);
  });

  test('the shortcuts show on ?, and keys do nothing while typing', async () => {
    const page = await openAlone(element('', '<short-instructions><input id="i" aria-label="I"></short-instructions>'));
    await page.locator('#i').focus();
    await press('1', '?');
    expect(await page.locator('#i').inputValue()).toBe('1?');
    expect(await page.locator('.label-button.selected').count()).toBe(0);
    await stage().focus();
    await press('?');
    expect(await page.getByRole('region', { name: 'Shortcuts' }).isVisible()).toBe(true);
  });
});

describe('offsets', () => {
  test.each([
    ['behind an emoji', 'a 😀 word', 'word', [4, 8]],
    ['an emoji', 'a 😀 word', '😀', [2, 3]],
    ['a family of joined emoji', 'a 👩‍👩‍👧 word', '👩‍👩‍👧', [2, 7]],
    ['combining marks', 'cafe\u0301 au lait', 'au', [6, 8]],
    ['right to left', 'שלום עולם', 'שלום', [0, 4]],
    ['in a later paragraph', 'one\n\ntwo 😀\nthree', 'three', [11, 16]],
    ['markup', '<b>bold</b> & "so"', '</b>', [7, 11]],
  ] as const)('%s', async (_title, text, part, [start, end]) => {
    const page = await openAlone(element(initial([entity(start, end, 'verb')]), '', text));
    const seen = () =>
      page.evaluate(() =>
        [...document.querySelector('#ea')!.shadowRoot!.querySelectorAll('.span')]
          .map((each) => [...each.childNodes].at(-1)!.textContent)
          .join(''),
      );
    expect(await seen()).toBe(part);
    await page.evaluate('ea.initialValue = undefined');
    expect(await value()).toEqual({ entities: [] });
    await highlight(part);
    await press('1');
    expect(await value()).toEqual({ entities: [entity(start, end, 'verb')] });
    expect(await seen()).toBe(part);
  });

  test.each([
    ['a joined emoji', '👩‍👩‍👧'],
    ['a letter with a mark', 'e\u0301'],
  ])('a selection that ends inside %s takes all of it', async (_title, character) => {
    await openAlone(element('', '', `ab${character}cd`));
    await select(1, 3);
    await press('1');
    expect(await entities()).toEqual([entity(1, 2 + [...character].length, 'verb')]);
  });

  test('the left arrow goes on in a text from right to left', async () => {
    await openAlone(element('', '', 'שלום עולם'));
    await stage().focus();
    await press('Control+Home', 'Shift+ArrowLeft', 'Shift+ArrowLeft', '1');
    expect(await entities()).toEqual([entity(0, 2, 'verb')]);
  });

  test('offset-unit="utf-16" counts as JavaScript does', async () => {
    await openAlone(element(`offset-unit="utf-16" ${initial([entity(2, 4, 'verb')])}`, '', 'a 😀 b'));
    expect(await entities()).toEqual([entity(2, 4, 'verb')]);
    await highlight('b');
    await press('2');
    expect(await entities()).toEqual([entity(2, 4, 'verb'), entity(5, 6, 'object')]);
  });
});

describe('attributes', () => {
  test.each([
    ['a bare list', [entity(5, 8, 'verb'), entity(0, 4, 'object')], [entity(0, 4, 'object'), entity(5, 8, 'verb')]],
    ['an answer', { entities: [entity(0, 4, 'verb')] }, [entity(0, 4, 'verb')]],
    ['an empty list', [], []],
    ['the same twice', [entity(0, 4, 'verb'), entity(0, 4, 'verb')], [entity(0, 4, 'verb')]],
    ['the whole text', [entity(0, 37, 'verb')], [entity(0, 37, 'verb')]],
  ])('initial-value: %s', async (_title, given, expected) => {
    await openAlone(element(initial(given)));
    expect(await value()).toEqual({ entities: expected, initialValueModified: false });
  });

  test.each([
    ['out of range', entity(30, 38, 'verb')],
    ['negative', entity(-1, 3, 'verb')],
    ['reversed', entity(5, 2, 'verb')],
    ['empty', entity(5, 5, 'verb')],
    ['broken numbers', entity(1.5, 3, 'verb')],
    ['texts as numbers', { startOffset: '0', endOffset: '4', label: 'verb' }],
    ['an unknown label', entity(0, 4, 'noun')],
    ['no label', { startOffset: 0, endOffset: 4 }],
    ['no entity', 'x'],
    ['nothing', null],
  ])('initial-value: %s is kept out, and the worker is told', async (_title, wrong) => {
    const page = await openAlone(element(initial([wrong, entity(9, 15, 'object')])));
    expect(await value()).toEqual({ entities: [entity(9, 15, 'object')], initialValueModified: false });
    expect(await page.getByText('One mark that came with the task does not fit').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
  });

  test('initial-value: NaN, in JSON5', async () => {
    await openAlone(element(`initial-value="[{startOffset: NaN, endOffset: Infinity, label: 'verb'}]"`));
    expect(await value()).toEqual({ entities: [], initialValueModified: false });
  });

  test.each([
    ['initial-value="[{"', 'initial-value'],
    ['initial-value="5"', 'initial-value'],
    ['labels="{}"', 'labels'],
    ['labels="[unclosed"', 'labels'],
  ])('%s says which attribute cannot be read; the rest goes on', async (attribute, name) => {
    const page = await openAlone(
      `<crowd-entity-annotation id="ea" ${attribute} name="ner" text="A text" labels="['x']"></crowd-entity-annotation>`,
    );
    expect(await page.getByText(`The attribute “${name}” of this element could not be read.`).isVisible()).toBe(true);
    expect(await value()).toEqual({ entities: [] });
    await submit();
    expect(await crowd.submitted()).toEqual([{ ner: { entities: [] } }]);
    expect(await crowd.faults()).toEqual([]);
  });

  test('labels: objects, names, aliases, texts; a fresh array; set at run time', async () => {
    const page = await openAlone(element(initial([entity(0, 4, 'verb'), entity(9, 15, 'late')])));
    const names = () => page.locator('.label-button .text').allInnerTexts();
    expect(await names()).toEqual(['A verb', 'An object', 'name']);
    expect(await page.locator('.tag-name').allInnerTexts()).toEqual(['vrb']);
    expect(await page.evaluate('ea.labels')).toEqual([
      { label: 'verb', shortDisplayName: 'vrb', fullDisplayName: 'A verb' },
      { label: 'object', longDisplayName: 'An object' },
      'name',
    ]);
    expect(
      await page.evaluate('ea.labels.pop(), ea.labels[0].label = "x", ea.labels.length + ea.labels[0].label'),
    ).toBe('3verb');
    await page.evaluate('ea.labels = ea.labels.concat(["late"]); ea.updateComplete');
    expect(await names()).toEqual(['A verb', 'An object', 'name', 'late']);
    expect(await entities()).toEqual([entity(0, 4, 'verb'), entity(9, 15, 'late')]);
    await page.evaluate('ea.labels = ea.labels.filter((each) => each.label !== "verb"); ea.updateComplete');
    expect(await entities()).toEqual([entity(9, 15, 'late')]);
    for (const none of ['""', 'null', 'undefined', '[]'])
      expect(await page.evaluate(`ea.labels = ${none}, ea.labels.length`)).toBe(0);
    expect(await page.evaluate(`ea.getAttribute('labels')`)).toBe(labelsText);
    expect(await page.getByText('This task has no labels to choose from.').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
  });

  test('labels: empty ones and repetitions are left out, markup stays text, equal names are told apart', async () => {
    const page = await openAlone(
      `<crowd-entity-annotation id="ea" name="ner" text="t" labels="['', 'a', 'a', {label: 'b', fullDisplayName: 'Same'}, {label: 'c', fullDisplayName: 'Same'}, '<img src=x onerror=oops()>', null, {x: 1}, 7]"></crowd-entity-annotation>`,
    );
    expect(await page.locator('.label-button .text').allInnerTexts()).toEqual([
      'a',
      'Same',
      'Same (c)',
      '<img src=x onerror=oops()>',
      '7',
    ]);
    expect(await page.evaluate('ea.shadowRoot.querySelectorAll("img").length')).toBe(0);
    expect(crowd.complaints).toEqual([]);
  });

  test('label-colors come first, then the cycle', async () => {
    const page = await openAlone(element(`label-colors="['#123456', 'nonsense']"`));
    expect(await page.evaluate('ea.labelColors')).toEqual(['#123456', '#2ca02c', '#1f77b4']);
  });

  test('another text takes the marks away and begins with initial-value again', async () => {
    const page = await openAlone(element(initial([entity(0, 4, 'verb')])));
    await highlight('hidden');
    await press('3');
    await page.evaluate('ea.text = ea.text');
    expect(await entities()).toHaveLength(2);
    await page.evaluate('ea.setAttribute("text", "Fine thing\\nnew"); ea.updateComplete');
    expect(await value()).toEqual({ entities: [entity(0, 4, 'verb')], initialValueModified: false });
    expect(
      await page
        .locator('.text-area')
        .evaluate((area) => [...area.querySelectorAll('.chunk')].map((each) => each.textContent).join('')),
    ).toContain('ine thing\nnew');
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await page.evaluate('ea.text = null; ea.updateComplete');
    expect(await page.getByText('This task has no text.').isVisible()).toBe(true);
    expect(await entities()).toEqual([]);
  });

  test('initialvalue is another spelling; properties set before the script survive', async () => {
    await openAlone(element().replace('data-watch', `initialvalue="[{startOffset: 0, endOffset: 4, label: 'verb'}]"`));
    expect(await entities()).toEqual([entity(0, 4, 'verb')]);
    await crowd.open(
      `<!DOCTYPE html><crowd-entity-annotation id="ea" name="n"></crowd-entity-annotation><script>ea.text = 'ab'; ea.labels = ['x']; ea.initialValue = [{ startOffset: 0, endOffset: 1, label: 'x' }]</script><script src="/crowd-html-elements.js"></script>`,
    );
    expect(await value()).toEqual({ entities: [entity(0, 1, 'x')], initialValueModified: false });
  });

  test('value is a fresh copy, and the same as _submittableValue', async () => {
    const page = await openAlone(element(initial([entity(0, 4, 'verb')])));
    expect(
      await page.evaluate(
        'ea._submittableValue.entities.pop(), ea.value.entities[0].label = "x", [ea.value, ea._submittableValue]',
      ),
    ).toEqual(Array(2).fill({ entities: [entity(0, 4, 'verb')], initialValueModified: false }));
  });

  test('disabled, nothing can be marked or removed', async () => {
    const page = await openAlone(element(`disabled ${initial([entity(0, 4, 'verb')])}`));
    await highlight('hidden');
    await press('1');
    await page.locator('.cross').click();
    expect(await entities()).toEqual([entity(0, 4, 'verb')]);
    expect(await crowd.faults()).toEqual([]);
  });
});

test('a change in a long text draws the chunk that it is in, and no other', async () => {
  const line = 'many words stand in this line of the text.\n';
  const text = line.repeat(2300);
  const given = Array.from({ length: 2000 }, (_each, index) =>
    entity(index * line.length, index * line.length + 4, 'verb'),
  );
  const page = await openAlone(element('', '', text));
  await page.evaluate((given) => Object.assign(document.querySelector('#ea')!, { initialValue: given }), given);
  expect(await entities()).toHaveLength(2000);
  await page.evaluate(() => {
    const drawn = new Set<Node>();
    const area = document.querySelector('#ea')!.shadowRoot!.querySelector('.text-area')!;
    new MutationObserver((changes) => {
      for (const { target } of changes) drawn.add(target);
    }).observe(area, { childList: true, subtree: true, characterData: true });
    Object.assign(window, { drawn });
  });
  await highlight('stand', 3);
  await press('2');
  expect(await entities()).toHaveLength(2001);
  expect(await page.evaluate('drawn.size')).toBe(1);
  await expect.poll(() => page.locator('#marks-title').innerText()).toBe('Marks (2001)');
  await press('Control+End', 'n', 'p');
});

test.each([
  ['es', 'Elija una etiqueta y resalte texto, o resalte primero.'],
  ['de', 'Wählen Sie ein Label und heben Sie dann Text hervor, oder umgekehrt.'],
  ['ja', 'ラベルを選んでからテキストを選択するか、先にテキストを選択してください。'],
])('speaks %s', async (language, hint) => {
  const page = await crowd.open(
    `<!DOCTYPE html><html lang="${language}"><title>T</title><script src="/crowd-html-elements.js"></script><main>${element()}</main>`,
  );
  expect(await page.getByText(hint).isVisible()).toBe(true);
  expect(await crowd.faults()).toEqual([]);
});
