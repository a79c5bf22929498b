// What holds for everything that classifies an image: the image, what is said when it does not come, the overlay, the comment.
import { expect, test } from 'vitest';
import { type CrowdPage, scriptTag } from '../testing/crowd-page.ts';
import { asDataUrl, png } from '../testing/png.ts';
import { pngOf, type TestImages } from '../testing/test-images.ts';

/** Red at the left, blue at the right. */
export const twoColours = asDataUrl(png(40, 20, (x) => (x < 20 ? '#ff0000' : '#0000ff')));

/** The head of an icon file whose one picture is a PNG of 40 × 20. */
const icoHead = Buffer.from('00000100010028140000010020000000000016000000', 'hex');
icoHead.writeUInt32LE(pngOf(40, 20).length, 14);

interface ImageClassifierCase {
  readonly tag: string;
  /** The answer under `q` once the first category, `cat`, is chosen. */
  readonly answer: unknown;
  readonly hasOverlay: boolean;
}

export function testImageClassifier(crowd: CrowdPage, images: TestImages, each: ImageClassifierCase): void {
  const { tag, answer, hasOverlay } = each;
  const element = (attributes: string, content = '') =>
    `<${tag} id="c" name="q" header="What is it?" categories="['cat', 'dog']" ${attributes}>${content}</${tag}>`;
  const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();
  const picture = () => crowd.page.locator('#c img.picture');
  const loaded = () =>
    expect.poll(() => picture().evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(40);

  test('shows its image without accessibility faults, and other content below it', async () => {
    const page = await crowd.openForm(element(`src="${twoColours}"`, '<p>A hint</p>'));
    await loaded();
    expect(await page.getByText('A hint').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
    expect(crowd.complaints).toEqual([]);
  });

  test.each([
    ['in view', 'One'],
    ['in a hidden tab', 'Two'],
  ])('%s, it shows the pixels as they are stored, whatever EXIF data say of turning them', async (_title, tab) => {
    const page = await crowd.openForm(
      `<crowd-tabs><crowd-tab header="One">${tab === 'One' ? element('') : ''}</crowd-tab><crowd-tab header="Two">${tab === 'Two' ? element('') : ''}</crowd-tab></crowd-tabs>`,
    );
    await page.evaluate(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 });
      const jpeg = atob(canvas.toDataURL('image/jpeg').split(',')[1]!);
      // "Turned by a quarter": one entry, orientation 6.
      const exif = '\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0';
      const turned = `data:image/jpeg;base64,${btoa(jpeg.slice(0, 2) + exif + jpeg.slice(2))}`;
      const plain = Object.assign(new Image(), { id: 'plain', src: turned });
      document.body.append(plain);
      const box = { label: 'a', left: 30, top: 10, width: 10, height: 10 };
      Object.assign(document.querySelector('#c')!, { src: turned, overlay: { boundingBox: { value: [box] } } });
      return plain.decode();
    });
    await page.locator('#c .picture-bar').waitFor({ state: 'attached' });
    await page.getByRole('tab', { name: tab }).click();
    const shapeOf = (selector: string) =>
      page.locator(selector).evaluate((each: HTMLElement) => [each.clientWidth, each.clientHeight]);
    expect(await shapeOf('#plain')).toEqual([20, 40]);
    expect(await shapeOf('#c img.picture')).toEqual([40, 20]);
    await page.keyboard.press('+');
    await expect.poll(() => shapeOf('#c img.picture')).toEqual([60, 30]);
    if (!hasOverlay) return;
    const [box, image] = await Promise.all([page.locator('#c .box').boundingBox(), picture().boundingBox()]);
    expect([box!.x - image!.x, box!.y - image!.y, box!.width, box!.height].map(Math.round)).toEqual([45, 15, 15, 15]);
  });

  test.each([
    ['status/403', 'The image may not be seen (403).'],
    ['status/404', 'The image was not found (404).'],
    ['status/500', 'answered with an error (500).'],
    ['text', 'is no image (text/plain).'],
    ['closed/status/404', 'could not be loaded'],
  ])('of %s it says "%s", can try again, and can be answered all the same', async (path, sentence) => {
    const page = await crowd.openForm(element(`src="${images.url(path)}"`));
    await page.getByText(sentence).waitFor();
    expect(await crowd.faults()).toEqual([]);
    const before = images.count(path);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(sentence).waitFor();
    await expect.poll(() => images.count(path)).toBeGreaterThan(before);
    await page.getByText('cat', { exact: true }).click();
    await submit();
    expect(await crowd.submitted()).toEqual([{ q: answer }]);
  });

  test('of an image that does not come it says that it takes long, and can try again', async () => {
    const page = await crowd.open(`<!DOCTYPE html><html lang="en"><title>Task</title><script>
      { const start = setTimeout;
        setTimeout = (action, wait, ...rest) => wait === 10000 ? (elapse = action, 0) : start(action, wait, ...rest); }
      </script>${scriptTag}<main><crowd-form>${element('')}</crowd-form></main>`);
    await page.evaluate(`c.src = ${JSON.stringify(images.url('never'))}`);
    await page.getByText('The image is loading …').waitFor();
    await page.evaluate('elapse()');
    await page.getByText('The image takes long to load.').waitFor();
    expect(await crowd.faults()).toEqual([]);
    await page.keyboard.press('1');
    expect(await crowd.answer()).toEqual({ q: answer });
    images.answer();
    await page.getByRole('button', { name: 'Try again' }).click();
    await loaded();
    await expect.poll(() => page.getByText('The image takes long').count()).toBe(0);
  });

  test('says so without an address, and takes one later', async () => {
    const page = await crowd.openForm(element(''));
    expect(await page.getByText('This task names no image.').isVisible()).toBe(true);
    await page.evaluate(`c.src = ${JSON.stringify(twoColours)}`);
    await loaded();
    expect(await page.getByText('This task names no image.').count()).toBe(0);
    expect(await page.evaluate('c.src')).toBe(twoColours);
  });

  test('an image that no page may read is shown with a note', async () => {
    const page = await crowd.openForm(element(`src="${images.url('closed/40x20.png')}"`));
    await page.getByText('The server of this image lets no page read it.').waitFor();
    await loaded();
    expect(await crowd.faults()).toEqual([]);
    await page.evaluate(`c.src = ${JSON.stringify(images.url('40x20.png'))}`);
    await expect.poll(() => page.getByText('lets no page read it').count()).toBe(0);
  });

  test('number keys choose; plus, minus and f change the view, not while typing', async () => {
    const page = await crowd.openForm(`${element(`src="${twoColours}"`)}<input name="i" aria-label="i">`);
    await loaded();
    const width = () => picture().evaluate((image) => image.clientWidth);
    await page.keyboard.press('+');
    await expect.poll(width).toBe(60);
    await page.keyboard.press('+');
    await expect.poll(width).toBe(90);
    expect(await crowd.faults()).toEqual([]);
    await page.keyboard.press('-');
    await expect.poll(width).toBe(60);
    await page.keyboard.press('f');
    await expect.poll(width).toBe(40);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(width).toBe(60);
    await page.locator('[name=i]').fill('');
    await page.keyboard.type('1+f');
    expect(await crowd.answer()).toEqual({ i: '1+f' });
    expect(await width()).toBe(60);
    await page.locator('[name=i]').blur();
    await page.keyboard.press('1');
    expect(await crowd.answer()).toEqual({ q: answer, i: '1+f' });
  });

  test('header, short and full instructions stand around it, and controls in them count', async () => {
    const page = await crowd.openForm(
      element(
        `src="${twoColours}"`,
        `<short-instructions header="In short">Do it. <crowd-input name="note" label="Note"></crowd-input></short-instructions>
         <full-instructions header="All of it">Every detail</full-instructions>`,
      ),
    );
    expect(await page.getByRole('heading', { name: 'What is it?' }).isVisible()).toBe(true);
    expect(await page.getByRole('heading', { name: 'In short' }).isVisible()).toBe(true);
    await page.getByLabel('Note').click();
    await page.keyboard.type('12');
    expect(await crowd.answer()).toEqual({ note: '12' });
    await page.getByRole('button', { name: 'View full instructions' }).click();
    expect(await page.getByRole('dialog', { name: 'All of it' }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Instructions', exact: true }).click();
    expect(await page.getByText('Do it.').isVisible()).toBe(false);
    expect(await crowd.faults()).toEqual([]);
  });

  test('categories: a thousand, with markup that stays text; others by script; none that can be read', async () => {
    const page = await crowd.openForm(element(`src="${twoColours}"`));
    const many = Array.from({ length: 1000 }, (_each, index) => `<img src=x onerror=alert(1)> & ${index}`);
    await page.evaluate((many) => Object.assign(document.querySelector('#c')!, { categories: many }), many);
    expect(await page.locator('#c .category:not(.exclusion)').count()).toBe(1000);
    expect(await page.locator('#c .categories img').count()).toBe(0);
    expect(await page.evaluate('c.categories.pop() && c.categories.length')).toBe(1000);
    await page.evaluate('c.categories = c.categories.slice(0, 1).concat(["cat"])');
    await page.keyboard.press('2');
    expect(await crowd.answer()).toEqual({ q: answer });
    for (const [value, sentence] of [
      ["'[cat dog]'", 'The attribute “categories” of this element could not be read.'],
      ["'{ cat: 1 }'", 'The attribute “categories” of this element could not be read.'],
      ["['cat', 'cat']", 'The category “cat” is given more than once; it is shown once.'],
    ]) {
      await page.evaluate(`c.categories = ${value}`);
      expect(await page.locator('#c crowd-alert').allTextContents()).toEqual([sentence]);
      expect(await crowd.faults()).toEqual([]);
    }
    await page.evaluate('c.categories = null');
    expect(await page.locator('#c crowd-alert').count()).toBe(0);
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    // “None” can be chosen all the same.
    expect(await page.locator('#c #complaint').textContent()).toBe(
      hasOverlay ? 'This task has no categories to choose from.' : 'Please choose at least one category.',
    );
  });

  test.each([
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"></svg>'],
    ['image/bmp', bitmap(40, 20)],
    ['image/x-icon', Buffer.concat([icoHead, pngOf(40, 20)])],
  ])('shows an image of the type %s', async (type, bytes) => {
    images.give(Buffer.from(bytes), type);
    await crowd.openForm(element(`src="${images.url('given')}"`));
    await loaded();
    await crowd.page.locator('#c .picture-bar').waitFor();
    expect(crowd.complaints).toEqual([]);
  });

  if (!hasOverlay) return;

  test('comments: guidance, texts of the template, kept on Escape, part of the answer, cleared by a reset', async () => {
    const page = await crowd.openForm(
      `${element(`src="${twoColours}" data-watch`, '<worker-comment header="Your doubts" link-text="Doubts?" placeholder="Which?">Say <b>why</b></worker-comment>')}
       <crowd-button form-action="reset">Again</crowd-button>`,
    );
    expect(await page.getByText('Say why').isVisible()).toBe(false);
    await page.keyboard.press('1');
    expect(await crowd.answer()).toEqual({ q: answer });
    await page.getByRole('button', { name: 'Doubts?' }).click();
    expect(await page.getByRole('dialog', { name: 'Your doubts' }).isVisible()).toBe(true);
    expect(await page.getByText('Say why').isVisible()).toBe(true);
    expect(await page.locator('#c textarea[placeholder="Which?"]').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
    await page.keyboard.type('left 2 edge');
    await page.keyboard.press('Escape');
    expect(await crowd.answer()).toEqual({ q: { ...(answer as object), workerComment: 'left 2 edge' } });
    expect(await page.locator('#c .comment-text').textContent()).toBe('left 2 edge');
    expect((await crowd.events()).filter((event) => event === 'c:change').length).toBeGreaterThan(1);
    expect(await crowd.faults()).toEqual([]);
    await page.getByRole('button', { name: 'Doubts?' }).click();
    await page.getByRole('textbox', { name: 'Your doubts' }).fill('  ');
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await crowd.answer()).toEqual({ q: answer });
    await page.getByRole('button', { name: 'Doubts?' }).click();
    await page.keyboard.type('more');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Again' }).click();
    await page.keyboard.press('1');
    expect(await crowd.answer()).toEqual({ q: answer });
  });

  test('a comment alone is no answer; without the region there is no link, without texts ours', async () => {
    const page = await crowd.openForm(element(`src="${twoColours}"`, '<worker-comment></worker-comment>'));
    await page.getByRole('button', { name: 'Add a comment' }).click();
    expect(await page.getByRole('dialog', { name: 'Add a comment' }).isVisible()).toBe(true);
    await page.keyboard.type('x');
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await crowd.answer()).toEqual({});
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    await page.evaluate('c.querySelector("worker-comment").remove()');
    await expect.poll(() => page.getByRole('button', { name: 'Add a comment' }).count()).toBe(0);
  });

  const overlay = (value: unknown) => `overlay="${JSON.stringify(value).replaceAll('"', '&quot;')}"`;
  const legend = () => crowd.page.locator('#c .legend li').allTextContents();

  test('an overlay of boxes: where they are, in their colours, with a legend', async () => {
    const boxes = [
      { label: 'Cup', left: 10, top: 5, width: 20, height: 10 },
      { label: 'Plate <b>', left: 0, top: 0, width: 4, height: 4 },
      { label: 'Cup', left: 0, top: 10, width: 5, height: 5 },
    ];
    const page = await crowd.openForm(
      element(
        `src="${twoColours}" ${overlay({ boundingBox: { labels: ['Knife', 'Cup', 'Plate <b>'], value: boxes } })}`,
      ),
    );
    await loaded();
    expect(await legend()).toEqual(['Knife (0)', 'Cup (2)', 'Plate <b> (1)']);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(() => picture().evaluate((image) => image.clientWidth)).toBe(60);
    const places = await page.locator('#c .box').evaluateAll((boxes) =>
      boxes.map((box) => {
        const [at, image] = [box, box.closest('.picture-frame')!].map((each) => each.getBoundingClientRect()) as [
          DOMRect,
          DOMRect,
        ];
        return [at.x - image.x, at.y - image.y, at.width, at.height, getComputedStyle(box).borderLeftColor].map(
          (value) => (typeof value === 'number' ? Math.round((value / 1.5) * 10) / 10 : value),
        );
      }),
    );
    expect(places).toEqual([
      [10, 5, 20, 10, 'rgb(31, 119, 180)'],
      [0, 0, 4, 4, 'rgb(255, 127, 14)'],
      [0, 10, 5, 5, 'rgb(31, 119, 180)'],
    ]);
    expect(await crowd.faults()).toEqual([]);
    expect(crowd.complaints).toEqual([]);
  });

  test('the opacity of an overlay is no edit of the answer', async () => {
    const page = await crowd.openForm(
      element(
        `data-watch src="${twoColours}" ${overlay({ boundingBox: { value: [{ label: 'a', left: 0, top: 0, width: 1, height: 1 }] } })}`,
      ),
    );
    await loaded();
    await page.getByRole('slider', { name: 'Opacity' }).fill('30');
    expect(await page.locator('#c .overlay').evaluate((each) => getComputedStyle(each).opacity)).toBe('0.3');
    expect(await crowd.events()).toEqual([]);
  });

  test.each([
    [
      'semanticSegmentation',
      { labelMappings: { Sky: { color: '#1F77B4' }, Road: { color: '#2ca02c' } } },
      ['Sky', 'Road'],
    ],
    [
      'instanceSegmentation',
      {
        instances: [
          { color: '#1f77b4', label: 'Cell' },
          { color: '#2ca02c', label: 'Cell' },
        ],
      },
      ['Cell', 'Cell'],
    ],
  ])('an overlay of %s shows the pixels of its colours only', async (kind, rest, names) => {
    const mask = asDataUrl(
      png(40, 20, (x) => (x < 10 ? '#1f77b4' : x < 20 ? '#2ca02c' : x < 30 ? '#ffffff' : '#123456')),
    );
    const page = await crowd.openForm(
      element(`src="${twoColours}" ${overlay({ [kind]: { src: mask, labels: names, ...rest } })}`),
    );
    await page.locator('#c canvas.mask').waitFor();
    expect(await legend()).toEqual(names);
    expect(
      await page
        .locator('#c canvas.mask')
        .evaluate((canvas: HTMLCanvasElement) =>
          [5, 15, 25, 35].map((x) => [...canvas.getContext('2d')!.getImageData(x, 10, 1, 1).data]),
        ),
    ).toEqual([
      [31, 119, 180, 255],
      [44, 160, 44, 255],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    const [canvas, image] = await Promise.all([page.locator('#c canvas.mask').boundingBox(), picture().boundingBox()]);
    expect(canvas).toEqual(image);
    expect(await crowd.faults()).toEqual([]);
  });

  test('a mask that no page may read is laid over as it is', async () => {
    const page = await crowd.openForm(
      element(
        `src="${twoColours}" ${overlay({ semanticSegmentation: { src: images.url('closed/40x20.png'), labelMappings: { a: { color: '#2ca02c' } } } })}`,
      ),
    );
    await page.locator('#c img.mask').waitFor();
    expect(await page.locator('#c .overlay').evaluate((each) => getComputedStyle(each).mixBlendMode)).toBe('multiply');
  });

  test.each([
    ['{ broken', '“overlay”'],
    ['[1, 2]', '“overlay”'],
    ['{ other: 1 }', '“overlay”'],
    ['{ boundingBox: { value: 3 } }', '“overlay”'],
    ["{ semanticSegmentation: { labelMappings: { a: { color: '#2ca02c' } } } }", '“overlay”'],
    ["{ semanticSegmentation: { src: 'x.png' } }", '“overlay”'],
    [
      "{ instanceSegmentation: { src: 'data:,', instances: [{ color: '#2ca02c', label: 1 }] } }",
      'The layer over the image could not be loaded.',
    ],
    [
      "{ boundingBox: { value: [{ label: 'a', left: NaN, top: 0, width: 1, height: 1 }, { label: 'a' }, 7, { label: 'a', left: 0, top: 0, width: 1, height: 1 }] } }",
      '3 boxes have no proper place',
    ],
    ['{ boundingBox: { value: [null] } }', 'One box has no proper place'],
  ])('of the overlay %s it says %s, shows the image, and can be answered', async (value, sentence) => {
    const page = await crowd.openForm(element(`src="${twoColours}" overlay="${value}"`));
    await page.getByText(sentence).first().waitFor();
    await loaded();
    expect(await crowd.faults()).toEqual([]);
    await page.evaluate('c.overlay = undefined');
    await expect.poll(() => page.getByText(sentence).count()).toBe(0);
    await page.keyboard.press('1');
    expect(await crowd.answer()).toEqual({ q: answer });
  });
}

/** A bitmap of 24 bits for each pixel, all black. */
function bitmap(width: number, height: number): Buffer {
  const head = Buffer.alloc(54);
  const pixels = Buffer.alloc(width * height * 3);
  head.write('BM', 'latin1');
  head.writeUInt32LE(head.length + pixels.length, 2);
  head.writeUInt32LE(head.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.set([1, 0, 24, 0], 26);
  return Buffer.concat([head, pixels]);
}
