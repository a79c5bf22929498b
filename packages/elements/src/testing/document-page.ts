// What tests of the document tool share: a page with five pairs, and what a worker does to them.
import type { Page } from 'playwright-core';
import { useCrowdPage } from './crowd-page.ts';
import { useTestImages } from './test-images.ts';

export type Block = Record<string, unknown>;
export const key = 'AWS/Textract/AnalyzeDocument/Forms/V1';

// A page of 400 × 200 pixels with five pairs: two plain ones, a value of two lines, a check box, and a key without a value.
export const rectangle = (left: number, top: number, width: number, height: number) => ({
  boundingBox: { height, left, top, width },
  polygon: [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ],
});
export const places = {
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
export const part = (entity: 'KEY' | 'VALUE', id: keyof typeof places | 'v5', relationships: unknown[]): Block => ({
  blockType: 'KEY_VALUE_SET',
  confidence: 61.5,
  entityTypes: [entity],
  ...(id !== 'v5' && { geometry: places[id] }),
  id,
  ...(relationships.length > 0 && { relationships }),
});
export const value = (...ids: string[]) => ({ ids, type: 'VALUE' });
export const child = (...ids: string[]) => ({ ids, type: 'CHILD' });
export const word = (id: string, text: string): Block => ({ blockType: 'WORD', confidence: 99.1, id, text });

export const page: Block = { blockType: 'PAGE', id: 'page', relationships: [child('k1', 'v1', 'k2', 'table')] };
export const k1 = part('KEY', 'k1', [value('v1'), child('w1', 'w2')]);
export const v1 = part('VALUE', 'v1', [child('w3', 'w4')]);
export const k2 = part('KEY', 'k2', [value('v2'), child('w5')]);
export const v2 = part('VALUE', 'v2', [child('w6')]);
export const k3 = part('KEY', 'k3', [value('v3'), child('w7')]);
export const v3 = part('VALUE', 'v3', [child('w8', 'w9', 'w10')]);
const k4 = part('KEY', 'k4', [value('v4'), child('w11')]);
export const v4 = part('VALUE', 'v4', [child('s1')]);
export const k5 = part('KEY', 'k5', [value('v5'), child('w12')]);
export const v5 = part('VALUE', 'v5', []);
export const selection: Block = {
  blockType: 'SELECTION_ELEMENT',
  confidence: 90,
  id: 's1',
  selectionStatus: 'SELECTED',
};
/** It shares a word with the first value. */
const cell: Block = { blockType: 'CELL', columnIndex: 1, id: 'cell', relationships: [child('w4')], rowIndex: 1 };
export const table: Block = { blockType: 'TABLE', id: 'table', relationships: [child('cell')] };
export const words = [
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
export const blocks = [page, k5, v5, k1, v1, k2, v2, k3, v3, k4, v4, table, cell, ...words, selection];
/** The fixture with some of its blocks replaced, or left out by `undefined`, and others at the end. */
export const except = (changes: Record<string, Block | undefined>, ...added: Block[]): Block[] => [
  ...blocks
    .map((block) => (Object.hasOwn(changes, String(block.id)) ? changes[String(block.id)] : block))
    .filter((block) => block !== undefined),
  ...added,
];
export const newWord = (id: string, text: string): Block => ({ blockType: 'WORD', id, text });
export const newLine = (id: string, ids: string[], text: string): Block => ({
  blockType: 'LINE',
  id,
  relationships: [child(...ids)],
  text,
});

export const escaped = (json: unknown) => JSON.stringify(json).replaceAll('&', '&amp;').replaceAll('"', '&quot;');

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
export const byText = (list: readonly Block[], text: string) => list.filter((block) => block.text === text);

/** One browser for the file. */
export function useDocumentPage() {
  const crowd = useCrowdPage();
  const images = useTestImages();

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

  return {
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
    focused,
    selected,
    place,
    click,
    drag,
  };
}

/** Sums of parts of the page are not quite what was written. */
export const round = ({ x, y }: { x: number; y: number }) => ({
  x: Math.round(x * 1e7) / 1e7,
  y: Math.round(y * 1e7) / 1e7,
});
