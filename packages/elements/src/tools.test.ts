// Where and how templates put elements with a work area into a page, and what scripts do with them there: one table for all.
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { scriptTag, useCrowdPage } from './testing/crowd-page.ts';
import { areasIn, type MaskAnswer } from './testing/mask-page.ts';
import { useTestImages } from './testing/test-images.ts';

const crowd = useCrowdPage();
const images = useTestImages();

interface Tool {
  readonly tag: string;
  /** Besides `src` and `name`. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly content?: string;
  /** What has the focus when the keys are pressed, if it is not the element's own choice. */
  readonly focus?: string;
  readonly keys: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  /** What of the answer is compared, where it cannot be written down. */
  readonly short?: (answer: unknown) => unknown;
}

const size = { height: 200, width: 400 };
const labels = ['Cat', 'Dog'];
const image = (tag: string, key: string, keys: readonly string[], drawn: unknown): Tool => ({
  tag,
  properties: { header: 'Mark them', labels },
  // The first one brings the cursor.
  keys: ['1', 'Space', ...keys],
  before: { [key]: [], inputImageProperties: size },
  after: { [key]: [drawn], inputImageProperties: size },
});
const mask = (tag: string): Tool => ({
  tag,
  properties: { labels },
  keys: [
    '1',
    'p',
    'Space',
    'Space',
    ...['Right', 'Down', 'Left'].flatMap((way) => [`Shift+Arrow${way}`, 'Space']),
    'Enter',
  ],
  before: [],
  after: [{ height: 10, label: 'Cat', left: 200, pixels: 100, top: 100, width: 10 }],
  short: (answer) => areasIn(answer as MaskAnswer),
});
const choice = { categories: ['good', 'bad'], header: 'Which?' };
const target = '<classification-target>A text</classification-target>';
const place = (left: number) => ({ boundingBox: { height: 0.1, left, top: 0.1, width: 0.2 } });
const part = (id: string, entity: string, left: number, relationships: readonly unknown[]) => ({
  blockType: 'KEY_VALUE_SET',
  entityTypes: [entity],
  geometry: place(left),
  id,
  relationships,
});
const blocks = [
  { blockType: 'PAGE', id: 'page' },
  part('k', 'KEY', 0.1, [
    { ids: ['v'], type: 'VALUE' },
    { ids: ['w'], type: 'CHILD' },
  ]),
  part('v', 'VALUE', 0.5, [{ ids: ['x'], type: 'CHILD' }]),
  { blockType: 'WORD', id: 'w', text: 'Name' },
  { blockType: 'WORD', id: 'x', text: 'Jane' },
];

const tools: readonly Tool[] = [
  image('crowd-bounding-box', 'boundingBoxes', ['Space', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Space'], {
    height: 10,
    label: 'Cat',
    left: 200,
    top: 100,
    width: 10,
  }),
  {
    tag: 'crowd-classifier',
    properties: choice,
    content: target,
    keys: ['2'],
    before: undefined,
    after: { label: 'bad' },
  },
  {
    tag: 'crowd-classifier-multi-select',
    properties: choice,
    content: target,
    keys: ['1', '2'],
    before: undefined,
    after: { labels: ['good', 'bad'] },
  },
  {
    tag: 'crowd-entity-annotation',
    properties: { text: 'Ada met Charles', labels: ['person'] },
    focus: '.text-stage',
    keys: ['Control+End', 'Control+Shift+ArrowLeft', '1'],
    before: { entities: [] },
    after: { entities: [{ endOffset: 15, label: 'person', startOffset: 8 }] },
  },
  { tag: 'crowd-image-classifier', properties: choice, keys: ['2'], before: undefined, after: { label: 'bad' } },
  {
    tag: 'crowd-image-classifier-multi-select',
    properties: choice,
    keys: ['1', '2'],
    before: undefined,
    after: { labels: ['good', 'bad'] },
  },
  mask('crowd-instance-segmentation'),
  image('crowd-keypoint', 'keypoints', ['ArrowRight', 'Space'], { label: 'Cat', x: 201, y: 100 }),
  image('crowd-line', 'lines', ['Space', 'Shift+ArrowRight', 'Enter'], {
    label: 'Cat',
    vertices: [
      { x: 200, y: 100 },
      { x: 210, y: 100 },
    ],
  }),
  image('crowd-polygon', 'polygons', ['Space', 'Shift+ArrowRight', 'Space', 'Shift+ArrowDown', 'Space', 'Enter'], {
    label: 'Cat',
    vertices: [
      { x: 200, y: 100 },
      { x: 210, y: 100 },
      { x: 210, y: 110 },
    ],
  }),
  image('crowd-polyline', 'polylines', ['Space', 'Shift+ArrowRight', 'Space', 'Enter'], {
    label: 'Cat',
    vertices: [
      { x: 200, y: 100 },
      { x: 210, y: 100 },
    ],
  }),
  {
    tag: 'crowd-question-answer-generation',
    properties: { text: 'Ada wrote it' },
    focus: '.text-stage',
    keys: ['Control+End', 'Control+Shift+ArrowLeft', 'Enter'],
    before: { questionsAndAnswers: [] },
    after: {
      questionsAndAnswers: [
        { answer: '', question: '', tags: [], textReferences: [{ endOffset: 12, startOffset: 10 }] },
      ],
    },
  },
  {
    tag: 'crowd-rekognition-detect-moderation-labels',
    properties: { categories: ['Gore', 'Smoking'] },
    keys: ['2'],
    before: undefined,
    after: { moderationLabels: ['Smoking'] },
  },
  mask('crowd-semantic-segmentation'),
  {
    tag: 'crowd-text-ranking',
    properties: {
      answerPlace: 'name',
      ordinalRankingDimensions: [{ allowTie: false, name: 'Best' }],
      responses: ['one', 'two'],
      text: 'Which?',
    },
    focus: '.chip',
    keys: ['2'],
    before: { ordinalRankingDimensions: [{ allowTie: false, name: 'Best', responseRankings: [null, null] }] },
    after: { ordinalRankingDimensions: [{ allowTie: false, name: 'Best', responseRankings: [2, null] }] },
  },
  {
    tag: 'crowd-textract-analyze-document',
    properties: { blockTypes: ['KEY_VALUE_SET'], initialValue: blocks },
    focus: '.pair-head',
    keys: ['Enter', 'Tab', 'End'],
    before: ['Name', 'Jane'],
    // What was read stays, beside what is written now.
    after: ['Name', 'Jane', 'Janet'],
    short: (answer) =>
      (answer as { blocks: { blockType: string; text?: string }[] }).blocks.flatMap(({ blockType, text }) =>
        blockType === 'WORD' && text !== undefined ? [text] : [],
      ),
  },
];

const properties = ({ properties }: Tool) => ({ ...properties, src: images.url('400x200.png') });
const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const markup = (tool: Tool, name: string) => {
  const attributes = Object.entries(properties(tool)).map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${dashed(key)}="${text.replaceAll('"', '&quot;')}"`;
  });
  return `<${tool.tag} id="${name}" name="${name}" ${attributes.join(' ')}>${tool.content ?? ''}</${tool.tag}>`;
};
/** What is in the answer under each name. */
const answers = async (tool: Tool): Promise<unknown> => {
  const answer = (await crowd.answer()) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, tool.short ? tool.short(value) : value]),
  );
};
const only = (...entries: readonly (readonly [string, unknown])[]) =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));
/** Until the picture is there, and the box of a document can be typed into. */
const loaded = (page: Page, name: string) =>
  page.waitForFunction((name) => {
    const element = document.getElementById(name) as unknown as { validationMessage?: string; shadowRoot?: ShadowRoot };
    const stage = element.shadowRoot?.querySelector('.stage');
    return (
      element.shadowRoot?.childElementCount &&
      !element.validationMessage?.includes('is loading') &&
      (!stage || stage.querySelector('.upper-canvas'))
    );
  }, name);
async function answerByKeys(page: Page, tool: Tool, name: string) {
  await loaded(page, name);
  const inner = tool.focus ?? (tool.properties.labels ? '.stage' : 'input');
  await page.locator(`#${name} ${inner}`).first().focus();
  for (const key of tool.keys) await page.keyboard.press(key);
  if (tool.tag.includes('document')) await page.locator(`#${name} .value-field`).fill('Janet');
}

test('no tool is missing here', () => {
  const script = readFileSync(new URL('index.ts', import.meta.url), 'utf8');
  const modules = readdirSync(new URL('elements', import.meta.url)).filter(
    (tag) => !script.includes(`define('${tag}'`),
  );
  // A tab, a radio button and a label of a scale are defined where they are used; classifiers have a work area, too.
  const classifiers = [...script.matchAll(/define\('([^']*(?:classifier|rekognition)[^']*)'/g)].map(([, tag]) => tag!);
  expect(tools.map(({ tag }) => tag).toSorted()).toEqual([...modules, ...classifiers].toSorted());
});

describe('every tool', () => {
  test.each(tools)('$tag in quirks mode, before the doctype, in a table', async (tool) => {
    const { before, after } = tool;
    const page = await crowd.open(
      `${scriptTag}<table><tr><td><crowd-form>${markup(tool, 'a')}</crowd-form></table><!DOCTYPE html>`,
    );
    expect(await page.evaluate('document.compatMode')).toBe('BackCompat');
    await loaded(page, 'a');
    expect(await answers(tool)).toEqual(only(['a', before]));
    await answerByKeys(page, tool, 'a');
    expect(await answers(tool)).toEqual({ a: after });
    expect(crowd.complaints).toEqual([]);
  });

  test('takes keys before the page has told it its size', async () => {
    const tool = tools.find(({ tag }) => tag === 'crowd-instance-segmentation')!;
    const deaf = '<script>ResizeObserver = class { observe() {} unobserve() {} disconnect() {} }</script>';
    const page = await crowd.open(`${deaf}${scriptTag}<crowd-form>${markup(tool, 'a')}</crowd-form>`);
    await answerByKeys(page, tool, 'a');
    expect(await answers(tool)).toEqual({ a: tool.after });
  });

  test.each(tools)('$tag twice, made by script, cloned, moved and removed', async (tool) => {
    const { before, after } = tool;
    const page = await crowd.openForm(`${markup(tool, 'a')}<div id="other"></div>${markup(tool, 'b')}`);
    await loaded(page, 'a');
    await answerByKeys(page, tool, 'b');
    expect(await answers(tool)).toEqual(only(['a', before], ['b', after]));

    await page.evaluate(
      ([tag, given, content]) => {
        const made = Object.assign(document.createElement(tag as string), given as object, { id: 'c', name: 'c' });
        made.innerHTML = content as string;
        const clone = document.querySelector('#b')!.cloneNode(true) as HTMLElement;
        Object.assign(clone, { id: 'd', name: 'd' });
        document.querySelector('#other')!.append(made, clone);
      },
      [tool.tag, properties(tool), tool.content ?? ''] as const,
    );
    await loaded(page, 'd');
    await answerByKeys(page, tool, 'c');
    expect(await answers(tool)).toEqual(only(['a', before], ['b', after], ['c', after], ['d', before]));

    await page.evaluate(() => {
      document.querySelector('#other')!.append(document.querySelector('#b')!);
      for (const name of ['a', 'c']) document.querySelector(`#${name}`)!.remove();
    });
    await loaded(page, 'b');
    expect(await answers(tool)).toEqual(only(['b', after], ['d', before]));
    // Keys are for what is still there.
    await answerByKeys(page, tool, 'd');
    expect(await answers(tool)).toEqual({ b: after, d: after });
    expect(crowd.complaints).toEqual([]);
  });
});
