import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const three = ['First text', 'Second text', 'Third text'];
const both = `[{name: 'Clarity', allowTie: true}, {name: 'Tone', allowTie: false,}]`;

const ranking = (attributes = '', responses: unknown = three, dimensions = `[{name: 'Clarity', allowTie: true}]`) =>
  `<crowd-text-ranking id="c" name="rank" data-watch text="Which is clear?" responses="${quoted(JSON.stringify(responses))}" ordinal-ranking-dimensions="${quoted(dimensions)}" ${attributes}></crowd-text-ranking>`;
const noTies = (responses: unknown = three) => ranking('', responses, `[{name: 'Clarity', allowTie: false}]`);

const press = async (...keys: string[]) => {
  for (const key of keys) await crowd.page.keyboard.press(key);
};
const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();
const chip = (letter: string, board = 0): Locator => crowd.page.locator(`#chip-${board}-${letter.charCodeAt(0) - 65}`);
const level = (rank: number, board = 0): Locator =>
  crowd.page
    .locator('.board')
    .nth(board)
    .locator('.level')
    .nth(rank - 1);
const pool = (board = 0): Locator => crowd.page.locator('.board').nth(board).locator('.pool');
const ranks = (board = 0): Promise<unknown> =>
  crowd.page.evaluate(`c.value.ordinalRankingDimensions[${board}].responseRankings`);
const focused = () => crowd.page.evaluate('c.shadowRoot.activeElement?.id');

/** Drags a response by mouse; `part` says where in the target, from 0 at its top to 1. */
async function drag(from: Locator, to: Locator, part = 0.5) {
  const { mouse } = crowd.page;
  const start = (await from.boundingBox())!;
  await mouse.move(start.x + 60, start.y + start.height / 2);
  await mouse.down();
  const end = (await to.boundingBox())!;
  await mouse.move(end.x + 70, end.y + end.height * part, { steps: 4 });
  await mouse.up();
}

describe('crowd-text-ranking in a form', () => {
  testFormControl(crowd, {
    tag: 'crowd-text-ranking',
    // Under its name, as this battery looks for it; at the root below.
    attributes: `answer-place="name" text="Which?" responses="['one', 'two']" ordinal-ranking-dimensions="[{name: 'Best', allowTie: false}]"`,
    content: '<short-instructions>short</short-instructions>',
    before: { ordinalRankingDimensions: [{ allowTie: false, name: 'Best', responseRankings: [null, null] }] },
    after: { ordinalRankingDimensions: [{ allowTie: false, name: 'Best', responseRankings: [2, 1] }] },
    act: async () => {
      await crowd.page.locator('#chip-0-1').first().click();
      await crowd.page.locator('#chip-0-0').first().click();
    },
    keys: ['Tab', 'Tab', 'Tab', 'Tab', '2', 'Tab', '1'],
    property: [
      'responses',
      ['x', 'y', 'z'],
      { ordinalRankingDimensions: [{ allowTie: false, name: 'Best', responseRankings: [null, null, null] }] },
    ],
    requirable: true,
    twice: {
      attributes: [
        `answer-place="name"`,
        `answer-place="name" responses="['a', 'b']" ordinal-ranking-dimensions="[{name: 'N'}]"`,
      ],
      answer: { ordinalRankingDimensions: [{ allowTie: false, name: 'N', responseRankings: [null, null] }] },
      warns: true,
    },
  });

  test('answers at the root, with ranks in the order of the responses', async () => {
    await crowd.openForm(`${ranking('', three, both)}<input name="note" value="n" aria-label="Note">`);
    for (const letter of ['C', 'A', 'B']) await chip(letter).click();
    for (const letter of ['B', 'C', 'A']) await chip(letter, 1).click();
    await submit();
    expect(await crowd.submitted()).toEqual([
      {
        note: 'n',
        ordinalRankingDimensions: [
          { allowTie: true, name: 'Clarity', responseRankings: [2, 3, 1] },
          { allowTie: false, name: 'Tone', responseRankings: [3, 1, 2] },
        ],
      },
    ]);
    expect(await crowd.faults()).toEqual([]);
    expect(crowd.complaints).toEqual([]);
  });

  test('at the root it answers without a name too, and not when disabled; of two the last one wins', async () => {
    const page = await crowd.openForm(ranking().replace('name="rank"', ''));
    const unmade = { allowTie: true, name: 'Clarity', responseRankings: [null, null, null] };
    expect(await crowd.answer()).toEqual({ ordinalRankingDimensions: [unmade] });
    await page.evaluate('c.disabled = true');
    expect(await crowd.answer()).toEqual({});
    await crowd.openForm(`${ranking()}${ranking('', ['x', 'y'], `['N']`).replace('id="c"', '')}`);
    expect(await crowd.answer()).toEqual({
      ordinalRankingDimensions: [{ allowTie: false, name: 'N', responseRankings: [null, null] }],
    });
    expect(crowd.complaints).toEqual([
      'Several controls are named "ordinalRankingDimensions"; the answer holds the value of the last one.',
    ]);
  });

  test('is loaded by the second name of the script', async () => {
    await crowd.open(
      `<!DOCTYPE html><html lang="en"><title>T</title><script src="/crowd-html-elements-v2.js"></script><main><crowd-form>${ranking()}</crowd-form></main>`,
    );
    await chip('B').click();
    expect(await ranks()).toEqual([null, 1, null]);
  });

  test('blocks until every response has a rank in every dimension: an untouched order is no answer', async () => {
    const page = await crowd.openForm(ranking('', three, both));
    await submit();
    expect(await page.locator('#complaint').innerText()).toBe(
      '“Clarity”: please rank Response A, Response B, Response C.',
    );
    expect(await focused()).toBe('chip-0-0');
    expect(await page.locator('.board.wrong').count()).toBe(2);
    expect(await crowd.faults()).toEqual([]);
    await press('2', 'Tab', '1');
    await submit();
    expect(await page.locator('#complaint').innerText()).toBe('“Clarity”: please rank Response C.');
    expect(await focused()).toBe('chip-0-2');
    await press('3');
    expect(await page.locator('#complaint').innerText()).toMatch(/^“Tone”/);
    await submit();
    expect(await focused()).toBe('chip-1-0');
    for (const letter of ['A', 'B', 'C']) await chip(letter, 1).click();
    expect(await page.locator('#complaint').innerText()).toBe('');
    expect(await page.locator('.board.wrong').count()).toBe(0);
    await submit();
    expect(await crowd.submitted()).toHaveLength(1);
  });
});

describe('ranking by keys', () => {
  test.each([
    ['numbers', ['2', 'Tab', '1', 'Tab', '3'], [2, 1, 3]],
    ['a number makes room', ['1', 'Tab', '1', 'Tab', '1'], [3, 2, 1]],
    ['Enter and Space give the next free rank', ['Enter', 'Tab', 'Space', 'Tab', 'Enter'], [1, 2, 3]],
    ['arrows', ['Enter', 'Tab', 'Enter', 'Tab', 'Enter', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowUp'], [2, 3, 1]],
    ['= ties with the one above', ['1', 'Tab', '2', '=', 'Tab', '3'], [1, 1, 2]],
    ['an arrow ends a tie', ['1', 'Tab', '=', 'Tab', '3', 'Shift+Tab', 'ArrowDown'], [1, 2, 3]],
    ['Delete takes one out', ['1', 'Tab', '2', 'Tab', '3', 'Delete'], [1, 2, null]],
    ['a number without a rank does nothing', ['4', '9', '0'], [null, null, null]],
    ['undo and redo', ['1', 'Tab', '2', 'Control+z', 'Control+z', '.'], [1, null, null]],
  ])('%s', async (_title, keys, expected) => {
    await crowd.openForm(ranking());
    await chip('A').focus();
    // What has a rank comes before the rest, so that each response is found by its name instead of by Tab.
    let letter = 65;
    for (const key of keys) {
      if (key === 'Tab') await chip(String.fromCharCode(++letter)).focus();
      else if (key === 'Shift+Tab') await chip(String.fromCharCode(--letter)).focus();
      else await press(key);
    }
    expect(await ranks()).toEqual(expected);
    expect(await crowd.faults()).toEqual([]);
  });

  test('the focus stays with the response, which says its rank', async () => {
    const page = await crowd.openForm(ranking());
    await chip('B').focus();
    await press('3');
    expect(await focused()).toBe('chip-0-1');
    expect(await chip('B').textContent()).toMatch(/Response B\s+Second text\s+, rank 3 of 3/);
    await press('ArrowUp');
    expect(await focused()).toBe('chip-0-1');
    expect(await page.locator('[role=status]').innerText()).toBe('Response B: rank 2 of 3');
    await chip('A').focus();
    await press('=');
    expect(await chip('A').textContent()).toContain(', rank 2 of 3, same rank as Response B');
    expect(await chip('C').textContent()).toContain(', not ranked yet');
  });

  test('without allowTie nothing is tied', async () => {
    await crowd.openForm(noTies());
    await chip('A').focus();
    await press('1');
    await chip('B').focus();
    await press('=');
    expect(await ranks()).toEqual([1, null, null]);
    await drag(chip('B'), level(1));
    expect(await ranks()).toEqual([2, 1, null]);
  });

  test('the shortcuts show on ?, and keys elsewhere rank nothing', async () => {
    const page = await crowd.openForm(`<input id="i" aria-label="I">${ranking()}`);
    await page.locator('#i').focus();
    await press('1', '?');
    expect(await ranks()).toEqual([null, null, null]);
    await page.locator('#i').blur();
    await press('1', '?');
    expect(await page.getByRole('region', { name: 'Shortcuts' }).isVisible()).toBe(true);
    expect(await ranks()).toEqual([null, null, null]);
    expect(await crowd.faults()).toEqual([]);
  });
});

describe('ranking by pointer', () => {
  test('dragging to a rank, from rank to rank, onto another, between two, and out again', async () => {
    await crowd.openForm(ranking());
    await drag(chip('C'), level(2));
    expect(await ranks()).toEqual([null, null, 2]);
    await drag(chip('A'), level(1));
    await drag(chip('B'), level(3));
    expect(await ranks()).toEqual([1, 3, 2]);
    await drag(chip('B'), level(1), 0.5);
    expect(await ranks()).toEqual([1, 1, 2]);
    await drag(chip('C'), level(1), 0.05);
    expect(await ranks()).toEqual([2, 2, 1]);
    await drag(chip('A'), level(2), 0.95);
    expect(await ranks()).toEqual([3, 2, 1]);
    await drag(chip('C'), pool());
    expect(await ranks()).toEqual([3, 2, null]);
    expect((await crowd.events()).filter((event) => event === 'c:change')).toHaveLength(7);
    expect(await crowd.faults()).toEqual([]);
  });

  test('dropped elsewhere or given up by Escape, nothing changes, and no click follows', async () => {
    const page = await crowd.openForm(ranking());
    await drag(chip('A'), page.locator('.prompt'));
    expect(await ranks()).toEqual([null, null, null]);
    const { x, y } = (await chip('A').boundingBox())!;
    await page.mouse.move(x + 50, y + 10);
    await page.mouse.down();
    await page.mouse.move(x + 50, y + 18, { steps: 3 });
    expect(await page.locator('.ghost').isVisible()).toBe(true);
    await press('Escape');
    expect(await page.locator('.ghost').count()).toBe(0);
    await page.mouse.up();
    expect(await ranks()).toEqual([null, null, null]);
    await chip('A').click();
    expect(await ranks()).toEqual([1, null, null]);
  });

  test('a finger drags by the grip, and scrolls by all the rest', async () => {
    const page = await crowd.openForm(noTies());
    const touch = async (from: Locator, to: Locator) => {
      const a = (await from.boundingBox())!;
      const b = (await to.boundingBox())!;
      await from.evaluate(
        (target, [x, y, toX, toY]) => {
          const init = { bubbles: true, composed: true, pointerType: 'touch', pointerId: 7, isPrimary: true };
          const fire = (type: string, clientX: number, clientY: number) =>
            target.dispatchEvent(new PointerEvent(type, { ...init, clientX, clientY, cancelable: true }));
          fire('pointerdown', x, y);
          fire('pointermove', toX, toY - 10);
          fire('pointermove', toX, toY);
          fire('pointerup', toX, toY);
        },
        [a.x + 4, a.y + 4, b.x + 40, b.y + b.height / 2] as const,
      );
    };
    await touch(chip('B').locator('.chip-text'), level(1));
    expect(await ranks()).toEqual([null, null, null]);
    await touch(chip('B').locator('.grip'), level(1));
    expect(await ranks()).toEqual([null, 1, null]);
    expect(
      await chip('B')
        .locator('.grip')
        .evaluate((grip) => getComputedStyle(grip).touchAction),
    ).toBe('none');
    await page.setViewportSize({ width: 390, height: 844 });
    await chip('A').click();
    await chip('C').click();
    expect(await ranks()).toEqual([2, 1, 3]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('buttons move and take out, for those who cannot drag; each rank shows at its text', async () => {
    const page = await crowd.openForm(ranking());
    for (const letter of ['A', 'B', 'C']) await chip(letter).click();
    await page.getByRole('button', { name: 'Move up: Response C' }).click();
    await page.getByRole('button', { name: 'Move down: Response A' }).click();
    expect(await ranks()).toEqual([2, 3, 1]);
    expect(await page.locator('.card .badge').allInnerTexts()).toEqual(['Clarity: 2', 'Clarity: 3', 'Clarity: 1']);
    await page.getByRole('button', { name: 'Take out of the ranking: Response B' }).click();
    expect(await ranks()).toEqual([2, null, 1]);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await ranks()).toEqual([2, 3, 1]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Redo' }).click();
    expect(await ranks()).toEqual([2, 3, 1]);
  });
});

describe('texts', () => {
  test('long ones are cut until one asks for them; markup stays text', async () => {
    const page = await crowd.openForm(
      ranking('', ['word '.repeat(300), '<img src=x onerror=oops()>', 'line\n'.repeat(40)]),
    );
    const heights = () =>
      page.locator('.words').evaluateAll((all) => all.map((each) => each.clientHeight < each.scrollHeight));
    expect(await page.locator('.card .words').nth(1).innerText()).toBe('<img src=x onerror=oops()>');
    expect(await heights()).toEqual([false, true, false, true]);
    await page.getByRole('button', { name: 'Show all: Response C' }).click();
    expect(await heights()).toEqual([false, true, false, false]);
    await page.getByRole('button', { name: 'Show all texts whole' }).click();
    expect(await heights()).toEqual([false, false, false, false]);
    await page.getByRole('button', { name: 'Show less: Response A' }).click();
    expect(await heights()).toEqual([false, true, false, false]);
    expect(await crowd.faults()).toEqual([]);
    expect(crowd.complaints).toEqual([]);
  });

  test('equal and empty ones keep their places', async () => {
    const page = await crowd.openForm(noTies(['same', '', 'same']));
    expect(await page.locator('.card .note').allInnerTexts()).toEqual([
      'This response is empty.',
      'The same text as Response A',
    ]);
    for (const letter of ['C', 'A', 'B']) await chip(letter).click();
    expect(await ranks()).toEqual([2, 3, 1]);
  });

  test('the address of a file is shown as it is, with a word on it', async () => {
    const page = await crowd.openForm(ranking('').replace('Which is clear?', 's3://bucket/prompt.txt'));
    expect(await page.getByText('stands in a file that this page cannot read').isVisible()).toBe(true);
    expect(await page.locator('.address').innerText()).toBe('s3://bucket/prompt.txt');
    await page.evaluate('c.text = "Line one\\nline two"; c.updateComplete');
    expect(await page.locator('.prompt .words').innerText()).toBe('Line one\nline two');
    await page.evaluate('c.text = null; c.updateComplete');
    expect(await page.locator('.prompt').count()).toBe(0);
    expect(await crowd.faults()).toEqual([]);
  });
});

describe('attributes', () => {
  const good = `[{name: 'Clarity'}]`;
  test.each([
    ['responses that are no list', '{"a": 1}', good, 'The attribute “responses” of this element could not be read.'],
    ['responses unclosed', '["a"', good, 'The attribute “responses” of this element could not be read.'],
    ['no responses', '', good, 'This task has no responses to rank.'],
    ['an empty list', '[]', good, 'This task has no responses to rank.'],
    ['one response', '["a"]', good, 'This task has only one response: there is nothing to compare it with.'],
    ['responses that are no texts', '["a", {"b": 1}, null]', good, 'Some responses are no texts'],
    ['no dimensions', '["a", "b"]', '', 'This task has nothing to rank.'],
    ['dimensions that are no list', '["a", "b"]', '5', 'The attribute “ordinal-ranking-dimensions” of this'],
    [
      'a dimension without name',
      '["a", "b"]',
      `[{allowTie: true}, {name: 'x'}]`,
      'Dimension 1 of the ranking has no name',
    ],
    ['a dimension that is none', '["a", "b"]', `[{name: 'x'}, null]`, 'Dimension 2 of the ranking has no name'],
    ['a dimension twice', '["a", "b"]', `[{name: 'x'}, {name: 'x'}]`, 'The dimension “x” is given more than once'],
  ])('%s: the worker is told, and the rest goes on', async (_title, responses, dimensions, message) => {
    const page = await crowd.openForm(
      `<crowd-text-ranking id="c" responses="${quoted(responses)}" ordinal-ranking-dimensions="${quoted(dimensions)}"></crowd-text-ranking><crowd-input name="i" label="I" value="1"></crowd-input>`,
    );
    expect(await page.locator('crowd-alert').getByText(message).first().isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
    expect(await crowd.answer()).toMatchObject({ i: '1' });
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.locator('#complaint').first().innerText()).not.toBe('');
  });

  test('one response can be given its rank all the same; what is no text is shown as JSON', async () => {
    const page = await crowd.openForm(ranking('', ['a']));
    await chip('A').click();
    await submit();
    expect(await crowd.submitted()).toEqual([
      { ordinalRankingDimensions: [{ allowTie: true, name: 'Clarity', responseRankings: [1] }] },
    ]);
    await page.evaluate('c.responses = ["a", { b: [1] }, 7, true, null]; c.updateComplete');
    // A browser lays the new cards out in its next frame.
    await expect
      .poll(() => page.locator('.card .words').allInnerTexts())
      .toEqual(['a', '{"b":[1]}', '7', 'true', 'null']);
    expect(await ranks()).toEqual([null, null, null, null, null]);
  });

  test('lists are read fresh, set as lists, texts or nothing, and never written back', async () => {
    const page = await crowd.openForm(ranking('', three, both));
    const attribute = await page.evaluate('c.getAttribute("ordinal-ranking-dimensions")');
    expect(await page.evaluate('c.responses.pop(), c.ordinalRankingDimensions[0].name = "x", c.responses')).toEqual(
      three,
    );
    expect(await page.evaluate('c.ordinalRankingDimensions')).toEqual([
      { name: 'Clarity', allowTie: true },
      { name: 'Tone', allowTie: false },
    ]);
    await chip('A').click();
    await page.evaluate(`c.ordinalRankingDimensions = "['Only']"; c.updateComplete`);
    expect(await page.evaluate('c.value')).toEqual({
      ordinalRankingDimensions: [{ allowTie: false, name: 'Only', responseRankings: [null, null, null] }],
    });
    expect(await page.evaluate('c.getAttribute("ordinal-ranking-dimensions")')).toBe(attribute);
    for (const none of ['""', 'null', 'undefined', '[]'])
      expect(await page.evaluate(`c.responses = ${none}, c.responses.length`)).toBe(0);
  });

  test('value is the same as _submittableValue, and a fresh copy', async () => {
    const page = await crowd.openForm(ranking());
    await chip('A').click();
    const given = {
      ordinalRankingDimensions: [{ allowTie: true, name: 'Clarity', responseRankings: [1, null, null] }],
    };
    expect(
      await page.evaluate(
        'c.value.ordinalRankingDimensions[0].responseRankings.pop(), c._submittableValue.ordinalRankingDimensions.pop(), [c.value, c._submittableValue]',
      ),
    ).toEqual([given, given]);
  });

  test('disabled, nothing can be ranked', async () => {
    const page = await crowd.openForm(ranking('disabled'));
    expect(await chip('A').isDisabled()).toBe(true);
    await drag(chip('A'), level(1));
    expect(await ranks()).toEqual([null, null, null]);
    expect(await page.locator('.chip-action').count()).toBe(0);
    expect(await crowd.faults()).toEqual([]);
  });

  test('header and instructions stand around it', async () => {
    const page = await crowd.openForm(
      ranking('header="Rank them"').replace(
        '></crowd',
        '><short-instructions>short</short-instructions><full-instructions>full</full-instructions></crowd',
      ),
    );
    expect(await page.getByRole('heading', { name: 'Rank them' }).isVisible()).toBe(true);
    expect(await page.getByText('short', { exact: true }).isVisible()).toBe(true);
    await page.getByRole('button', { name: 'View full instructions' }).click();
    expect(await page.getByText('full', { exact: true }).isVisible()).toBe(true);
  });
});

test.each([
  ['es', 'Elija las respuestas de la mejor a la peor, o arrástrelas.'],
  ['de', 'Wählen Sie die Antworten von der besten zur schlechtesten, oder ziehen Sie sie.'],
  ['ja', '良いものから順に回答を選ぶか、ドラッグしてください。'],
])('speaks %s', async (language, hint) => {
  const page = await crowd.open(
    `<!DOCTYPE html><html lang="${language}"><title>T</title><script src="/crowd-html-elements.js"></script><main><crowd-form>${ranking()}</crowd-form></main>`,
  );
  expect(await page.getByText(hint).isVisible()).toBe(true);
  expect(await crowd.faults()).toEqual([]);
});
