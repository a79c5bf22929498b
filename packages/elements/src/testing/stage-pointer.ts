// A mouse and fingers on the image of the element `#tool`, in pixels of the image.
import type { Locator, Page } from 'playwright-core';

type At = readonly [x: number, y: number];

export interface StagePointer {
  readonly page: Page;
  /** Where the image is in the window. */
  box(): Promise<{ x: number; y: number; width: number; height: number }>;
  /** Until the image stays where it is, as after its first layout. */
  still(): Promise<void>;
  moveTo(...at: At): Promise<void>;
  click(...at: At): Promise<void>;
  drag(from: At, ...to: At[]): Promise<void>;
  /** The same, with a finger. */
  touch(): Promise<StagePointer & { pinch(first: At, second: At, apart: number): Promise<void> }>;
}

/** Until it stays where it is in the window for three frames: what a key or a size changes shows in one of the next ones. */
export const untilStill = (locator: Locator): Promise<void> =>
  locator.evaluate(async (element) => {
    const place = () => JSON.stringify(element.getBoundingClientRect());
    let [before, frames] = ['', 0];
    while (frames < 3) {
      await new Promise(requestAnimationFrame);
      frames = place() === before ? frames + 1 : 0;
      before = place();
    }
  });

/** As soon as the image stands still. */
export async function stagePointer(page: Page): Promise<StagePointer> {
  const rectangle = () =>
    page.evaluate(() => {
      const tool = document.querySelector('#tool') as unknown as {
        shadowRoot: ShadowRoot;
        value: { inputImageProperties: { width: number } };
      };
      tool.shadowRoot.querySelector('.stage')!.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { x, y, width, height } = tool.shadowRoot.querySelector('.upper-canvas')!.getBoundingClientRect();
      return { x, y, width, height, scale: width / tool.value.inputImageProperties.width };
    });
  const place = async ([x, y]: At): Promise<[number, number]> => {
    const box = await rectangle();
    return [box.x + x * box.scale, box.y + y * box.scale];
  };
  const { mouse } = page;
  const pointer: StagePointer = {
    page,
    box: rectangle,
    still: () => untilStill(page.locator('#tool .upper-canvas')),
    moveTo: async (...at) => mouse.move(...(await place(at))),
    async click(...at) {
      await mouse.click(...(await place(at)));
    },
    async drag(from, ...to) {
      await mouse.move(...(await place(from)));
      await mouse.down();
      for (const at of to) await mouse.move(...(await place(at)), { steps: 3 });
      await mouse.up();
    },
    async touch() {
      const devtools = await page.context().newCDPSession(page);
      const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: At[]) => {
        const touchPoints = [];
        for (const [id, each] of at.entries()) {
          const [x, y] = await place(each);
          touchPoints.push({ x, y, id });
        }
        await devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
      };
      /** The finger rests before it is lifted: after a fling Chromium takes the next tap for the one that stops it. */
      const rest = async (at: At) => {
        const [x, y] = await place(at);
        const now = Date.now() / 1000;
        const touchPoints = [{ x, y, id: 0 }];
        await devtools.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints, timestamp: now + 1 });
        await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [], timestamp: now + 2 });
      };
      return {
        ...pointer,
        moveTo: async () => {},
        async click(...at) {
          await send('touchStart', at);
          await send('touchEnd');
        },
        async drag(from, ...to) {
          await send('touchStart', from);
          for (const at of to) await send('touchMove', at);
          await rest(to.at(-1)!);
        },
        async pinch(first, second, apart) {
          // Places before the picture moves under the fingers.
          const [a, b] = [await place(first), await place(second)];
          const at = (by: number) => [
            { x: a[0] - by, y: a[1], id: 0 },
            { x: b[0] + by, y: b[1], id: 1 },
          ];
          await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0).slice(0, 1) });
          await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
          for (const by of [apart / 3, (2 * apart) / 3, apart])
            await devtools.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(by) });
          await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        },
      };
    },
  };
  await pointer.still();
  return pointer;
}
