// The sentences about waiting tasks, for the pages and for the service worker.

/** What is counted stops at this. */
const mostCounted = 100;

const number = (count: number): string => (count >= mostCounted ? `${mostCounted - 1}+` : String(count));

export const waitingWords = (count: number): string =>
  count === 1 ? '1 task is waiting' : `${number(count)} tasks are waiting`;

export const newWords = (count: number): string =>
  count === 1 ? 'A new task is waiting.' : `${number(count)} new tasks are waiting.`;

export const endingWords = (minutes: number, title?: string): string =>
  `The time for ${title === undefined ? 'a task that you hold' : `“${title}”`} is over in ${minutes === 1 ? '1 minute' : `${minutes} minutes`}.`;

/** Before a page's title. */
export const titleCount = (count: number): string => (count === 0 ? '' : `(${number(count)}) `);

export const testWords = 'This is how you hear of tasks.';
