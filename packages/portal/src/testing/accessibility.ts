import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe finds wrong on the page itself (not in the task frame, which is the template's), one line each.
 *
 * @param only some of its rules
 */
export async function accessibilityFaults(page: Page, only?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const runner = (globalThis as unknown as { axe: typeof import('axe-core') }).axe;
    // No more than what is wrong is asked for: the rest would take most of the time.
    const { violations } = await runner.run(document, {
      iframes: false,
      resultTypes: ['violations'],
      selectors: false,
      ...(only && { runOnly: [...only] }),
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
    );
  }, only);
}

/** How many pixels the page is wider than its window. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What stands out of the window where the page is wider than that: the innermost of it, for whoever looks for the reason. */
export const standingOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth === clientWidth) return [];
    const isOut = (element: Element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < -1 || right > clientWidth + 1;
    };
    const out = [...document.querySelectorAll('body *')].filter(
      (each) => isOut(each) && ![...each.children].some(isOut),
    );
    return [`${scrollWidth - clientWidth} pixels`, ...out.map(({ outerHTML }) => outerHTML.slice(0, 120))];
  });
