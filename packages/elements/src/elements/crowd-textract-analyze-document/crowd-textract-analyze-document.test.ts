import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import { useTestImages } from '../../testing/test-images.ts';

const crowd = useCrowdPage();
const images = useTestImages();

type Block = Record<string, unknown>;
const key = 'AWS/Textract/AnalyzeDocument/Forms/V1';

// A page of 400 × 200 pixels with five pairs: two plain ones, a value of two lines, a check box, and a key without a value.
const rectangle = (left: number, top: number, width: number, height: number) => ({
  boundingBox: { height, left, top, width },
  polygon: [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ],
});
const places = {
  k1: rectangle(0.1, 0.1, 0.2, 0.1),
  v1: rectangle(0.4, 0.1, 0.3, 0.1),
  k2: rectangle(0.1, 0.25, 0.2, 0.1),
  v2: rectangle(0.4, 0.25, 0.3, 0.1),
  k3: rectangle(0.1, 0.4, 0.2, 0.1),
  v3: rectangle(0.4, 0.4, 0.3, 0.2),
  k4: rectangle(0.1, 0.65, 0.2, 0.1),
  v4: rectangle(0.4, 0.65, 0.05, 0.1),
  k5: rectangle(0.1, 0.8, 0.2, 0.1),
} as const;
const part = (entity: 'KEY' | 'VALUE', id: keyof typeof places | 'v5', relationships: unknown[]): Block => ({
  blockType: 'KEY_VALUE_SET',
  confidence: 61.5,
  entityTypes: [entity],
  ...(id !== 'v5' && { geometry: places[id] }),
  id,
  ...(relationships.length > 0 && { relationships }),
});
const value = (...ids: string[]) => ({ ids, type: 'VALUE' });
const child = (...ids: string[]) => ({ ids, type: 'CHILD' });
const word = (id: string, text: string): Block => ({ blockType: 'WORD', confidence: 99.1, id, text });

const page: Block = { blockType: 'PAGE', id: 'page', relationships: [child('k1', 'v1', 'k2', 'table')] };
const k1 = part('KEY', 'k1', [value('v1'), child('w1', 'w2')]);
const v1 = part('VALUE', 'v1', [child('w3', 'w4')]);
const k2 = part('KEY', 'k2', [value('v2'), child('w5')]);
const v2 = part('VALUE', 'v2', [child('w6')]);
const k3 = part('KEY', 'k3', [value('v3'), child('w7')]);
const v3 = part('VALUE', 'v3', [child('w8', 'w9', 'w10')]);
const k4 = part('KEY', 'k4', [value('v4'), child('w11')]);
const v4 = part('VALUE', 'v4', [child('s1')]);
const k5 = part('KEY', 'k5', [value('v5'), child('w12')]);
const v5 = part('VALUE', 'v5', []);
const selection: Block = { blockType: 'SELECTION_ELEMENT', confidence: 90, id: 's1', selectionStatus: 'SELECTED' };
/** It shares a word with the first value. */
const cell: Block = { blockType: 'CELL', columnIndex: 1, id: 'cell', relationships: [child('w4')], rowIndex: 1 };
const table: Block = { blockType: 'TABLE', id: 'table', relationships: [child('cell')] };
const words = [
  word('w1', 'Full'),
  word('w2', 'Name:'),
  word('w3', 'Jane'),
  word('w4', 'Doe'),
  word('w5', 'Phone'),
  word('w6', '555-0100'),
  word('w7', 'Address'),
  word('w8', '123'),
  word('w9', 'Any Street,'),
  word('w10', 'USA'),
  word('w11', 'Married'),
  word('w12', 'Fax'),
];
// The keys in an order that is not that of the page.
const blocks = [page, k5, v5, k1, v1, k2, v2, k3, v3, k4, v4, table, cell, ...words, selection];
/** The fixture with some of its blocks replaced, or left out by `undefined`, and others at the end. */
const except = (changes: Record<string, Block | undefined>, ...added: Block[]): Block[] => [
  ...blocks
    .map((block) => (Object.hasOwn(changes, String(block.id)) ? changes[String(block.id)] : block))
    .filter((block) => block !== undefined),
  ...added,
];
const newWord = (id: string, text: string): Block => ({ blockType: 'WORD', id, text });
const newLine = (id: string, ids: string[], text: string): Block => ({
  blockType: 'LINE',
  id,
  relationships: [child(...ids)],
  text,
});

const escaped = (json: unknown) => JSON.stringify(json).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const element = (more = '', initial: unknown = blocks, src = images.url('400x200.png')) =>
  `<crowd-textract-analyze-document id="tool" src="${src}" header="Review" data-watch block-types="['KEY_VALUE_SET']"
    initial-value="${escaped(initial)}" ${more}></crowd-textract-analyze-document>`;
const loaded = (page: Page) => page.waitForFunction('tool.shadowRoot?.querySelector("svg.shapes")');

async function open(more?: string, initial?: unknown): Promise<Page> {
  const page = await crowd.openForm(element(more, initial));
  await loaded(page);
  return page;
}

/** New ids are random: they are named after the order in which they come. */
async function answered(): Promise<Block[]> {
  return renamed(((await crowd.answer()) as Record<string, { blocks: Block[] }>)[key]!.blocks);
}
function renamed(list: unknown): Block[] {
  const names = new Map<string, string>();
  const text = JSON.stringify(list).replace(
    /"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"/g,
    (id) => {
      if (!names.has(id)) names.set(id, `"new${names.size + 1}"`);
      return names.get(id)!;
    },
  );
  return JSON.parse(text);
}
/** Whatever is not as it was given, without regard to the names of new ids. */
const byText = (list: readonly Block[], text: string) => list.filter((block) => block.text === text);
const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();
const rows = () =>
  crowd.page.evaluate(() =>
    [...document.querySelector('#tool')!.shadowRoot!.querySelectorAll('.pair-head')].map((head) =>
      [...head.querySelectorAll('.pair-key, .pair-value, .where, .unseen')]
        .map((each) => each.textContent)
        .filter(Boolean)
        .join('\n'),
    ),
  );
const row = (text: string) => crowd.page.locator('#tool .pair-head', { hasText: text });
const press = async (...keys: readonly string[]) => {
  for (const each of keys) await crowd.page.keyboard.press(each);
};
const field = (name: string) => crowd.page.locator('#tool').getByRole('textbox', { name, exact: true });
const complaint = () => crowd.page.locator('#tool #complaint').textContent();
const alerts = () => crowd.page.locator('#tool crowd-alert').allTextContents();
const focused = () =>
  crowd.page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement;
    return `${inner?.classList[0]} ${inner?.closest('.pair')?.querySelector('.pair-key')?.textContent ?? ''}`.trim();
  });
const selected = () => crowd.page.locator('#tool .pair.selected .pair-key').allTextContents();

/** Where a point of the page is in the window. */
async function place(x: number, y: number): Promise<[number, number]> {
  const box = await crowd.page.evaluate(() => {
    const { left, top, width, height } = document
      .querySelector('#tool')!
      .shadowRoot!.querySelector('.upper-canvas')!
      .getBoundingClientRect();
    return { left, top, width, height };
  });
  return [box.left + x * box.width, box.top + y * box.height];
}
const click = async (x: number, y: number) => crowd.page.mouse.click(...(await place(x, y)));
async function drag(from: readonly [number, number], to: readonly [number, number]) {
  const [a, b] = [await place(...from), await place(...to)];
  await crowd.page.mouse.move(...a);
  await crowd.page.mouse.down();
  await crowd.page.mouse.move((a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
  await crowd.page.mouse.move(...b);
  await crowd.page.mouse.up();
}

describe('crowd-textract-analyze-document', () => {
  test('lists the pairs from top to bottom and submits what nobody has changed exactly as it was given', async () => {
    await open();
    expect(await rows()).toEqual([
      'Full Name:\nJane Doe',
      'Phone\n555-0100',
      'Address\n123 Any Street, USA',
      'Married\n☑ ticked',
      'Fax\nblank',
    ]);
    expect(await crowd.faults()).toEqual([]);
    await submit();
    expect(await crowd.submitted()).toEqual([{ [key]: { blocks } }]);
    expect(crowd.complaints).toEqual([]);
  });

  test('an edited value becomes new words and the line of them; its old words, which a table has too, stay', async () => {
    await open();
    await row('Full Name:').click();
    await field('Value').fill('  Ada \n Lovelace ');
    expect(await answered()).toEqual(
      except(
        { v1: { ...v1, relationships: [child('new1', 'new2', 'new3')], text: 'Ada Lovelace' } },
        newWord('new1', 'Ada'),
        newWord('new2', 'Lovelace'),
        newLine('new3', ['new1', 'new2'], 'Ada Lovelace'),
      ),
    );
    // Both ways in which programs are known to put the text together.
    const list = await answered();
    const children = (list.find(({ id }) => id === 'v1') as { relationships: { ids: string[] }[] }).relationships[0]!
      .ids;
    const texts = children.map((id) => list.find((block) => block.id === id)!);
    expect(texts.flatMap(({ blockType, text }) => (blockType === 'WORD' ? text : [])).join(' ')).toBe('Ada Lovelace');
    expect(
      texts.reduce((text, each) => (each.blockType === 'LINE' ? each.text : `${text} ${each.text}`) as string, ''),
    ).toBe('Ada Lovelace');
    // Reading twice gives the same ids.
    expect(await crowd.page.evaluate('JSON.stringify(tool.value) === JSON.stringify(tool._submittableValue)')).toBe(
      true,
    );
    // What was typed and taken back is what was given.
    await field('Value').fill('Jane Doe');
    expect(await answered()).toEqual(blocks);
    expect(crowd.complaints).toEqual([]);
  });

  test('an edited key keeps its value', async () => {
    await open();
    await row('Phone').click();
    await field('Key').fill('Telephone');
    expect(await answered()).toEqual(
      except(
        { k2: { ...k2, relationships: [value('v2'), child('new1', 'new2')], text: 'Telephone' } },
        newWord('new1', 'Telephone'),
        newLine('new2', ['new1'], 'Telephone'),
      ),
    );
    await field('Key').fill('');
    await submit();
    expect(await complaint()).toBe('Please type the text of the key, or delete the pair.');
    expect(await crowd.submitted()).toEqual([]);
  });

  test('no-key-edit makes given keys fixed, not those that are added', async () => {
    await open('no-key-edit=""');
    await row('Phone').click();
    expect(await field('Key').count()).toBe(0);
    expect(await field('Value').count()).toBe(1);
    await crowd.page.getByRole('button', { name: 'Add a pair' }).click();
    expect(await field('Key').count()).toBe(1);
  });

  test('a pair that is none is left out, and so is what refers to it', async () => {
    await open();
    await row('Full Name:').click();
    await crowd.page.getByRole('radio', { name: 'No' }).check();
    expect(await answered()).toEqual(
      except({ k1: undefined, v1: undefined, page: { ...page, relationships: [child('k2', 'table')] } }),
    );
    expect(await crowd.faults()).toEqual([]);
    await crowd.page.getByRole('radio', { name: 'Yes' }).check();
    expect(await answered()).toEqual(blocks);
  });

  test('a blank value has no children', async () => {
    await open();
    const { relationships: _none, ...bare } = v2;
    await row('Phone').click();
    await crowd.page.getByLabel('Value is blank').check();
    expect(await answered()).toEqual(except({ v2: bare }));
    await crowd.page.getByLabel('Value is blank').uncheck();
    expect(await answered()).toEqual(blocks);
    // The same by taking the text away.
    await field('Value').fill('');
    expect(await crowd.page.getByLabel('Value is blank').isChecked()).toBe(true);
    expect(await answered()).toEqual(except({ v2: bare }));
  });

  test('a value is put in where there was none', async () => {
    await open();
    await row('Fax').click();
    expect(await crowd.page.getByLabel('Value is blank').isChecked()).toBe(true);
    await field('Value').fill('none');
    expect(await crowd.page.getByLabel('Value is blank').isChecked()).toBe(false);
    expect(await answered()).toEqual(
      except(
        { v5: { ...v5, relationships: [child('new1', 'new2')], text: 'none' } },
        newWord('new1', 'none'),
        newLine('new2', ['new1'], 'none'),
      ),
    );
  });

  test('a check box of the page is one, and can be blank', async () => {
    await open();
    await row('Married').click();
    expect(await field('Value').count()).toBe(0);
    await crowd.page.getByLabel('Box is ticked').uncheck();
    expect(await answered()).toEqual(except({ s1: { ...selection, selectionStatus: 'NOT_SELECTED' } }));
    expect((await rows())[3]).toBe('Married\n☐ not ticked');
    await crowd.page.getByLabel('Box is ticked').check();
    expect(await answered()).toEqual(blocks);
    await crowd.page.getByLabel('Value is blank').check();
    const { relationships: _none, ...bare } = v4;
    expect(await answered()).toEqual(except({ v4: bare }));
    expect(await crowd.faults()).toEqual([]);
  });

  describe('keys that were not detected', () => {
    const keys = `keys="[{ importantFormKey: 'Date of birth', importantFormKeyAliases: ['Born', 'DOB'] },
      { importantFormKey: 'Name', importantFormKeyAliases: ['full  name'] }, { importantFormKey: '*' }, { importantFormKey: 'FAX:' }]"`;
    const newKey = (id: string, valueId: string, ids: string[], text: string): Block => ({
      blockType: 'KEY_VALUE_SET',
      entityTypes: ['KEY'],
      id,
      relationships: [value(valueId), child(...ids)],
      text,
    });

    test('must be answered; those that go by another name, and “*”, are none', async () => {
      await open(keys);
      expect((await rows())[0]).toBe('Date of birth\nto be answered\nAlso called: Born, DOB\nto be answered');
      expect(await crowd.page.locator('#tool .side-title').allTextContents()).toEqual([
        'Keys to look for (1)',
        'Key-value pairs (5)',
      ]);
      await submit();
      expect(await crowd.submitted()).toEqual([]);
      expect(await complaint()).toBe(
        'One key still needs an answer: type its value, or say that it is blank or not found.',
      );
      expect(await focused()).toBe('pair-field Date of birth');
      expect(await crowd.faults()).toEqual([]);
      await press('Enter');
      expect(await crowd.page.locator('#tool .hint').textContent()).toBe('This one needs an answer first.');
      expect(await selected()).toEqual(['Date of birth']);
    });

    test('with a value', async () => {
      await open(keys);
      await row('Date of birth').click();
      await field('Value').fill('1 May 1990');
      expect(await answered()).toEqual([
        ...blocks,
        newKey('new1', 'new2', ['new3', 'new4', 'new5', 'new6'], 'Date of birth'),
        {
          blockType: 'KEY_VALUE_SET',
          entityTypes: ['VALUE'],
          id: 'new2',
          relationships: [child('new7', 'new8', 'new9', 'new10')],
          text: '1 May 1990',
        },
        newWord('new3', 'Date'),
        newWord('new4', 'of'),
        newWord('new5', 'birth'),
        newLine('new6', ['new3', 'new4', 'new5'], 'Date of birth'),
        newWord('new7', '1'),
        newWord('new8', 'May'),
        newWord('new9', '1990'),
        newLine('new10', ['new7', 'new8', 'new9'], '1 May 1990'),
      ]);
      await submit();
      expect((await crowd.submitted()).length).toBe(1);
    });

    test('with a blank value', async () => {
      await open(keys);
      await row('Date of birth').click();
      await crowd.page.getByLabel('Value is blank').check();
      expect((await answered()).slice(blocks.length)).toEqual([
        newKey('new1', 'new2', ['new3', 'new4', 'new5', 'new6'], 'Date of birth'),
        { blockType: 'KEY_VALUE_SET', entityTypes: ['VALUE'], id: 'new2' },
        newWord('new3', 'Date'),
        newWord('new4', 'of'),
        newWord('new5', 'birth'),
        newLine('new6', ['new3', 'new4', 'new5'], 'Date of birth'),
      ]);
    });

    test('not found', async () => {
      await open(keys);
      await row('Date of birth').click();
      await crowd.page.getByLabel('Key not found').check();
      await submit();
      expect(await crowd.submitted()).toEqual([{ [key]: { blocks } }]);
    });
  });

  test('a pair is added without a place, or with boxes that are drawn', async () => {
    await open();
    await crowd.page.getByRole('button', { name: 'Add a pair' }).click();
    expect(await focused()).toMatch(/^pair-field/);
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    await field('Key').fill('Id');
    await field('Value').fill('A7');
    const added = [
      ...blocks,
      {
        blockType: 'KEY_VALUE_SET',
        entityTypes: ['KEY'],
        id: 'new1',
        relationships: [value('new2'), child('new3', 'new4')],
        text: 'Id',
      },
      {
        blockType: 'KEY_VALUE_SET',
        entityTypes: ['VALUE'],
        id: 'new2',
        relationships: [child('new5', 'new6')],
        text: 'A7',
      },
      newWord('new3', 'Id'),
      newLine('new4', ['new3'], 'Id'),
      newWord('new5', 'A7'),
      newLine('new6', ['new5'], 'A7'),
    ];
    expect(await answered()).toEqual(added);
    await crowd.page.getByRole('button', { name: 'Draw key box' }).click();
    await drag([0.75, 0.1], [0.85, 0.2]);
    await crowd.page.getByRole('button', { name: 'Draw value box' }).click();
    await drag([0.98, 0.2], [0.88, 0.1]);
    const drawn = (await answered()).filter(({ geometry, text }) => geometry && (text === 'Id' || text === 'A7'));
    expect(drawn.map(({ geometry }) => geometry)).toEqual([
      {
        boundingBox: { height: 0.1, left: 0.75, top: 0.1, width: 0.1 },
        polygon: rectangle(0.75, 0.1, 0.1, 0.1).polygon.map(round),
      },
      {
        boundingBox: { height: 0.1, left: 0.88, top: 0.1, width: 0.1 },
        polygon: rectangle(0.88, 0.1, 0.1, 0.1).polygon.map(round),
      },
    ]);
    await crowd.page.getByRole('button', { name: 'Delete this pair' }).click();
    expect(await answered()).toEqual(blocks);
  });

  test('a click on the page chooses the pair in the list, a choice in the list shows it on the page', async () => {
    await open();
    await click(0.5, 0.3);
    expect(await selected()).toEqual(['Phone']);
    await click(0.2, 0.45);
    expect(await selected()).toEqual(['Address']);
    const chosen = () =>
      crowd.page.evaluate(() =>
        [...document.querySelector('#tool')!.shadowRoot!.querySelectorAll('.area.chosen')].map((area) => {
          const { x, y, width, height } = (area as SVGGraphicsElement).getBBox();
          return [x, y, width, height].map(Math.round);
        }),
      );
    expect(await chosen()).toEqual([
      [40, 80, 80, 20],
      [160, 80, 120, 40],
    ]);
    await row('Full Name:').click();
    expect(await chosen()).toEqual([
      [40, 20, 80, 20],
      [160, 20, 120, 20],
    ]);
    // Out of sight, it comes into view.
    for (let count = 0; count < 3; count++) await crowd.page.getByRole('button', { name: 'Zoom in' }).click();
    await row('Fax').click();
    await expect
      .poll(() =>
        crowd.page.evaluate(() => {
          const root = document.querySelector('#tool')!.shadowRoot!;
          const stage = root.querySelector('.stage')!.getBoundingClientRect();
          const area = root.querySelector('.area.chosen')!.getBoundingClientRect();
          return area.top >= stage.top && area.bottom <= stage.bottom && area.left >= stage.left;
        }),
      )
      .toBe(true);
  });

  test('a box of the chosen pair is moved and resized by mouse, once it was taken hold of', async () => {
    await open();
    await click(0.5, 0.3);
    await click(0.5, 0.3);
    await drag([0.5, 0.3], [0.55, 0.35]);
    const moved = rectangle(0.45, 0.3, 0.3, 0.1);
    expect(await answered()).toEqual(
      except({
        v2: {
          ...v2,
          geometry: {
            boundingBox: { height: 0.1, left: 0.45, top: 0.3, width: 0.3 },
            polygon: moved.polygon.map(round),
          },
        },
      }),
    );
    // By its lower right corner.
    await drag([0.75, 0.4], [0.8, 0.5]);
    expect((await answered()).find(({ id }) => id === 'v2')!.geometry).toEqual({
      boundingBox: { height: 0.2, left: 0.45, top: 0.3, width: 0.35 },
      polygon: rectangle(0.45, 0.3, 0.35, 0.2).polygon.map(round),
    });
    await press('Control+z', 'Control+z');
    expect(await answered()).toEqual(blocks);
  });

  test('boxes are moved, resized and put in by keys', async () => {
    await open();
    await row('Phone').click();
    await press('v', 'ArrowRight', 'Shift+ArrowDown');
    expect(await focused()).toBe('stage');
    const geometry = async (id: string) =>
      ((await answered()).find((block) => block.id === id)!.geometry as typeof places.v2).boundingBox;
    expect(await geometry('v2')).toEqual({ height: 0.1, left: 0.4025, top: 0.3, width: 0.3 });
    // To the lower right corner, clockwise from the upper left one.
    await press(']', ']', ']', ']', ']', 'Shift+ArrowRight');
    expect(await geometry('v2')).toEqual({ height: 0.1, left: 0.4025, top: 0.3, width: 0.325 });
    await press('Escape');
    await row('Fax').click();
    await press('v', 'Enter');
    const placed = await geometry('v5');
    expect(placed.width).toBeGreaterThan(0);
    await press('ArrowLeft');
    expect((await geometry('v5')).left).toBeCloseTo(placed.left - 1 / 400, 6);
  });

  test('no-geometry-edit leaves all boxes as they are', async () => {
    await open('no-geometry-edit');
    await click(0.5, 0.3);
    await click(0.5, 0.3);
    await drag([0.5, 0.3], [0.55, 0.35]);
    await row('Phone').click();
    await press('v', 'ArrowRight', 'Enter');
    expect(await crowd.page.getByRole('button', { name: /box$/ }).count()).toBe(0);
    expect(await answered()).toEqual(blocks);
  });

  test('keys alone: Enter accepts and goes on, fields are filled on the way', async () => {
    await open(`keys="[{ importantFormKey: 'Signature' }]"`);
    await crowd.page.evaluate('tool.focus()');
    expect(await focused()).toBe('pair-field Signature');
    await press('Escape');
    expect(await focused()).toBe('pair-head Signature');
    await press('n', 'Enter');
    expect(await focused()).toBe('pair-head Full Name:');
    await press('e');
    await crowd.page.keyboard.type('Ada Lovelace');
    await press('Enter');
    expect(await focused()).toBe('pair-field Phone');
    await press('ArrowDown');
    expect(await focused()).toBe('pair-field Address');
    await press('ArrowUp', 'Enter', 'Escape', 'Enter');
    expect(await focused()).toBe('pair-head Married');
    await press('n', 'ArrowDown', 'b');
    await crowd.page.keyboard.press('b');
    expect(await crowd.page.locator('#tool #pairs-title').textContent()).toBe('Key-value pairs (5), 3 checked');
    const list = await answered();
    expect(list.filter(({ blockType }) => blockType === 'KEY_VALUE_SET').map(({ id }) => id)).toEqual([
      'k5',
      'v5',
      'k1',
      'v1',
      'k2',
      'v2',
      'k3',
      'v3',
    ]);
    expect(byText(list, 'Ada Lovelace').map(({ blockType }) => blockType)).toEqual(['KEY_VALUE_SET', 'LINE']);
    await press('Enter', 'Enter');
    expect(await crowd.page.locator('#tool .hint').textContent()).toBe('All pairs are checked.');
    expect(await crowd.faults()).toEqual([]);
    await submit();
    expect((await crowd.submitted()).length).toBe(1);
  });

  test('? shows the keys, Z zooms to the pair, F back to the page', async () => {
    await open('no-geometry-edit');
    await row('Married').click();
    const width = () =>
      crowd.page.evaluate(
        () => document.querySelector('#tool')!.shadowRoot!.querySelector('.area.chosen')!.getBoundingClientRect().width,
      );
    const before = await width();
    await press('z');
    await expect.poll(width).toBeGreaterThan(before * 1.2);
    await press('f');
    await expect.poll(width).toBeCloseTo(before, 0);
    await press('?');
    expect(await crowd.page.locator('#tool #shortcuts dt').allTextContents()).toContain('Enter ');
    expect(await crowd.page.locator('#tool #shortcuts').textContent()).not.toContain('Box of the key');
    expect(await crowd.faults()).toEqual([]);
  });

  test('takes back and does again; what is typed into one field is one step', async () => {
    await open();
    await row('Phone').click();
    await press('e');
    await crowd.page.keyboard.type('12');
    await press('Escape', 'n');
    await crowd.page.getByRole('button', { name: 'Undo' }).click();
    expect((await rows())[1]).toBe('Phone\n12');
    await press('Control+z');
    expect(await answered()).toEqual(blocks);
    expect(await crowd.page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await press('Control+y', 'Control+Shift+z');
    expect((await answered()).some(({ id }) => id === 'k2')).toBe(false);
    // In a field, too.
    await row('Address').click();
    await press('e');
    await crowd.page.keyboard.type('x');
    await press('Control+z');
    expect(await field('Value').inputValue()).toBe('123 Any Street, USA');
    expect(crowd.complaints).toEqual([]);
  });

  test('fires input and change once for each edit, and resets', async () => {
    await open();
    await row('Phone').click();
    await crowd.page.getByLabel('Value is blank').check();
    const fired = (await crowd.events()).filter((event) => /input|change/.test(event));
    expect(fired).toEqual(['tool:input', 'tool:change']);
    await crowd.page.evaluate('document.querySelector("crowd-form").reset()');
    expect(await answered()).toEqual(blocks);
    expect(await selected()).toEqual([]);
  });

  test('disabled, nothing can be changed and nothing is answered', async () => {
    await open('disabled');
    await row('Phone').click();
    expect(await field('Value').isDisabled()).toBe(true);
    await press('n', 'b', 'a');
    expect(await crowd.answer()).toEqual({});
    expect(await crowd.page.evaluate('tool.value.blocks.length')).toBe(blocks.length);
    expect(await crowd.faults()).toEqual([]);
  });

  const pascal = (each: unknown): unknown =>
    Array.isArray(each)
      ? each.map(pascal)
      : each && typeof each === 'object'
        ? Object.fromEntries(
            Object.entries(each).map(([name, inner]) => [name[0]!.toUpperCase() + name.slice(1), pascal(inner)]),
          )
        : each;

  test.each([
    ['the keys of the service itself', pascal(blocks), blocks],
    ['a whole response', { Blocks: pascal(blocks), DocumentMetadata: { Pages: 1 } }, blocks],
    ['an earlier answer', { [key]: { blocks } }, blocks],
    ['nothing', [], []],
  ])('begins with %s', async (_title, initial, expected) => {
    await open('', initial);
    expect(await answered()).toEqual(expected);
    expect(await crowd.page.locator('#tool .pair').count()).toBe(expected.length === 0 ? 0 : 5);
    expect(crowd.complaints).toEqual([]);
    expect(await crowd.faults()).toEqual([]);
  });

  test('its own answer can be reviewed again', async () => {
    await open();
    await row('Phone').click();
    await field('Value').fill('555 0199');
    const first = (await crowd.answer()) as Record<string, unknown>;
    await open('', first[key]);
    expect(await crowd.answer()).toEqual(first);
    expect((await rows())[1]).toBe('Phone\n555 0199');
  });

  test('the misspelt height, boxes without polygons and recorded answers without any place are understood', async () => {
    const { boundingBox } = places.v1;
    const { height, ...misspelt } = boundingBox;
    const list = except({
      v1: { ...v1, geometry: { boundingBox: { ...misspelt, weight: height } } },
      k1: { ...k1, geometry: undefined },
    });
    await open('', JSON.parse(JSON.stringify(list)));
    await click(0.5, 0.15);
    expect(await selected()).toEqual(['Full Name:']);
    expect(crowd.complaints).toEqual([]);
    expect(await answered()).toEqual(JSON.parse(JSON.stringify(list)));
  });

  test.each([
    ['initial-value="[{"', /“initial-value”/],
    ['initial-value="7"', /“initial-value”/],
    ['initial-value="{ rows: [] }"', /“initial-value”/],
    [`initial-value="[7, 'x', null]"`, /^3 given blocks could not be read and are left out\.$/],
    [
      `initial-value="${escaped([k2, v2, word('w5', 'a'), word('w5', '<b>b</b>')])}"`,
      /^More than one given block has the id “w5”; the first one counts\.$/,
    ],
    [
      `initial-value="${escaped([
        { ...k2, geometry: { polygon: [{ x: 'left', y: 1 }] } },
        { ...v2, geometry: 7 },
      ])}"`,
      /^2 given places on the page could not be read and are not shown\.$/,
    ],
    ['keys="{"', /“keys”/],
    ['keys="{ importantFormKey: 1 }"', /“keys”/],
    ['block-types="KEY"', /“block-types”/],
    [
      `blocktypes="['TABLE', 'KEY_VALUE_SET']"`,
      /^Only blocks of the type KEY_VALUE_SET can be reviewed here, not TABLE\.$/,
    ],
  ])('%s is told to the worker, and the form goes on', async (attribute, sentence) => {
    const page = await crowd.openForm(
      `<crowd-textract-analyze-document id="tool" src="${images.url('400x200.png')}" ${attribute}></crowd-textract-analyze-document>`,
    );
    await loaded(page);
    expect(await alerts()).toEqual([expect.stringMatching(sentence)]);
    expect(crowd.complaints.length).toBe(1);
    expect(await crowd.faults()).toEqual([]);
    await submit();
    expect((await crowd.submitted()).length).toBe(1);
  });

  test('odd blocks break nothing, and nothing of them becomes markup', async () => {
    const odd = [
      {
        blockType: 'KEY_VALUE_SET',
        entityTypes: ['KEY'],
        id: 'a',
        relationships: [{ ids: 'v', type: 'VALUE' }, null, { type: 'CHILD', ids: ['w', 'gone'] }],
      },
      { blockType: 'WORD', id: 'w', text: '<img src=x onerror=alert(1)>' },
      { blockType: 'KEY_VALUE_SET', entityTypes: ['KEY'], id: 7, relationships: { type: 'VALUE' } },
      { blockType: 'KEY_VALUE_SET', entityTypes: 'KEY', id: 'c' },
      { blockType: 'KEY_VALUE_SET', entityTypes: ['KEY'], id: 'd', relationships: [{ ids: ['d'], type: 'VALUE' }] },
    ];
    await open(`keys="['<b>Bold</b>', 5, null, '']"`, odd);
    expect(await rows()).toEqual([
      '<b>Bold</b>\nto be answered\nto be answered',
      '<img src=x onerror=alert(1)>\nblank',
      'Key without text\nblank',
      'Key without text\nblank',
    ]);
    expect(await crowd.page.locator('#tool .pair b, #tool .pair img').count()).toBe(0);
    expect(await answered()).toEqual(odd);
  });

  test('a value that a key does not have is made for it', async () => {
    const alone = [{ ...k5, relationships: [child('w12')] }, word('w12', 'Fax')];
    await open('', alone);
    await row('Fax').click();
    await field('Value').fill('7');
    expect(await answered()).toEqual([
      { ...k5, relationships: [value('new1'), child('w12')] },
      word('w12', 'Fax'),
      newWord('new2', '7'),
      newLine('new3', ['new2'], '7'),
      {
        blockType: 'KEY_VALUE_SET',
        entityTypes: ['VALUE'],
        id: 'new1',
        relationships: [child('new2', 'new3')],
        text: '7',
      },
    ]);
  });

  test.each([
    ['status/404', 'The image was not found (404). Please tell whoever made this task.'],
    ['text', 'What the address of the image leads to is no image (text/plain).'],
  ])('an image that is none (%s) is told, and blocks submission', async (path, sentence) => {
    await crowd.openForm(element('', blocks, images.url(path)));
    await expect.poll(alerts).toEqual([sentence]);
    expect(await crowd.page.locator('#tool .pair').count()).toBe(5);
    await submit();
    expect(await complaint()).toBe(sentence);
    expect(await crowd.submitted()).toEqual([]);
    expect(await crowd.faults()).toEqual([]);
  });

  test('a PDF is told from other things that are no image', async () => {
    images.give(new TextEncoder().encode('%PDF-1.7'), 'application/pdf');
    await crowd.openForm(element('', blocks, images.url('given')));
    await expect
      .poll(alerts)
      .toContain(
        'This document is a PDF. The task shows one page as an image (PNG or JPEG): please tell whoever made it.',
      );
  });

  test('another image takes all changes back', async () => {
    await open();
    await row('Phone').click();
    await press('n');
    await crowd.page.evaluate(
      (src) => Object.assign(document.querySelector('#tool')!, { src }),
      images.url('200x400.png'),
    );
    expect(await answered()).toEqual(blocks);
  });

  test('attributes are properties, also before the element is there; a name that is given counts', async () => {
    const page = await crowd.openForm('<div id="place"></div>');
    await page.evaluate(
      ([src, initial]) => {
        const tool = Object.assign(document.createElement('crowd-textract-analyze-document'), {
          id: 'tool',
          src,
          initialValue: initial,
          keys: [{ importantFormKey: 'Fax' }],
          blockTypes: ['KEY_VALUE_SET'],
          noKeyEdit: true,
        });
        tool.setAttribute('name', 'doc');
        document.querySelector('#place')!.append(tool);
      },
      [images.url('400x200.png'), blocks] as const,
    );
    await loaded(page);
    expect(await crowd.answer()).toEqual({ doc: { blocks } });
    expect(await page.evaluate('[tool.keys, tool.blockTypes, tool.noKeyEdit, tool.noGeometryEdit]')).toEqual([
      [{ importantFormKey: 'Fax' }],
      ['KEY_VALUE_SET'],
      true,
      false,
    ]);
    for (const none of ['null', '""', 'undefined', '[]'])
      await page.evaluate(`tool.initialValue = tool.keys = ${none}`);
    expect(await crowd.answer()).toEqual({ doc: { blocks: [] } });
    expect(crowd.complaints).toEqual([]);
  });

  test('a thousand pairs of six thousand blocks: found, edited, accepted', async () => {
    const many = Array.from({ length: 1000 }, (_none, index) => {
      const geometry = rectangle((index % 20) / 20, Math.floor(index / 20) / 50, 0.02, 0.01);
      return [
        { ...part('KEY', 'v5', [value(`v${index}`), child(`a${index}`, `b${index}`)]), id: `k${index}`, geometry },
        { ...part('VALUE', 'v5', [child(`c${index}`, `d${index}`)]), id: `v${index}`, geometry },
        word(`a${index}`, 'Field'),
        word(`b${index}`, `no${index}`),
        word(`c${index}`, 'value'),
        word(`d${index}`, String(index)),
      ];
    }).flat();
    const page = await open();
    await page.evaluate((value) => Object.assign(document.querySelector('#tool')!, { initialValue: value }), many);
    await page.getByLabel('Find a pair').fill('no777');
    expect(await rows()).toEqual(['Field no777\nvalue 777']);
    await row('no777').click();
    await press('e');
    await page.keyboard.type('changed');
    await press('Enter');
    await page.getByLabel('Find a pair').fill('');
    const list = await answered();
    expect(list.length).toBe(6002);
    expect(list.find(({ id }) => id === 'v777')!.text).toBe('changed');
    expect(await page.locator('#tool #pairs-title').textContent()).toBe('Key-value pairs (1000), 1 checked');
  });

  test.each([
    ['es', 'Pares clave-valor (5)', 'Añadir un par'],
    ['de', 'Schlüssel-Wert-Paare (5)', 'Paar hinzufügen'],
    ['ja', 'キーと値のペア（5）', 'ペアを追加'],
  ])('speaks %s', async (lang, title, add) => {
    const page = await crowd.open(
      `<!DOCTYPE html><html lang="${lang}"><title>T</title><script src="/crowd-html-elements.js"></script><body><main><crowd-form>${element()}</crowd-form></main>`,
    );
    expect(await page.locator('#tool #pairs-title').textContent()).toBe(title);
    expect((await page.locator('#tool #add').textContent())!.trim()).toBe(add);
    await page.locator('#tool .pair-head').nth(1).click();
    expect(await crowd.faults()).toEqual([]);
  });

  test('on a phone a finger chooses a pair on the page, and the page stays in view', async () => {
    await crowd.page.setViewportSize({ width: 390, height: 844 });
    try {
      await open(`keys="[{ importantFormKey: 'Signature' }]"`);
      const devtools = await crowd.page.context().newCDPSession(crowd.page);
      await crowd.page.evaluate('tool.shadowRoot.querySelector(".stage").scrollIntoView({ block: "start" })');
      const tap = async (...at: [number, number]) => {
        const [x, y] = await place(...at);
        await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
        await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      };
      const shown = () =>
        crowd.page.evaluate(() => {
          const root = document.querySelector('#tool')!.shadowRoot!;
          const head = root.querySelector('.pair.selected .pair-head')!.getBoundingClientRect();
          const bar = root.querySelector('.bar')!.getBoundingClientRect();
          return (
            head.top >= bar.bottom - 1 &&
            head.bottom <= innerHeight &&
            document.documentElement.scrollWidth <= innerWidth
          );
        });
      await tap(0.2, 0.85);
      await expect.poll(selected).toEqual(['Fax']);
      await expect.poll(shown).toBe(true);
      // Further up in the list, which has gone below the page.
      await tap(0.5, 0.15);
      await expect.poll(selected).toEqual(['Full Name:']);
      await expect.poll(shown).toBe(true);
      expect(await crowd.faults()).toEqual([]);
    } finally {
      await crowd.page.setViewportSize({ width: 1280, height: 800 });
    }
  });
});

const round = ({ x, y }: { x: number; y: number }) => ({ x: Math.round(x * 1e7) / 1e7, y: Math.round(y * 1e7) / 1e7 });
