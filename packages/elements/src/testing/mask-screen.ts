// What is seen of a mask, for tests: the pixels of the canvas of `#tool`, and those of the page.
import type { Page } from 'playwright-core';
import type { Area } from './mask-page.ts';

/** An area of a mask and its colour, as `#rrggbb`. */
export interface Painted {
  readonly area: Area;
  readonly color: string;
}

export interface Screen {
  /** How many pixels of the screen were compared, none of them at an edge. */
  readonly compared: number;
  /** Those that show something else than the mask has there. */
  readonly wrong: readonly string[];
  /** How many pixels of the device the canvas has for each of its CSS pixels. */
  readonly density: number;
}

/** Compares pixels all over the canvas with the mask: later ones of the areas lie on top, all else is transparent. */
export const screenOf = (page: Page, painted: readonly Painted[]): Promise<Screen> =>
  page.evaluate(async (parts) => {
    // A new size is known when it has been laid out.
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    const tool = document.querySelector('#tool') as HTMLElement & {
      value: { inputImageProperties: { width: number; height: number } };
    };
    const canvas = tool.shadowRoot!.querySelector<HTMLCanvasElement>('canvas.mask')!;
    const seen = canvas.getBoundingClientRect();
    const image = tool.shadowRoot!.querySelector('.upper-canvas')!.getBoundingClientRect();
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
    const density = width / seen.width;
    const { width: across, height: down } = tool.value.inputImageProperties;
    const scale = image.width / across;
    // Less than a pixel of the screen, in pixels of the image.
    const edge = 0.75 / density / scale;
    const wrong: string[] = [];
    let compared = 0;
    // Not each one of a large canvas: that would take a minute. An odd step comes to all columns.
    const step = Math.floor((width * height) / 200_000) | 1;
    for (let pixel = 0; pixel < width * height; pixel += step) {
      const column = pixel % width;
      const row = Math.floor(pixel / width);
      const x = ((column + 0.5) / density - image.x + seen.x) / scale;
      const y = ((row + 0.5) / density - image.y + seen.y) / scale;
      const isAt = (by: number, left: number, top: number, wide: number, high: number) =>
        x >= left - by && x < left + wide + by && y >= top - by && y < top + high + by;
      const isAtEdge = [{ left: 0, top: 0, width: across, height: down }, ...parts.map(({ area }) => area)].some(
        (area) =>
          isAt(edge, area.left, area.top, area.width, area.height) !==
          isAt(-edge, area.left, area.top, area.width, area.height),
      );
      if (isAtEdge) continue;
      compared++;
      const part = parts.findLast(({ area }) => isAt(0, area.left, area.top, area.width, area.height));
      const expected = part
        ? [...(part.color.match(/\w\w/g) ?? []).map((byte) => Number.parseInt(byte, 16)), 255]
        : [0, 0, 0, 0];
      const at = 4 * pixel;
      if (expected.some((byte, index) => data[at + index] !== byte) && wrong.length < 5)
        wrong.push(`${column}, ${row} (${x.toFixed(1)}, ${y.toFixed(1)} in the image): ${data.slice(at, at + 4)}`);
    }
    return { compared, wrong, density };
  }, painted);

/** What the page shows at a place of the window: red, green and blue. */
export async function seenAt(page: Page, x: number, y: number): Promise<readonly number[]> {
  const picture = await page.screenshot({ clip: { x: Math.floor(x), y: Math.floor(y), width: 1, height: 1 } });
  return page.evaluate(
    async (src) => {
      const image = Object.assign(new Image(), { src });
      await image.decode();
      const context = new OffscreenCanvas(1, 1).getContext('2d')!;
      context.drawImage(image, 0, 0);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    },
    `data:image/png;base64,${picture.toString('base64')}`,
  );
}

/** Shows a page on other screens, until `end`. */
export async function otherScreens(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  return {
    /** @param density pixels of the device for each of the page */
    async show(density: number): Promise<void> {
      const { width, height } = page.viewportSize()!;
      const screen = { width, height, deviceScaleFactor: density, mobile: false };
      await devtools.send('Emulation.setDeviceMetricsOverride', screen);
    },
    async end(): Promise<void> {
      await devtools.detach();
      // What Playwright has set once it does not set again, and now it is gone.
      const { width, height } = page.viewportSize()!;
      await page.setViewportSize({ width: width + 1, height });
      await page.setViewportSize({ width, height });
    },
  };
}
