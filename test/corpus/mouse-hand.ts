import type { FrameLocator, Locator, Page } from 'playwright-core';
import { type At, type Hand, imageOf, tagOf, typeInto } from './hand.ts';
import { placeOfText } from './place-of-text.ts';

/** Works with the mouse; of the keyboard it uses what is typed into fields. */
export function mouseHand(page: Page, task: FrameLocator): Hand {
  const { mouse, keyboard } = page;

  const hand: Hand = {
    way: 'mouse',
    page,
    task,
    press: (control) => control.click(),
    choose: (radio) => radio.click(),
    async write(field, text) {
      // At its beginning, where the first part of a date is.
      await field.click({ position: { x: 12, y: 8 } });
      await typeInto(page, field, text);
    },
    async pick(list, option) {
      // What the list opens belongs to the browser, not to the page.
      await list.selectOption({ label: option });
    },
    async slide(slider, to) {
      const share = await slider.evaluate((element, to) => {
        const { min, max } = element as HTMLInputElement;
        return (to - Number(min || 0)) / (Number(max || 100) - Number(min || 0));
      }, to);
      await slider.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await slider.boundingBox())!;
      // The middle of the knob never comes to the very ends.
      const knob = height;
      await mouse.click(x + knob / 2 + share * (width - knob), y + height / 2);
    },
    async mark(tool, label, ...points) {
      const at = await placesIn(tool);
      await tool.locator('.label-button', { hasText: label }).first().click();
      const tag = await tagOf(tool);
      const isMask = tag.endsWith('-segmentation');
      if (isMask) await tool.getByRole('button', { name: 'Fill a polygon' }).click();
      if (tag === 'crowd-bounding-box' || tag === 'crowd-line') {
        await drag(page, at(points[0]!), at(points[1]!));
        return;
      }
      const end = isMask || tag === 'crowd-polygon' ? points.slice(0, 1) : [];
      const last = tag === 'crowd-polyline' ? points.slice(-1) : end;
      for (const point of [...points, ...last]) await mouse.click(...at(point));
    },
    async move(tool, _mark, from, to) {
      const at = await placesIn(tool);
      await drag(page, at(from), at(to));
    },
    async remove(tool, _mark, at) {
      const place = await placesIn(tool);
      await mouse.click(...place(at));
      await tool.getByRole('button', { name: 'Delete', exact: true }).click();
    },
    async highlight(tool, label, part) {
      if (label !== '') await tool.locator('.label-button', { hasText: label }).first().click();
      const { from, to } = await placeOfText(tool, part);
      await drag(page, from, to);
    },
    async type(...keys) {
      for (const key of keys) await keyboard.press(key);
    },
    submit: (name = 'Submit') => hand.press(task.getByRole('button', { name, exact: true })),
  };
  return hand;
}

/** From pixels of a tool's image to the window. */
async function placesIn(tool: Locator): Promise<(at: At) => [number, number]> {
  const { width } = await imageOf(tool);
  const canvas = tool.locator('.upper-canvas');
  await tool.locator('.stage').scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  const scale = box.width / width;
  return ([x, y]) => [box.x + x * scale, box.y + y * scale];
}

async function drag({ mouse }: Page, from: At, to: At): Promise<void> {
  await mouse.move(...from);
  await mouse.down();
  await mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await mouse.move(...to);
  await mouse.up();
}
