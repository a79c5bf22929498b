// The documentation, opened from a running server by somebody who reads it and tries its examples.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from '../../packages/portal/src/testing/accessibility.ts';
import { ensureBuilt } from '../../scripts/build.mjs';
import { useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const namesIn = (folder: string, ending = ''): string[] =>
  readdirSync(inRepository(folder))
    .filter((name) => name.endsWith(ending) && name !== 'index.md')
    .map((name) => basename(name, ending))
    .sort();

interface Example {
  /** The page that shows it. */
  readonly page: string;
  /** What a reader does before pressing Submit. */
  readonly fill: (task: FrameLocator) => Promise<void>;
  readonly submit?: string;
  readonly answer: object;
}

const element = (name: string): string => `/docs/templates/elements/${name}`;

/** The picture that the tools work on. */
const street = { height: 640, width: 960 };

/** What was found in the picture of the document; what nobody touches is answered as it is. */
const cards: readonly { readonly id: string }[] = JSON.parse(
  readFileSync(inRepository('docs/templates/examples/crowd-textract-analyze-document.json'), 'utf8'),
).blocks;

/** By keys: selects what is there from the start and moves it down by a pixel. */
async function moveFirstMark(task: FrameLocator): Promise<void> {
  await task.getByRole('option').first().waitFor();
  const stage = task.getByRole('application');
  await stage.press('Tab');
  await stage.press('ArrowDown');
}

/** A stroke with the first label, by keys. */
async function paintWithTheFirst(task: FrameLocator): Promise<void> {
  const stage = task.getByRole('application');
  // Enabled when the image is there.
  await task.locator('.label-button').first().click();
  // The first press shows where the cursor is.
  for (const key of ['Space', 'Space', 'Shift+ArrowRight', 'Space']) await stage.press(key);
  await task.getByRole('option').first().waitFor();
}

const examples: Readonly<Record<string, Example>> = {
  'first-template': {
    page: '/docs/templates/',
    fill: (task) => task.getByRole('radio', { name: 'pleased' }).check(),
    answer: { mood: { label: 'pleased' } },
  },
  liquid: {
    page: '/docs/templates/',
    async fill(task) {
      await task.getByRole('heading', { name: 'Receipt <17>' }).waitFor();
      await task.getByText('2 of 3 lines are open.').waitFor();
      await task.getByText('No note.').waitFor();
      await task.getByLabel('Price').nth(1).fill('2.80');
    },
    answer: { 'price a1': '3.20', 'price a3': '2.80' },
  },
  'native-controls': {
    page: '/docs/templates/',
    async fill(task) {
      await task.getByLabel('Body').check();
      await task.getByLabel('Signature').check();
      await task.getByLabel('Language').selectOption('German');
    },
    answer: {
      date: '2026-03-01',
      language: 'German',
      marks: { signature: true, stamp: false },
      model: 'pages-4',
      page: { body: true, cover: false },
    },
  },
  scripts: {
    page: '/docs/templates/',
    async fill(task) {
      await task.getByText('8 characters').waitFor();
      await task.getByRole('radio', { name: 'Wrong' }).click();
      await task.getByLabel('What should it say?').fill('Straße 15');
      await task.getByText('9 characters').waitFor();
    },
    answer: { correction: 'Straße 15', length: '9', verdict: { right: false, wrong: true } },
  },
  'crowd-alert': {
    page: element('crowd-alert'),
    async fill(task) {
      await task.getByRole('button', { name: 'Close' }).click();
      await task.getByText('at night').waitFor({ state: 'detached' });
      await task.getByLabel('Number plate').fill('AB 123');
    },
    answer: { plate: 'AB 123' },
  },
  'crowd-button': {
    page: element('crowd-button'),
    async fill(task) {
      await task.getByRole('button', { name: 'One more' }).click();
      await task.getByRole('button', { name: 'Start at 0' }).click();
      for (let bird = 0; bird < 3; bird += 1) await task.getByRole('button', { name: 'One more' }).click();
    },
    submit: 'Done',
    answer: { birds: '3' },
  },
  'crowd-card': {
    page: element('crowd-card'),
    fill: (task) => task.getByRole('checkbox').nth(1).click(),
    answer: { keep: { o1: false, o2: true } },
  },
  'crowd-checkbox': {
    page: element('crowd-checkbox'),
    async fill(task) {
      await task.getByRole('checkbox', { name: 'It is blurred' }).click();
      await task.getByRole('checkbox', { name: 'I looked at it in full size' }).click();
    },
    answer: { defects: { blur: true, dark: true }, sure: { on: true } },
  },
  'crowd-classifier': {
    page: element('crowd-classifier'),
    async fill(task) {
      await task.getByRole('button', { name: 'View full instructions' }).click();
      await task.getByText('usually about an invoice').waitFor();
      await task.getByRole('button', { name: 'Close' }).click();
      await task.getByRole('radio', { name: 'Invoice' }).check();
    },
    answer: { topic: { label: 'Invoice' } },
  },
  'crowd-classifier-multi-select': {
    page: element('crowd-classifier-multi-select'),
    fill: (task) => task.getByRole('checkbox', { name: 'a telephone number' }).check(),
    answer: { contents: { labels: ['an address', 'a telephone number'] } },
  },
  'crowd-form': {
    page: element('crowd-form'),
    async fill(task) {
      const name = task.getByLabel('Name on the sign');
      await name.fill('');
      await task.getByRole('button', { name: 'Save the name' }).click();
      await task.getByText('One answer still needs your attention.').waitFor();
      await name.fill('Café Lumière');
    },
    submit: 'Save the name',
    answer: { name: 'Café Lumière' },
  },
  'crowd-input': {
    page: element('crowd-input'),
    fill: (task) => task.getByLabel('Code, capital letters only').pressSequentially('aXY1ZW'),
    answer: { code: 'XYZW', supplier: 'Müller & Sons', total: '17.5' },
  },
  'crowd-instructions': {
    page: element('crowd-instructions'),
    async fill(task) {
      await task.getByRole('button', { name: 'How to judge' }).click();
      await task.getByRole('tab', { name: 'Examples' }).click();
      await task.getByText('Rain will reach the coast').waitFor();
      await task.getByRole('button', { name: 'Close' }).click();
      await task.getByRole('radio', { name: 'It is', exact: true }).click();
    },
    answer: { fits: { no: false, yes: true } },
  },
  'crowd-radio-group': {
    page: element('crowd-radio-group'),
    fill: (task) => task.getByRole('radio', { name: 'At sea level' }).click(),
    answer: { better: { 1: false, 2: true } },
  },
  'crowd-slider': {
    page: element('crowd-slider'),
    async fill(task) {
      await task.getByRole('slider').first().press('ArrowRight');
      await task.getByRole('slider').first().press('ArrowRight');
      await task.getByRole('spinbutton').fill('2.5');
      await task.getByRole('spinbutton').press('Tab');
    },
    answer: { begin: 2.5, clarity: 5 },
  },
  'crowd-text-area': {
    page: element('crowd-text-area'),
    fill: (task) => task.getByLabel('Translation').fill('Today the train\ndoes not stop in Ulm.'),
    answer: { translation: 'Today the train\ndoes not stop in Ulm.' },
  },
  'crowd-badge': {
    page: element('crowd-badge'),
    async fill(task) {
      await task.getByText('3', { exact: true }).waitFor();
      await task.getByRole('checkbox', { name: 'It was answered before' }).click();
    },
    answer: { known: { duplicate: true } },
  },
  'crowd-bounding-box': {
    page: element('crowd-bounding-box'),
    fill: moveFirstMark,
    answer: {
      vehicles: {
        boundingBoxes: [{ height: 106, label: 'Car', left: 108, top: 467, width: 260 }],
        initialValueModified: true,
        inputImageProperties: street,
      },
    },
  },
  'crowd-entity-annotation': {
    page: element('crowd-entity-annotation'),
    async fill(task) {
      const text = task.getByRole('application');
      const repeat = async (key: string, times: number): Promise<void> => {
        for (let time = 0; time < times; time += 1) await text.press(key);
      };
      await text.press('2');
      await text.press('Home');
      await repeat('ArrowRight', 22);
      await repeat('Shift+ArrowRight', 6);
      await text.press('Enter');
    },
    answer: {
      places: {
        entities: [
          { endOffset: 12, label: 'person', startOffset: 0 },
          { endOffset: 28, label: 'place', startOffset: 22 },
        ],
        initialValueModified: true,
      },
    },
  },
  'crowd-fab': {
    page: element('crowd-fab'),
    async fill(task) {
      await task.getByRole('textbox', { name: 'Answer' }).fill('no');
      await task.getByRole('button', { name: 'Begin anew' }).click();
      await task.getByRole('textbox', { name: 'Answer' }).fill('At six.');
      await task.getByRole('button', { name: 'Put in a greeting' }).click();
    },
    answer: { answer: 'Dear Sir or Madam,\nAt six.' },
  },
  'crowd-icon-button': {
    page: element('crowd-icon-button'),
    async fill(task) {
      for (let star = 0; star < 4; star += 1) await task.getByRole('button', { name: 'One more star' }).click();
    },
    answer: { stars: '4' },
  },
  'crowd-image-classifier': {
    page: element('crowd-image-classifier'),
    fill: (task) => task.getByRole('radio', { name: 'too small' }).check(),
    answer: { box: { label: 'too small' } },
  },
  'crowd-image-classifier-multi-select': {
    page: element('crowd-image-classifier-multi-select'),
    async fill(task) {
      for (const name of ['a vehicle', 'an animal', 'a person']) await task.getByRole('checkbox', { name }).check();
    },
    answer: { contents: { labels: ['an animal', 'a person', 'a vehicle'] } },
  },
  'crowd-instance-segmentation': {
    page: element('crowd-instance-segmentation'),
    fill: paintWithTheFirst,
    answer: {
      vehicles: {
        inputImageProperties: street,
        instances: [{ color: '#2ca02c', label: 'Car' }],
        labeledImage: { pngImageData: 'iVBORw0KGgo…' },
      },
    },
  },
  'crowd-keypoint': {
    page: element('crowd-keypoint'),
    fill: moveFirstMark,
    answer: {
      pose: {
        initialValueModified: true,
        inputImageProperties: street,
        keypoints: [
          { label: 'Head', x: 514, y: 329 },
          { label: 'Right hand', x: 480, y: 398 },
        ],
      },
    },
  },
  'crowd-line': {
    page: element('crowd-line'),
    fill: moveFirstMark,
    answer: {
      posts: {
        initialValueModified: true,
        inputImageProperties: street,
        lines: [
          {
            label: 'Traffic light',
            vertices: [
              { x: 579, y: 437 },
              { x: 579, y: 197 },
            ],
          },
        ],
      },
    },
  },
  'crowd-modal': {
    page: element('crowd-modal'),
    async fill(task) {
      await task.getByRole('button', { name: 'Look at the picture' }).click();
      await task.getByRole('img', { name: 'A street' }).waitFor();
      await task.getByRole('button', { name: 'Close' }).click();
      await task.getByRole('radio', { name: 'Yes' }).click();
    },
    answer: { print: { no: false, yes: true } },
  },
  'crowd-polygon': {
    page: element('crowd-polygon'),
    fill: moveFirstMark,
    answer: {
      roofs: {
        initialValueModified: true,
        inputImageProperties: street,
        polygons: [
          {
            label: 'Gable roof',
            vertices: [
              { x: 44, y: 191 },
              { x: 175, y: 101 },
              { x: 306, y: 191 },
            ],
          },
        ],
      },
    },
  },
  'crowd-polyline': {
    page: element('crowd-polyline'),
    fill: moveFirstMark,
    answer: {
      edges: {
        initialValueModified: true,
        inputImageProperties: street,
        polylines: [
          {
            label: 'Kerb',
            vertices: [
              { x: 0, y: 471 },
              { x: 480, y: 471 },
              { x: 960, y: 471 },
            ],
          },
        ],
      },
    },
  },
  'crowd-question-answer-generation': {
    page: element('crowd-question-answer-generation'),
    async fill(task) {
      await task.getByRole('textbox', { name: 'Question' }).fill('Who runs the bakery?');
      await task.getByRole('textbox', { name: 'Answer' }).fill('Ada');
      await task.getByRole('checkbox', { name: 'Who', exact: true }).check();
      await task.getByLabel('It concerns the whole text').check();
    },
    answer: {
      pairs: {
        questionsAndAnswers: [{ answer: 'Ada', question: 'Who runs the bakery?', tags: ['Who'], textReferences: [] }],
      },
    },
  },
  'crowd-rekognition-detect-moderation-labels': {
    page: element('crowd-rekognition-detect-moderation-labels'),
    fill: (task) => task.getByRole('checkbox', { name: 'Brand names' }).check(),
    answer: {
      'AWS/Rekognition/DetectModerationLabels/Image/V3': {
        moderationLabels: [{ name: 'Brand names', parentName: '' }],
      },
    },
  },
  'crowd-semantic-segmentation': {
    page: element('crowd-semantic-segmentation'),
    fill: paintWithTheFirst,
    answer: {
      ground: {
        inputImageProperties: street,
        labelMappings: { Road: { color: '#2ca02c' } },
        labeledImage: { pngImageData: 'iVBORw0KGgo…' },
      },
    },
  },
  'crowd-tabs': {
    page: element('crowd-tabs'),
    async fill(task) {
      await task.getByRole('tab', { name: 'Remarks' }).click();
      await task.getByLabel('Remark', { exact: true }).fill('short');
      await task.getByRole('button', { name: 'Submit' }).click();
      await task.getByLabel('Translation').locator('textarea').fill('There is no train today.');
    },
    answer: { remark: 'short', translation: 'There is no train today.' },
  },
  'crowd-text-ranking': {
    page: element('crowd-text-ranking'),
    async fill(task) {
      await task.getByRole('button', { name: 'Submit' }).click();
      for (const [index, rank] of ['2', '3', '1'].entries()) await task.locator(`#chip-0-${index}`).press(rank);
      for (const [index, rank] of ['1', '3', '2'].entries()) await task.locator(`#chip-1-${index}`).press(rank);
    },
    answer: {
      ordinalRankingDimensions: [
        { allowTie: false, name: 'Helpful', responseRankings: [2, 3, 1] },
        { allowTie: true, name: 'Polite', responseRankings: [1, 3, 2] },
      ],
    },
  },
  'crowd-textract-analyze-document': {
    page: element('crowd-textract-analyze-document'),
    async fill(task) {
      await task.locator('.pair', { hasText: 'Telephone' }).click();
      await task.getByLabel('Key not found').check();
      await task.locator('.pair', { hasText: 'Name:' }).click();
      await task.getByRole('radio', { name: 'No' }).check();
    },
    answer: {
      'AWS/Textract/AnalyzeDocument/Forms/V1': { blocks: cards.filter(({ id }) => id !== 'key-1' && id !== 'value-1') },
    },
  },
  'crowd-toast': {
    page: element('crowd-toast'),
    async fill(task) {
      await task.getByRole('button', { name: 'Count the words' }).click();
      await task.getByText('6 words').waitFor();
      await task.getByLabel('Corrected sentence').fill('The train leaves at noon.');
    },
    answer: { correction: 'The train leaves at noon.' },
  },
  'crowd-toggle-button': {
    page: element('crowd-toggle-button'),
    fill: (task) => task.getByRole('switch', { name: 'For adults only' }).click(),
    answer: { adults: { only: true }, forSale: { on: true } },
  },
};

/** The attributes of each element that the pages list: first columns of tables, and other spellings. */
function documentedAttributes(): Map<string, string[]> {
  const documented = new Map<string, string[]>();
  for (const name of namesIn('docs/templates/elements', '.md')) {
    const text = readFileSync(inRepository(`docs/templates/elements/${name}.md`), 'utf8');
    for (const [, tag = name, section = ''] of text.matchAll(
      /^## Attributes(?: of `([^`]+)`)?\n([\s\S]*?)(?=^## |(?![\s\S]))/gm,
    )) {
      const firstCells = section.match(/^\| `[^|]*/gm) ?? [];
      const spellings = section.match(/^.*other spelling/gm) ?? [];
      documented.set(
        tag,
        [...firstCells, ...spellings]
          .join()
          .match(/(?<=`)[a-z-]+(?=`)/g)
          ?.sort() ?? [],
      );
    }
  }
  return documented;
}

describeWith('Chromium')('the documentation', () => {
  const chromium = useChromium({ lasts: true });
  const troubles: string[] = [];
  let server: TestServer;

  beforeAll(async () => {
    await ensureBuilt(['docs']);
    server = await startTestServer();
  }, 180_000);
  afterAll(() => server?.close());
  afterEach(() => expect(troubles.splice(0)).toEqual([]));

  /** A page on which every message of the console and every request to another place is trouble. */
  async function openPage(): Promise<Page> {
    const page = await chromium.openPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${server.url}/`) && !/^(data|blob):/.test(request.url()))
        troubles.push(`request to ${request.url()}`);
    });
    return page;
  }

  let reader: Page | undefined;
  /** The page of a reader who stays, and has what was loaded before. */
  const sharedPage = async (): Promise<Page> => {
    reader ??= await openPage();
    return reader;
  };

  /** Opens a page and waits until its script has taken over. */
  async function open(page: Page, path: string): Promise<number | undefined> {
    const reply = await page.goto(`${server.url}${path}`);
    await page.waitForFunction(() => '__vue_app__' in document.querySelector('#app')!);
    return reply?.status();
  }

  test('opens every page of its navigation without a complaint, on a narrow screen too', async () => {
    const page = await openPage();
    await open(page, '/docs');
    expect(page.url()).toBe(`${server.url}/docs/`);
    const links = await page
      .locator('.VPSidebar a')
      .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).pathname));
    expect(links).toEqual(
      expect.arrayContaining(['/docs/', '/docs/quick-start', '/docs/concepts', '/docs/templates/']),
    );
    expect(links.filter((link) => link.startsWith(element('crowd-')))).toHaveLength(
      namesIn('docs/templates/elements', '.md').length,
    );
    for (const link of links) {
      expect([link, await open(page, link), await page.locator('h1').count()]).toEqual([link, 200, 1]);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        expect([link, width, await sidewaysScroll(page)]).toEqual([link, width, 0]);
      }
    }
  }, 180_000);

  test.each([
    '/docs/',
    '/docs/quick-start',
    '/docs/concepts',
    '/docs/templates/',
    element(''),
    element('crowd-classifier'),
    '/docs/events',
    '/docs/operations/flow-definition',
    '/docs/operate',
    '/docs/deploy',
    '/docs/benchmarks',
    '/docs/configuration',
    '/docs/security',
    '/docs/compatibility',
    '/docs/decisions/',
  ])('is accessible at %s, light and dark', async (path) => {
    const page = await sharedPage();
    await page.emulateMedia({ colorScheme: 'light' });
    await open(page, path);
    expect(await accessibilityFaults(page)).toEqual([]);
    // Nothing but colours is different. It is loaded again, since colours that change while it is there do so slowly.
    await page.emulateMedia({ colorScheme: 'dark' });
    await open(page, path);
    expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([]);
    await page.emulateMedia({ colorScheme: null });
  });

  test('finds a page by a word that is in it', async () => {
    const page = await sharedPage();
    await open(page, '/docs/');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('online backup');
    await page.getByRole('option').filter({ hasText: 'Back up' }).click();
    await page.getByRole('heading', { name: 'Back up' }).waitFor();
    expect(page.url()).toBe(`${server.url}/docs/operate#back-up`);
  });

  test('says that a page is not there, and leads back', async () => {
    const page = await sharedPage();
    expect(await open(page, '/docs/none')).toBe(404);
    await page.getByText('There is no such page').waitFor();
    await page.getByRole('link', { name: 'To the start of the documentation' }).click();
    await page.getByRole('heading', { name: 'Where to begin' }).waitFor();
    // The browser itself remarks on the status.
    expect(troubles.splice(0)).toEqual([expect.stringContaining('404 (Not Found)')]);
  });

  test('remembers the colours that a reader chose', async () => {
    const page = await openPage();
    await open(page, '/docs/concepts');
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole('switch', { name: /dark/i }).click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await ground()).toBe(dark);
  });

  test('has an expected answer here for every example', () => {
    expect(Object.keys(examples).sort()).toEqual(namesIn('docs/templates/examples', '.liquid'));
  });

  test.each(Object.entries(examples))('takes the answer of the example %s', async (name, example) => {
    const page = await sharedPage();
    await open(page, example.page);
    const frame = `iframe[title="Live example ${name}"]`;
    await page.locator(frame).scrollIntoViewIfNeeded();
    const task = page.frameLocator(frame);
    const shown = page.locator('.live-example', { has: page.locator(frame) });
    await example.fill(task);
    await task.getByRole('button', { name: example.submit ?? 'Submit', exact: true }).click();
    await shown.getByRole('status').locator('pre').waitFor();
    const text = (await shown.getByRole('status').locator('pre').textContent()) ?? '';
    expect(text.replace(/(?<="iVBORw0KGgo)[^"]+/, '…')).toBe(JSON.stringify(example.answer, null, 2));
    await task.getByText('Your answer was submitted.').waitFor();
    await shown.getByRole('button', { name: 'Start again' }).click();
    await shown.getByText('Submit the form, and its answer appears here.').waitFor();
    await task.getByRole('button', { name: example.submit ?? 'Submit', exact: true }).waitFor();
  });

  test('runs its examples in an origin of their own', async () => {
    const page = await openPage();
    await open(page, element('crowd-input'));
    await page.frameLocator('iframe').locator('crowd-form').waitFor();
    const frame = page.frames().find((each) => each.url().includes('/docs/examples/'))!;
    const attempts = await frame.evaluate(async (portal) => {
      const attempt = async (what: () => unknown): Promise<unknown> => {
        try {
          return await what();
        } catch (error) {
          return (error as Error).name;
        }
      };
      return [
        self.origin,
        await attempt(() => parent.document.title),
        await attempt(() => fetch(`${portal}/portal/api/session`)),
      ];
    }, server.url);
    expect(attempts).toEqual(['null', 'SecurityError', 'TypeError']);
    expect(chromium.complaints.splice(0).length).toBeGreaterThan(0);
    expect(troubles.splice(0).join()).toContain('/portal/api/session');
  });

  test('lists every attribute of every element', async () => {
    const page = await sharedPage();
    await page.goto(`${server.url}/docs/examples/crowd-input`);
    const tags = namesIn('packages/elements/src/elements');
    // Tools come when the page uses them.
    const observed = await page.evaluate(async (names) => {
      const elements = names.map((name) => document.createElement(name));
      for (const each of elements) each.setAttribute('text', 'A text.');
      document.body.append(...elements);
      const classes = await Promise.all(names.map((name) => customElements.whenDefined(name)));
      return classes.map((each, index) => [
        names[index],
        [...((each as unknown as { observedAttributes?: string[] }).observedAttributes ?? [])].sort(),
      ]);
    }, tags);
    expect([...documentedAttributes()].sort()).toEqual(observed);
  });
});
