import type { Locator } from 'playwright-core';
import type { At } from './hand.ts';

/** Where the first occurrence of a part of the text begins and ends in the window. */
export async function placeOfText(tool: Locator, part: string): Promise<{ from: At; to: At }> {
  const area = tool.locator('.text-area');
  await area.scrollIntoViewIfNeeded();
  const frame = (await area.boundingBox())!;
  return area.evaluate(
    (element, { part, frame }) => {
      const texts: Text[] = [];
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode())
        // The names of labels stand above the spans.
        if (!walker.currentNode.parentElement!.closest('.tags')) texts.push(walker.currentNode as Text);
      const start = texts
        .map(({ data }) => data)
        .join('')
        .indexOf(part);
      const characterAt = (at: number): DOMRect => {
        let before = 0;
        for (const text of texts) {
          if (at < before + text.length) {
            const range = document.createRange();
            range.setStart(text, at - before);
            range.setEnd(text, at - before + 1);
            return range.getBoundingClientRect();
          }
          before += text.length;
        }
        throw new Error(`“${part}” is not in the text.`);
      };
      // The window's coordinates of the area itself differ from the frame's by where the frame is.
      const own = element.getBoundingClientRect();
      const [first, last] = [characterAt(start), characterAt(start + part.length - 1)];
      const place = (x: number, { top, height }: DOMRect): [number, number] => [
        x - own.x + frame.x,
        top + height / 2 - own.y + frame.y,
      ];
      return { from: place(first.left + 1, first), to: place(last.right - 1, last) };
    },
    { part, frame },
  );
}
