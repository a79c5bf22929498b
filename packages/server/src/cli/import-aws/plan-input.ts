import { validationMessage } from '@holdpoint/protocol';
import type { TagList } from './inventory.ts';
import { oneSentence } from './sentences.ts';

const mostTags = 50;

/** Tags that can be set: AWS's own cannot, and a resource has at most 50. */
export const usableTags = (tags: TagList | undefined): { Key: string; Value: string }[] =>
  (tags ?? [])
    .filter(({ Key }) => !/^aws:/i.test(Key))
    .slice(0, mostTags)
    .map(({ Key, Value }) => ({ Key, Value }));

/** What usableTags leaves out. */
export function unusableTags(tags: TagList | undefined): { reserved: string[]; tooMany: string[] } {
  const own = (tags ?? []).filter(({ Key }) => !/^aws:/i.test(Key));
  return {
    reserved: (tags ?? []).filter((tag) => !own.includes(tag)).map(({ Key }) => Key),
    tooMany: own.slice(mostTags).map(({ Key }) => Key),
  };
}

/** What the server would say to an input, in the words in which commands say it; undefined when it would take it. */
export function refusalOf(violations: readonly string[]): string | undefined {
  if (violations.length === 0) return undefined;
  return oneSentence(Object.assign(new Error(validationMessage(violations)), { name: 'ValidationException' }));
}
