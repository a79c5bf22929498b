import { describe, expect, test } from 'vitest';
import {
  blocks,
  child,
  escaped,
  except,
  k1,
  k2,
  key,
  part,
  places,
  rectangle,
  useDocumentPage,
  v1,
  v2,
  value,
  word,
} from '../../testing/document-page.ts';

const {
  crowd,
  images,
  element,
  loaded,
  open,
  answered,
  submit,
  rows,
  row,
  press,
  field,
  complaint,
  alerts,
  selected,
  click,
} = useDocumentPage();

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

  test('a PDF is told from other things that are no image, in one sentence', async () => {
    images.give(new TextEncoder().encode('%PDF-1.7'), 'application/pdf');
    await crowd.openForm(element('', blocks, images.url('given')));
    const sentence =
      'This document is a PDF, which cannot be shown here: the task needs one page of it as an image (PNG or JPEG). Please tell whoever made this task.';
    await expect.poll(alerts).toEqual([sentence]);
    await submit();
    expect(await complaint()).toBe(sentence);
    expect(await crowd.faults()).toEqual([]);
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
});
