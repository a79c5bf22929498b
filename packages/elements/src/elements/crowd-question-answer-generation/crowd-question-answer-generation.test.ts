import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const plain = 'Ada wrote the first program in 1843.';
const element = (attributes = '', text = plain, content = '') =>
  `<crowd-question-answer-generation id="c" name="qa" data-watch text="${quoted(text)}" ${attributes}>${content}</crowd-question-answer-generation>`;
const pair = (question: string, answer: string, references: readonly [number, number][] = [], tags: string[] = []) => ({
  answer,
  question,
  tags,
  textReferences: references.map(([startOffset, endOffset]) => ({ endOffset, startOffset })),
});

const press = async (...keys: string[]) => {
  for (const key of keys) await crowd.page.keyboard.press(key);
};
const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();
const pairs = async () =>
  ((await crowd.page.evaluate('c.value')) as { questionsAndAnswers: unknown[] }).questionsAndAnswers;
const stage = () => crowd.page.locator('.text-stage');
const question = () => crowd.page.getByRole('textbox', { name: 'Question' });
const answer = () => crowd.page.getByRole('textbox', { name: 'Answer' });
const add = () => crowd.page.getByRole('button', { name: 'Add a question' }).click();
const whole = () => crowd.page.getByRole('checkbox', { name: 'It concerns the whole text' });
const focused = () => crowd.page.evaluate('c.shadowRoot.activeElement?.id');
const errors = () =>
  crowd.page.locator('.pair-error').evaluateAll((all) => all.map((each) => each.textContent).filter(Boolean));

/** Marks by keys from the beginning: so many words are passed over, and so many highlighted. */
async function mark(skip: number, words: number) {
  await stage().focus();
  await press('Control+Home');
  for (let count = 0; count < skip; count++) await press('Control+ArrowRight');
  for (let count = 0; count < words; count++) await press('Control+Shift+ArrowRight');
  await press('Enter');
}

async function write(text: string, reply: string) {
  await question().fill(text);
  await answer().fill(reply);
}

/** Where a part of the text is seen, by a mouse that drags over it. */
async function highlight(part: string) {
  const box = await crowd.page.evaluate((part) => {
    const area = document.querySelector('#c')!.shadowRoot!.querySelector('.text-area')!;
    const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      const at = node.data.indexOf(part);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + part.length);
      const { left, right, top, height } = range.getBoundingClientRect();
      return { left, right, y: top + height / 2 };
    }
    throw new Error(`“${part}” is not in the text.`);
  }, part);
  await crowd.page.mouse.move(box.left + 1, box.y);
  await crowd.page.mouse.down();
  await crowd.page.mouse.move((box.left + box.right) / 2, box.y);
  await crowd.page.mouse.move(box.right - 1, box.y);
  await crowd.page.mouse.up();
}

describe('crowd-question-answer-generation in a form', () => {
  testFormControl(crowd, {
    tag: 'crowd-question-answer-generation',
    attributes: `text="Go now" question-tags="['Who']"`,
    content: '<short-instructions>short</short-instructions>',
    before: { questionsAndAnswers: [] },
    after: { questionsAndAnswers: [pair('Q', 'A', [[0, 2]])] },
    act: async (page) => {
      await page.locator('.text-stage').first().focus();
      await press('Control+Home', 'Control+Shift+ArrowRight', 'Enter');
      await page.locator('#question-0').first().fill('Q');
      await page.locator('#answer-0').first().fill('A');
    },
    keys: [
      ...Array<string>(4).fill('Tab'),
      ...['Control+Home', 'Control+Shift+ArrowRight', 'Enter'],
      // Undo, add, the title of the question, its deletion, the field.
      ...Array<string>(5).fill('Tab'),
      ...['Shift+Q', 'Tab', 'Shift+A'],
    ],
    property: ['text', 'other', { questionsAndAnswers: [] }],
    requirable: true,
    twice: { attributes: ['text="a"', 'text="b"'], answer: { questionsAndAnswers: [] }, warns: true },
  });

  test('several questions with tags and passages, one on the whole text', async () => {
    await crowd.openForm(element(`question-tags="['Who', 'When']"`));
    await mark(0, 1);
    await mark(1, 2);
    await write('Who wrote it?', 'Ada.');
    await crowd.page.getByText('Who', { exact: true }).click();
    await add();
    expect(await focused()).toBe('question-1');
    await write('What is it about?', 'The first program.');
    await whole().check();
    await crowd.page.getByText('When', { exact: true }).click();
    await crowd.page.getByText('Who', { exact: true }).click();
    expect(await crowd.faults()).toEqual([]);
    await submit();
    expect(await crowd.submitted()).toEqual([
      {
        qa: {
          questionsAndAnswers: [
            pair(
              'Who wrote it?',
              'Ada.',
              [
                [0, 3],
                [4, 13],
              ],
              ['Who'],
            ),
            pair('What is it about?', 'The first program.', [], ['Who', 'When']),
          ],
        },
      },
    ]);
    expect(crowd.complaints).toEqual([]);
  });

  test('is loaded by the second name of the script', async () => {
    await crowd.open(
      `<!DOCTYPE html><html lang="en"><title>T</title><script src="/crowd-html-elements-v2.js"></script><main><crowd-form>${element()}</crowd-form></main>`,
    );
    await question().fill('Q');
    expect(await pairs()).toEqual([pair('Q', '')]);
  });
});

describe('what blocks submission', () => {
  test('each field says what is missing, and the first offender gets the focus', async () => {
    const page = await crowd.openForm(
      element('question-min-words="2" question-max-words=4 answer-min-words="2" answer-max-words="3"'),
    );
    const attempt = async () => {
      await submit();
      expect(await crowd.submitted()).toEqual([]);
      expect(await crowd.faults()).toEqual([]);
    };
    await attempt();
    expect(await page.locator('#complaint').innerText()).toBe('Question 1: Please write a question.');
    await expect.poll(focused).toBe('question-0');
    expect(await errors()).toEqual([
      'Please write a question.',
      'Please write an answer.',
      'Please highlight a passage, or tick that it concerns the whole text.',
    ]);
    await question().fill('One');
    expect((await errors())[0]).toBe('Please write at least 2 words.');
    await question().fill('One two three four five');
    expect((await errors())[0]).toBe('Please write at most 4 words.');
    await question().fill('One two three');
    await attempt();
    await expect.poll(focused).toBe('answer-0');
    await answer().fill('one two');
    await attempt();
    await expect.poll(focused).toBe('passages-0');
    await mark(0, 1);
    expect(await errors()).toEqual([]);
    expect(await page.locator('#complaint').innerText()).toBe('');
    await submit();
    expect(await crowd.submitted()).toEqual([
      { qa: { questionsAndAnswers: [pair('One two three', 'one two', [[0, 3]])] } },
    ]);
  });

  test('too few questions: the blank ones are asked for, then new ones', async () => {
    const page = await crowd.openForm(element('min-questions="2"'));
    await write('Q', 'A');
    await whole().check();
    await submit();
    expect(await page.locator('#complaint').innerText()).toBe('Please write at least 2 questions.');
    await expect.poll(focused).toBe('add');
    await press('Enter');
    await expect.poll(focused).toBe('question-1');
    expect(await page.locator('#complaint').innerText()).toBe('Question 2: Please write a question.');
    // A folded one is opened when it is the first offender.
    await page.getByRole('button', { name: 'Question 1' }).first().click();
    await submit();
    await expect.poll(focused).toBe('question-1');
    await write('Q2', 'A2');
    await whole().check();
    await submit();
    expect(await crowd.submitted()).toEqual([{ qa: { questionsAndAnswers: [pair('Q', 'A'), pair('Q2', 'A2')] } }]);
  });

  test('no more than max-questions can be added; a blank one beyond what is needed does not count', async () => {
    const page = await crowd.openForm(element('max-questions="2"'));
    await write('Q', 'A');
    await whole().check();
    await add();
    expect(await page.getByRole('button', { name: 'Add a question' }).isDisabled()).toBe(true);
    await stage().focus();
    await press('a');
    expect(await page.locator('.pair').count()).toBe(2);
    await submit();
    expect(await crowd.submitted()).toEqual([{ qa: { questionsAndAnswers: [pair('Q', 'A')] } }]);
  });

  test('min-questions="0" asks for nothing, and max-questions set later is kept too', async () => {
    const page = await crowd.openForm(element('min-questions="0"'));
    await add();
    for (const id of [0, 1]) {
      await page
        .getByRole('button', { name: `Question ${id + 1}` })
        .first()
        .click();
      if ((await question().count()) === 0) await page.locator(`#pair-${id}`).click();
      await write(`Q${id}`, 'A');
      await whole().check();
    }
    await page.evaluate('c.maxQuestions = 1');
    await submit();
    expect(await page.locator('#complaint').innerText()).toBe('Please keep at most 1 question.');
    await page.getByRole('button', { name: 'Delete question 1' }).click();
    await submit();
    expect(await crowd.submitted()).toEqual([{ qa: { questionsAndAnswers: [pair('Q1', 'A')] } }]);
    await crowd.openForm(element('min-questions="0"'));
    await submit();
    expect(await crowd.submitted()).toEqual([{ qa: { questionsAndAnswers: [] } }]);
  });
});

describe('passages', () => {
  test('by mouse at once, to the question that is open; overlapping ones become one', async () => {
    const page = await crowd.openForm(element());
    await highlight('first program');
    await mark(4, 2);
    await highlight('Ada');
    await question().fill('Q');
    expect(await pairs()).toEqual([
      pair('Q', '', [
        [0, 3],
        [14, 30],
      ]),
    ]);
    expect(await page.locator('.passage').allInnerTexts()).toEqual(['Ada', 'first program in']);
    await add();
    await highlight('1843');
    expect(await pairs()).toEqual([
      pair('Q', '', [
        [0, 3],
        [14, 30],
      ]),
      pair('', '', [[31, 35]]),
    ]);
    expect(await page.locator('.tag-name').allInnerTexts()).toEqual(['1', '1', '2']);
    expect(await crowd.faults()).toEqual([]);
    expect((await crowd.events()).filter((event) => event === 'c:change').length).toBeGreaterThanOrEqual(5);
  });

  test('a click opens the question of a passage; crosses remove, in the text and in the list', async () => {
    const page = await crowd.openForm(element());
    await highlight('Ada');
    await highlight('1843');
    await add();
    await page.locator('.span', { hasText: '1843' }).click({ position: { x: 12, y: 12 } });
    expect(await page.locator('.pair.current .pair-number').innerText()).toBe('Question 1');
    await page.locator('.cross').first().click();
    expect(await pairs()).toEqual([pair('', '', [[31, 35]])]);
    await page.getByRole('button', { name: 'Remove passage: 1843' }).click();
    expect(await pairs()).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await pairs()).toEqual([pair('', '', [[31, 35]])]);
  });

  test('what a finger selects by handles is added by the button', async () => {
    const page = await crowd.openForm(element());
    await page.setViewportSize({ width: 390, height: 844 });
    const button = page.getByRole('button', { name: 'Add passage' });
    expect(await button.isDisabled()).toBe(true);
    await page.evaluate(() => {
      const text = document.querySelector('#c')!.shadowRoot!.querySelector('.chunk')!.firstChild!;
      document.getSelection()!.setBaseAndExtent(text, 4, text, 9);
    });
    await button.click();
    expect(await pairs()).toEqual([pair('', '', [[4, 9]])]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('“whole text” makes passages unneeded, and a new one takes it back', async () => {
    await crowd.openForm(element());
    await highlight('Ada');
    await whole().check();
    expect(await pairs()).toEqual([pair('', '')]);
    expect(await crowd.page.locator('.span').count()).toBe(0);
    await highlight('1843');
    expect(await whole().isChecked()).toBe(false);
    expect(await pairs()).toEqual([
      pair('', '', [
        [0, 3],
        [31, 35],
      ]),
    ]);
  });

  test.each([
    ['behind an emoji', 'a 😀 word', 'word', [4, 8]],
    ['an emoji', 'a 😀 word', '😀', [2, 3]],
    ['combining marks', 'cafe\u0301 au lait', 'au', [6, 8]],
    ['right to left', 'שלום עולם', 'שלום', [0, 4]],
    ['in a later paragraph', 'one\n\ntwo 😀\nthree', 'three', [11, 16]],
    ['white space around it', 'one two three', ' two ', [4, 7]],
    ['markup', '<b>bold</b>', '</b>', [7, 11]],
  ] as const)('offsets count code points: %s', async (_title, text, part, expected) => {
    await crowd.openForm(element('', text));
    await highlight(part);
    expect(await pairs()).toEqual([pair('', '', [[...expected]])]);
    expect([...text].slice(...expected).join('')).toBe(part.trim());
  });

  test('what the caret comes to is read out, and Escape gives up what is highlighted', async () => {
    const page = await crowd.openForm(element());
    const said = () => page.locator('[role=status]').first().innerText();
    await mark(0, 1);
    expect(await said()).toBe('Passage for question 1: Ada');
    await press('Control+Home');
    await press('ArrowRight');
    await press('Control+End');
    await press('Home');
    await press('Shift+ArrowRight', 'Shift+ArrowRight');
    expect(await said()).toBe('Highlighted: Ad');
    await press('Escape', 'Enter');
    expect(await pairs()).toEqual([pair('', '', [[0, 3]])]);
  });
});

describe('questions', () => {
  test('delete, take it back, and every other change too', async () => {
    const page = await crowd.openForm(element());
    await write('First', 'One');
    await add();
    await write('Second', 'Two');
    await page.getByRole('button', { name: 'Delete question 1' }).click();
    await expect.poll(focused).toBe('undo-delete');
    expect(await pairs()).toEqual([pair('Second', 'Two')]);
    expect(await page.locator('.deleted').innerText()).toContain('Question 1 was deleted.');
    expect(await crowd.faults()).toEqual([]);
    await press('Enter');
    const both = [pair('First', 'One'), pair('Second', 'Two')];
    expect(await pairs()).toEqual(both);
    expect(await page.locator('.deleted').count()).toBe(0);
    await stage().focus();
    const states = [];
    for (let step = 0; step < 5; step++) {
      await press('Control+z');
      states.push(await pairs());
    }
    expect(states).toEqual([[both[0], pair('Second', '')], [both[0]], [both[0]], [pair('First', '')], []]);
    await press('.', '.', '.', '.', 'Control+y');
    expect(await pairs()).toEqual(both);
  });

  test('typing that is not done yet is not lost when something else changes', async () => {
    const page = await crowd.openForm(element());
    await question().focus();
    await page.keyboard.type('Typed');
    await highlight('Ada');
    expect(await pairs()).toEqual([pair('Typed', '', [[0, 3]])]);
    await press('Control+z');
    expect(await pairs()).toEqual([pair('Typed', '')]);
    await press('Control+z');
    expect(await pairs()).toEqual([]);
    expect(await question().inputValue()).toBe('');
  });

  test('N and P walk them, A adds one, Escape goes from a field to the text, keys do nothing while typing', async () => {
    const page = await crowd.openForm(element());
    await question().focus();
    await page.keyboard.type('a n p ?');
    expect(await page.locator('.pair').count()).toBe(1);
    await press('Escape');
    expect(await page.evaluate('c.shadowRoot.activeElement.className')).toBe('text-stage');
    await press('a');
    await expect.poll(focused).toBe('question-1');
    await press('Escape', 'p');
    await expect.poll(focused).toBe('pair-0');
    await press('n');
    await expect.poll(focused).toBe('pair-1');
    await press('?');
    expect(await page.getByRole('region', { name: 'Shortcuts' }).isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
  });

  test('words are counted as they are typed', async () => {
    const page = await crowd.openForm(element('question-min-words="2" question-max-words="3" answer-max-words="9"'));
    const counts = () => page.locator('.count').allInnerTexts();
    expect(await counts()).toEqual(['0 words, at least 2', '0 of at most 9 words']);
    await question().fill('One – two');
    await answer().fill('One');
    expect(await counts()).toEqual(['2 of at most 3 words', '1 of at most 9 words']);
    await question().fill('One two three four');
    expect(await page.locator('.count.over').innerText()).toBe('4 of at most 3 words');
    expect(await crowd.faults()).toEqual([]);
  });
});

describe('tags', () => {
  test.each([
    ['true', 1],
    ['false', 0],
    ['FALSE', 0],
    ['', 1],
  ])('allow-custom-question-tags="%s"', async (value, count) => {
    const page = await crowd.openForm(element(`question-tags="['Who']" allow-custom-question-tags="${value}"`));
    expect(await page.getByRole('textbox', { name: 'Another tag' }).count()).toBe(count);
  });

  test('without it there is no field for them, and without tags no tags at all', async () => {
    const page = await crowd.openForm(element(`question-tags="['Who']"`));
    expect(await page.getByRole('textbox', { name: 'Another tag' }).count()).toBe(0);
    await page.evaluate('c.questionTags = []; c.allowCustomQuestionTags = true; c.updateComplete');
    expect(await page.getByRole('group', { name: 'Tags' }).count()).toBe(0);
    expect(await page.evaluate('[c.questionTags, c.allowCustomQuestionTags]')).toEqual([[], true]);
  });

  test('own ones are added by Enter or button, once, and can be chosen for other questions', async () => {
    const page = await crowd.openForm(element(`question-tags="['Who', 'When']" allow-custom-question-tags="true"`));
    const field = page.getByRole('textbox', { name: 'Another tag' });
    await field.fill('  By   whom ');
    await press('Enter');
    expect(await field.inputValue()).toBe('');
    await field.fill('who');
    await page.getByRole('button', { name: 'Add tag' }).click();
    await field.fill('  ');
    await press('Enter');
    await field.fill('<b>');
    await press('Enter');
    expect(await pairs()).toEqual([pair('', '', [], ['Who', 'By whom', '<b>'])]);
    await add();
    await page.getByText('By whom').click();
    expect((await pairs())[1]).toEqual(pair('', '', [], ['By whom']));
    expect(await crowd.faults()).toEqual([]);
    expect(await crowd.submitted()).toEqual([]);
  });
});

describe('attributes', () => {
  test.each([
    ['min-questions="two"', 'The attribute “min-questions” of this element could not be read.'],
    ['max-questions="-1"', 'The attribute “max-questions” of this element could not be read.'],
    ['question-min-words="1.5"', 'The attribute “question-min-words” of this element could not be read.'],
    ['answer-max-words="NaN"', 'The attribute “answer-max-words” of this element could not be read.'],
    ['min-questions="3" max-questions="2"', '“max-questions” is less than “min-questions”: it is left out.'],
    ['question-min-words="9" question-max-words="2"', '“question-max-words” is less than “question-min-words”'],
    ['question-tags="{a: 1}"', 'The attribute “question-tags” of this element could not be read.'],
    ['question-tags="[unclosed"', 'The attribute “question-tags” of this element could not be read.'],
    [`question-tags="['a', 'b', 'a']"`, 'The tag “a” is given more than once; it is shown once.'],
  ])('%s: the worker is told, and the rest goes on', async (attribute, message) => {
    const page = await crowd.openForm(element(attribute));
    expect(await page.getByText(message).isVisible()).toBe(true);
    await write('Q', 'A');
    expect(await pairs()).toEqual([pair('Q', 'A')]);
    expect(await crowd.faults()).toEqual([]);
  });

  test('numbers come from attributes and properties, and nothing means what is documented', async () => {
    const page = await crowd.openForm(
      '<crowd-question-answer-generation id="c" text="t" max-questions=5 min-questions=2></crowd-question-answer-generation>',
    );
    const names = 'minQuestions maxQuestions questionMinWords questionMaxWords answerMinWords answerMaxWords';
    const read = () =>
      page.evaluate(
        (names) =>
          names
            .split(' ')
            .map((name) =>
              String(
                (document as never as { querySelector(id: string): Record<string, unknown> }).querySelector('#c')[name],
              ),
            ),
        names,
      );
    expect(await read()).toEqual(['2', '5', '1', 'Infinity', '1', 'Infinity']);
    await page.evaluate('c.minQuestions = null; c.maxQuestions = "3"; c.answerMinWords = 0; c.questionMaxWords = 7');
    expect(await read()).toEqual(['1', '3', '1', '7', '0', 'Infinity']);
  });

  test('another text takes the questions away; without one there is a word on it', async () => {
    const page = await crowd.openForm(element());
    await highlight('Ada');
    await page.evaluate('c.text = c.text');
    expect(await pairs()).toHaveLength(1);
    await page.evaluate('c.text = "A new one"; c.updateComplete');
    expect(await pairs()).toEqual([]);
    expect(await page.locator('.span').count()).toBe(0);
    await page.evaluate('c.text = "s3://bucket/text.txt"; c.updateComplete');
    expect(await page.locator('.address').innerText()).toBe('s3://bucket/text.txt');
    await page.evaluate('c.text = null; c.updateComplete');
    expect(await page.getByText('This task has no text.').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
  });

  test('value is the same as _submittableValue, and a fresh copy', async () => {
    const page = await crowd.openForm(element());
    await question().fill('Q');
    const given = { questionsAndAnswers: [pair('Q', '')] };
    expect(
      await page.evaluate(
        'c.value.questionsAndAnswers[0].tags.push("x"), c._submittableValue.questionsAndAnswers.pop(), [c.value, c._submittableValue]',
      ),
    ).toEqual([given, given]);
  });

  test('disabled, nothing can be written or marked', async () => {
    const page = await crowd.openForm(element(`disabled question-tags="['Who']" allow-custom-question-tags="true"`));
    await highlight('Ada');
    expect(await question().isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Add a question' }).isDisabled()).toBe(true);
    expect(await pairs()).toEqual([]);
    expect(await crowd.faults()).toEqual([]);
  });

  test('markup in what comes in stays text', async () => {
    const bad = '<img src=x onerror=oops()>';
    const page = await crowd.openForm(element(`question-tags="['${quoted(bad)}']" header="${quoted(bad)}"`, bad));
    expect(await page.locator('.text-area').innerText()).toBe(bad);
    expect(await page.getByRole('heading', { name: bad }).isVisible()).toBe(true);
    expect(await page.evaluate('c.shadowRoot.querySelectorAll("img").length')).toBe(0);
    expect(crowd.complaints).toEqual([]);
  });
});

test.each([
  ['es', 'Resalte pasajes para la pregunta 1.'],
  ['de', 'Heben Sie Stellen für Frage 1 hervor.'],
  ['ja', '質問1の根拠となる箇所を選択してください。'],
])('speaks %s', async (language, hint) => {
  const page = await crowd.open(
    `<!DOCTYPE html><html lang="${language}"><title>T</title><script src="/crowd-html-elements.js"></script><main><crowd-form>${element(`question-tags="['x']" allow-custom-question-tags max-questions="3"`)}</crowd-form></main>`,
  );
  expect(await page.getByText(hint).isVisible()).toBe(true);
  expect(await crowd.faults()).toEqual([]);
});
