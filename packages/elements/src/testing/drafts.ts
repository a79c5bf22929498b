// What the frame around a task's page does with drafts, for elements by themselves.
import type { Page } from 'playwright-core';

/** The states of all elements of the page that give one, by their places. */
export const takeDrafts = (page: Page, isLast = true): Promise<Record<number, unknown>> =>
  page.evaluate((isLast) => {
    const states = [...document.querySelectorAll('*')].map((element) =>
      (element as unknown as Record<symbol, { take(isLast: boolean): unknown } | undefined>)[
        Symbol.for('holdpoint.draft')
      ]?.take(isLast),
    );
    // Through text, as it would be kept.
    return JSON.parse(JSON.stringify(Object.fromEntries(states.entries())));
  }, isLast);

/** Gives the states to the elements at the same places. */
export const restoreDrafts = (page: Page, states: Record<number, unknown>): Promise<void> =>
  page.evaluate((states) => {
    const elements = document.querySelectorAll('*');
    for (const [place, state] of Object.entries(states))
      (elements[Number(place)] as unknown as Record<symbol, { restore(state: unknown): void }>)[
        Symbol.for('holdpoint.draft')
      ]!.restore(state);
  }, states);

/** Elements show what they have and take no input any more. */
export const lockAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const element of document.querySelectorAll('*'))
      (element as unknown as Record<symbol, { lock?(): void } | undefined>)[Symbol.for('holdpoint.draft')]?.lock?.();
  });
