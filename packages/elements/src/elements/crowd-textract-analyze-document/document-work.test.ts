import { describe, expect, test } from 'vitest';
import {
  type Block,
  blocks,
  byText,
  child,
  except,
  key,
  newWord,
  type places,
  rectangle,
  round,
  useDocumentPage,
  v2,
  value,
} from '../../testing/document-page.ts';

const { crowd, open, answered, submit, rows, row, press, field, complaint, focused, selected, place, click, drag } =
  useDocumentPage();

describe('work with crowd-textract-analyze-document', () => {
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
    expect(await crowd.page.locator('#tool .hint').textContent()).toBe('All pairs are checked. Ctrl+Enter submits.');
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

  test('what a refused submission has opened stays open when it is clicked', async () => {
    await open(`keys="[{ importantFormKey: 'Signature' }]"`);
    await submit();
    await row('Signature').click();
    expect(await selected()).toEqual(['Signature']);
    expect(await focused()).toBe('pair-field Signature');
    await crowd.page.keyboard.type('Jane');
    await submit();
    expect((await crowd.submitted()).length).toBe(1);
  });

  test('a click closes only a pair that a click has opened', async () => {
    await open();
    await row('Full Name:').click();
    await row('Full Name:').click();
    expect(await selected()).toEqual([]);
    await row('Full Name:').click();
    await crowd.page.getByRole('button', { name: 'Accept, go on' }).click();
    expect(await selected()).toEqual(['Phone']);
    await row('Phone').click();
    expect(await selected()).toEqual(['Phone']);
    await row('Phone').click();
    expect(await selected()).toEqual([]);
  });

  test('by mouse, the button that accepts stays where it is', async () => {
    const many = Array.from({ length: 30 }, (_each, index): Block[] => {
      const [keyId, valueId] = [`key${index}`, `value${index}`];
      const at = { boundingBox: { height: 0.02, left: 0.1, top: index / 31, width: 0.2 } };
      const kind = { blockType: 'KEY_VALUE_SET', geometry: at };
      return [
        { ...kind, entityTypes: ['KEY'], id: keyId, relationships: [value(valueId), child(`a${index}`)] },
        { ...kind, entityTypes: ['VALUE'], id: valueId, relationships: [child(`b${index}`)] },
        newWord(`a${index}`, `Key ${index}`),
        newWord(`b${index}`, `Value ${index}`),
      ];
    }).flat();
    await open('', many);
    await crowd.page.locator('#tool .pair-head').nth(2).click();
    const { x, y, width, height } = (await crowd.page.locator('#tool .accept').boundingBox())!;
    for (let count = 1; count <= 9; count++) {
      await crowd.page.mouse.click(x + width / 2, y + height / 2);
      await expect.poll(() => crowd.page.locator('#tool #pairs-title').textContent()).toContain(`, ${count} checked`);
    }
    expect(await selected()).toEqual(['Key 11']);
  });

  test('a row under the mouse shows its place on the page, a place its row', async () => {
    await open();
    const hovered = () =>
      crowd.page.evaluate(() =>
        [...document.querySelector('#tool')!.shadowRoot!.querySelectorAll('.area.hovered')].map((area) =>
          Math.round((area as SVGGraphicsElement).getBBox().y),
        ),
      );
    const pointed = () => crowd.page.locator('#tool .pair[data-pointed] .pair-key').allTextContents();
    await row('Phone').hover();
    expect(await hovered()).toEqual([50, 50]);
    await crowd.page.mouse.move(...(await place(0.2, 0.45)));
    expect(await pointed()).toEqual(['Address']);
    await crowd.page.mouse.move(...(await place(0.2, 0.03)));
    expect(await pointed()).toEqual([]);
    expect(await hovered()).toEqual([]);
  });

  test('a page that is right takes one Enter to begin, one for each pair, and Ctrl+Enter', async () => {
    await open();
    await press('Enter');
    expect(await focused()).toBe('pair-head Full Name:');
    await press('Enter', 'Enter', 'Enter', 'Enter', 'Enter');
    expect(await crowd.page.locator('#tool .hint').textContent()).toBe('All pairs are checked. Ctrl+Enter submits.');
    await press('Control+Enter');
    expect(await crowd.submitted()).toEqual([{ [key]: { blocks } }]);
  });

  test('Ctrl+Enter in a field submits what was typed, and is refused where something is missing', async () => {
    await open(`keys="[{ importantFormKey: 'Signature' }]"`);
    await press('Enter', 'e', 'Control+Enter');
    expect(await crowd.submitted()).toEqual([]);
    expect(await complaint()).toContain('One key still needs an answer');
    await crowd.page.keyboard.type('Jane');
    await press('Control+Enter');
    expect(JSON.stringify(await crowd.submitted())).toContain('"text":"Jane"');
  });
});
