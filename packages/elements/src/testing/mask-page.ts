// What tests of the two tools for masks share: pages with one, masks to begin with, and what the answer shows.
import type { Page } from 'playwright-core';
import type { CrowdPage } from './crowd-page.ts';
import { asDataUrl, png } from './png.ts';
import { areasOf, readPng } from './read-png.ts';
import { stagePointer } from './stage-pointer.ts';
import type { TestImages } from './test-images.ts';

export interface Area {
  readonly label: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: number;
}

export const rectangle = (label: string, left: number, top: number, width: number, height: number): Area => ({
  label,
  left,
  top,
  width,
  height,
  pixels: width * height,
});

export interface MaskAnswer {
  readonly inputImageProperties: { readonly width: number; readonly height: number };
  readonly labelMappings: Readonly<Record<string, { readonly color: string }>>;
  readonly instances: readonly { readonly label: string; readonly color: string }[];
  readonly labeledImage: { readonly pngImageData: string };
  readonly initialValueModified?: boolean;
}

/** The areas of an answer, label by label or instance by instance; everything in the image must be one of them, and the other way round. */
export function areasIn({ labelMappings, instances, labeledImage }: MaskAnswer): Area[] {
  const { pngImageData } = labeledImage;
  if (pngImageData === '') return [];
  const areas = areasOf(readPng(pngImageData));
  const parts = instances ?? Object.entries(labelMappings).map(([label, { color }]) => ({ label, color }));
  if (areas.size !== parts.length)
    throw new Error(`${[...areas.keys()]} in the image, ${JSON.stringify(parts)} beside it`);
  return parts.map(({ label, color }) => ({ label, ...areas.get(color)! }));
}

/** An answer with its pixels instead of its file, which can be written in more than one way. */
export function pixelsIn({ labeledImage, ...rest }: MaskAnswer): Record<string, unknown> {
  const { width, height, type, at } = readPng(labeledImage.pngImageData);
  const pixels = Array.from({ length: width * height }, (_each, index) => at(index % width, Math.floor(index / width)));
  return { ...rest, type, pixels: pixels.join() };
}

/** A PNG of 400 × 200 with rectangles of colours, as an address. */
export const maskOf = (parts: readonly { readonly area: Area; readonly color: string }[]): string =>
  asDataUrl(
    png(400, 200, (x, y) => {
      const part = parts.findLast(
        ({ area }) => x >= area.left && y >= area.top && x < area.left + area.width && y < area.top + area.height,
      );
      return part?.color ?? '#ffffff';
    }),
  );

/** Draws a rectangle as a polygon, exactly. */
export async function drawRectangle(
  { page, click }: Awaited<ReturnType<typeof stagePointer>>,
  [left, top, right, bottom]: readonly [number, number, number, number],
): Promise<void> {
  await page.keyboard.press('p');
  await click(left, top);
  await click(right, top);
  await click(right, bottom);
  await click(left, bottom);
  await click(left + 1, top + 1);
}

export const settled = (page: Page) =>
  page.waitForFunction(() => {
    const tool = document.querySelector('#tool') as unknown as {
      value: { inputImageProperties: { width: number } };
      validationMessage: string;
    };
    return tool.value.inputImageProperties.width > 0 && !tool.validationMessage.includes('is loading');
  });

export function maskPage(crowd: CrowdPage, images: TestImages, tag: string) {
  const answer = async (): Promise<MaskAnswer> => ((await crowd.answer()) as { q: MaskAnswer }).q;
  return {
    answer,
    areas: async (): Promise<Area[]> => areasIn(await answer()),
    alerts: () => crowd.page.locator('#tool crowd-alert').allTextContents(),
    async open(attributes = `labels="['Cat', 'Dog']"`, src = images.url('400x200.png')) {
      const page = await crowd.openForm(
        `<${tag} id="tool" name="q" src="${src}" header="Mark them" data-watch ${attributes}></${tag}>`,
      );
      await settled(page);
      return stagePointer(page);
    },
    async keys(...names: readonly string[]) {
      for (const name of names) await crowd.page.keyboard.press(name);
    },
    async begin(value: unknown) {
      await crowd.page.evaluate((given) => {
        Object.assign(document.querySelector('#tool')!, { initialValue: given });
      }, value);
      await settled(crowd.page);
    },
  };
}
