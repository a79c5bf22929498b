import type { FrameLocator, Locator, Page } from 'playwright-core';
import { type At, type Hand, imageOf, tagOf, typeInto } from './hand.ts';

/** So many stops may lie before a control. */
const mostStops = 120;
const farStep = 10;

export interface KeyHand extends Hand {
  /** Goes on by Tab until a control has the focus. */
  reach(control: Locator): Promise<void>;
}

/** Works without a mouse: reaches everything by Tab, and everything in it by the keys that it has. */
export function keyHand(page: Page, task: FrameLocator): KeyHand {
  const { keyboard } = page;

  async function walk(target: Locator, isThere: typeof hasFocus): Promise<void> {
    await target.waitFor({ state: 'attached' });
    for (let stops = 0; stops < mostStops; stops += 1) {
      if (await target.evaluate(isThere)) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Cannot be reached by Tab: ${target}`);
  }

  async function select(tool: Locator, mark: number): Promise<void> {
    await imageOf(tool);
    await hand.reach(tool.locator('.stage'));
    for (let count = mark; count >= 0; count -= 1) await keyboard.press('Tab');
  }

  const hand: KeyHand = {
    way: 'keys',
    page,
    task,
    reach: (control) => walk(control, hasFocus),
    async press(control) {
      await hand.reach(control);
      await keyboard.press(
        (await control.evaluate((element) => element.matches('a, [role=link]'))) ? 'Enter' : 'Space',
      );
    },
    async choose(radio) {
      await walk(radio, hasFocusNear);
      for (let stops = 0; !(await radio.evaluate(hasFocus)); stops += 1) {
        if (stops === mostStops) throw new Error(`Cannot be reached by arrow keys: ${radio}`);
        await keyboard.press('ArrowDown');
      }
      if (!(await radio.evaluate((element) => (element as HTMLInputElement).checked))) await keyboard.press('Space');
    },
    async write(field, text) {
      await hand.reach(field);
      await typeInto(page, field, text);
    },
    async pick(list, option) {
      await hand.reach(list);
      // A closed list takes the option that begins with what is typed.
      await keyboard.type(option);
    },
    async slide(slider, to) {
      await hand.reach(slider);
      const [from, step] = await slider.evaluate((element) => {
        const { value, step } = element as HTMLInputElement;
        return [Number(value), Number(step || 1)] as const;
      });
      const key = to > from ? 'ArrowRight' : 'ArrowLeft';
      for (let count = Math.round(Math.abs(to - from) / step); count > 0; count -= 1) await keyboard.press(key);
    },
    async mark(tool, label, ...points) {
      await imageOf(tool);
      await hand.reach(tool.locator('.stage'));
      await keyboard.press(await numberKey(tool, label));
      const tag = await tagOf(tool);
      const isMask = tag.endsWith('-segmentation');
      if (isMask) await keyboard.press('p');
      // The first time it makes the cursor appear.
      if ((await tool.locator('.cursor').count()) === 0) await keyboard.press('Space');
      let at: At = await tool.locator('.cursor').evaluate(cursorPlace);
      for (const point of points) {
        for (const key of arrowsFrom(at, point)) await keyboard.press(key);
        at = point;
        await keyboard.press('Space');
      }
      if (isMask || tag === 'crowd-polygon' || tag === 'crowd-polyline') await keyboard.press('Enter');
    },
    async move(tool, mark, from, to) {
      await select(tool, mark);
      for (const key of arrowsFrom(from, to)) await keyboard.press(key);
      await keyboard.press('Escape');
    },
    async remove(tool, mark) {
      await select(tool, mark);
      await keyboard.press('Delete');
    },
    async highlight(tool, label, part) {
      await hand.reach(tool.locator('.text-stage'));
      await keyboard.press('Control+Home');
      const text = await tool.evaluate((element) => (element as unknown as { text: string }).text);
      for (let count = characters(text.slice(0, text.indexOf(part))); count > 0; count -= 1)
        await keyboard.press('ArrowRight');
      for (let count = characters(part); count > 0; count -= 1) await keyboard.press('Shift+ArrowRight');
      await keyboard.press(label === '' ? 'Enter' : await numberKey(tool, label));
    },
    async type(...keys) {
      for (const key of keys) await keyboard.press(key);
    },
    submit: (name = 'Submit') => hand.press(task.getByRole('button', { name, exact: true })),
  };
  return hand;
}

/** As a reader counts them: what a key steps over. */
const characters = (text: string): number => [...new Intl.Segmenter().segment(text)].length;

const numberKey = (tool: Locator, label: string): Promise<string> =>
  tool.locator('.label-button', { hasText: label }).first().locator('kbd').innerText();

/** The arrow keys that lead from one pixel to another. */
function arrowsFrom([fromX, fromY]: At, [toX, toY]: At): string[] {
  const along = (by: number, back: string, forth: string): string[] => {
    const key = by < 0 ? back : forth;
    const far = Math.floor(Math.abs(by) / farStep);
    return [...Array<string>(far).fill(`Shift+${key}`), ...Array<string>(Math.abs(by) % farStep).fill(key)];
  };
  return [...along(toX - fromX, 'ArrowLeft', 'ArrowRight'), ...along(toY - fromY, 'ArrowUp', 'ArrowDown')];
}

/** Runs in the page: where a cursor stands, in pixels of the image. */
function cursorPlace(cursor: Element): [number, number] {
  const canvas = cursor.parentElement!.querySelector<HTMLElement>('.upper-canvas')!;
  const at = new DOMMatrix((cursor as HTMLElement).style.transform);
  const view = new DOMMatrix(canvas.style.transform);
  return [Math.round((at.e - view.e) / view.a), Math.round((at.f - view.f) / view.a)];
}

/** Runs in the page: whether the focus is on an element, or in the shadow tree of one. */
function hasFocus(target: Element): boolean {
  if (!document.hasFocus()) return false;
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  for (; at; at = (at.getRootNode() as ShadowRoot).host ?? null) if (at === target) return true;
  return false;
}

/** Runs in the page: the same, or on another radio button of its group, from where arrow keys lead to it. */
function hasFocusNear(target: Element): boolean {
  if (!document.hasFocus()) return false;
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  for (let up = at; up; up = (up.getRootNode() as ShadowRoot).host ?? null) if (up === target) return true;
  if (!at?.matches('[type=radio]')) return false;
  const groupOf = (radio: Element): Element | undefined => {
    const root = radio.getRootNode();
    return (root instanceof ShadowRoot && root.host.closest('crowd-radio-group')) || undefined;
  };
  if (groupOf(at) !== undefined) return groupOf(at) === groupOf(target);
  return (
    at.getRootNode() === target.getRootNode() && (at as HTMLInputElement).name === (target as HTMLInputElement).name
  );
}
