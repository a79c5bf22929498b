// How a worker does things on the page of a task: with a mouse, or without one.
import type { FrameLocator, Locator, Page } from 'playwright-core';

export type Way = 'mouse' | 'keys';
export type At = readonly [x: number, y: number];

export interface Hand {
  readonly way: Way;
  readonly page: Page;
  readonly task: FrameLocator;
  /** A button, a link, a box to tick, a switch, a tab. */
  press(control: Locator): Promise<void>;
  /** One of several radio buttons. */
  choose(radio: Locator): Promise<void>;
  /** Puts a text in the place of what a field holds. */
  write(field: Locator, text: string): Promise<void>;
  pick(list: Locator, option: string): Promise<void>;
  slide(slider: Locator, to: number): Promise<void>;
  /** Draws a mark of a label on the image of a tool, in pixels of the image. */
  mark(tool: Locator, label: string, ...points: At[]): Promise<void>;
  /** Moves a mark by what lies between two points; the first one is on it. @param mark counted from 0 */
  move(tool: Locator, mark: number, from: At, to: At): Promise<void>;
  /** Takes a mark away. @param at a point on it */
  remove(tool: Locator, mark: number, at: At): Promise<void>;
  /** Labels the first occurrence of a part of the text; without a label where a tool has none. */
  highlight(tool: Locator, label: string, part: string): Promise<void>;
  /** Presses keys where the focus is. */
  type(...keys: string[]): Promise<void>;
  /** Presses the form's button. */
  submit(name?: string): Promise<void>;
}

/** Answers a template by the verbs of a hand. */
export type Steps = (hand: Hand) => Promise<void>;

/** The control of a name, which takes no notice of what its label says. */
export const named = (task: FrameLocator, name: string): Locator => task.locator(`[name="${name}"]`);

/** The tag name, in lower case. */
export const tagOf = (element: Locator): Promise<string> => element.evaluate(({ localName }) => localName);

/** Types a text where the cursor is. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  const type = await field.evaluate((element) => (element as HTMLInputElement).type);
  const isDate = type === 'date';
  if (!isDate) await page.keyboard.press('Control+a');
  if (text === '') await page.keyboard.press('Delete');
  else await page.keyboard.type(isDate ? dateParts(text) : text);
}

/** A date is typed part by part, in the order of the browser's language, which is American English. */
function dateParts(date: string): string {
  const [year, month, day] = date.split('-');
  return `${month}${day}${year}`;
}

/** Waits until a tool has its image. @returns its size */
export async function imageOf(tool: Locator): Promise<{ width: number; height: number }> {
  const stage = tool.locator('.upper-canvas');
  await stage.waitFor({ state: 'attached' });
  return tool.evaluate((element) => {
    const { value } = element as unknown as { value: { inputImageProperties: { width: number; height: number } } };
    return value.inputImageProperties;
  });
}
