import { describe, expect, test } from 'vitest';
import {
  type Block,
  blocks,
  child,
  except,
  k2,
  k5,
  key,
  newLine,
  newWord,
  page,
  rectangle,
  round,
  selection,
  useDocumentPage,
  v1,
  v2,
  v4,
  v5,
  value,
  word,
} from '../../testing/document-page.ts';

const { crowd, open, answered, submit, rows, row, press, field, complaint, focused, selected, drag } =
  useDocumentPage();

describe('the answer of crowd-textract-analyze-document', () => {
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
});
