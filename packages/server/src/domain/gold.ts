/**
 * Gold items: inputs of a flow whose answer is known, given to workers among the others. With `holdpoint:gold-rate` a new loop
 * brings one along now and then: a loop of the server's own, of an item that nobody is at, with a task like all others. It has no
 * output, is told to nobody and is in no list of loops. Each final answer is scored; whoever is right too rarely gets no more
 * tasks of that flow until an operator says so.
 */
import { type Json, numberOfTag } from '@holdpoint/protocol';
import { type Change, insert, update } from './change.ts';
import { consolidateAnswers } from './consolidation/consolidate-answers.ts';
import { extensionTags, newHumanLoop } from './human-loop.ts';
import { addJob } from './jobs.ts';
import type { FlowDefinition, GoldItem, GoldResult, HumanLoop, Tags, Worker } from './rows.ts';

/** A field of an answer is right when it agrees with the known one as far as this, 0 to 1. */
const leastAgreement = 0.75;
/** So many answers to gold items are looked at, and fewer than this say nothing. */
export const goldWindow = 20;
export const fewestGold = 5;
/** Within so many milliseconds after a loop its gold item comes, so that nothing tells which of two is one. */
const longestDelayMs = 120_000;

/** What of a flow's tags does not hold for its gold loops. All that workers could notice does. */
const leftOut: ReadonlySet<string> = new Set(
  ['gold-rate', 'adjudicator-workteam', 'exclude-requester'].map((name) => `holdpoint:${name}`),
);

export const isBarred = ({ goldStanding }: Pick<Worker, 'goldStanding'>, flowDefinitionId: string): boolean =>
  goldStanding?.[flowDefinitionId]?.barredAt !== undefined;

export const barredFlows = (worker: Pick<Worker, 'goldStanding'>): readonly string[] =>
  Object.keys(worker.goldStanding ?? {}).filter((id) => isBarred(worker, id));

/** The job that brings a gold item along with a loop, now and then; what is drawn follows from the loop's id. */
export function mixInGold({ id, extensionTags, goldItemId }: HumanLoop, now: number): readonly Change[] {
  const rate = numberOfTag(extensionTags, 'holdpoint:gold-rate') ?? 0;
  if (rate === 0 || goldItemId || drawn(id, 8) >= rate) return [];
  const dueAt = now + Math.floor(drawn(id, 16) * longestDelayMs);
  return [addJob('mix-in-gold', id, dueAt, now)];
}

/** A number from 0 up to 1, of eight hexadecimal digits of an id that are random, counted from its end. */
const drawn = (id: string, fromEnd: number): number => {
  const digits = id.replaceAll('-', '');
  return Number.parseInt(digits.slice(digits.length - fromEnd, digits.length - fromEnd + 8), 16) / 2 ** 32;
};

/** The item that was used longest ago. */
export const chooseGold = (items: readonly GoldItem[]): GoldItem | undefined =>
  items.toSorted((a, b) => (a.usedAt ?? 0) - (b.usedAt ?? 0))[0];

/** Starts the loop of a gold item. */
export function startGold(input: {
  item: GoldItem;
  flowDefinition: FlowDefinition;
  id: string;
  inputSha256: string;
  now: number;
}): readonly Change[] {
  const { item, flowDefinition, id, now } = input;
  const tags = Object.entries(extensionTags(flowDefinition.tags)).filter(([name]) => !leftOut.has(name));
  const humanLoop: HumanLoop = {
    // No program's loop can have such a name.
    ...newHumanLoop(flowDefinition, { id, name: `gold:${id}`, inputSha256: input.inputSha256, outputS3Uri: '', now }),
    extensionTags: Object.fromEntries(tags) as Tags,
    goldItemId: item.id,
  };
  return [
    insert('humanLoops', humanLoop),
    insert('humanLoopInputs', { humanLoopId: id, inputContent: item.inputContent, dataAttributes: null }),
    update('goldItems', item, { usedAt: now, humanLoopId: id }),
    addJob('prepare-task', id, now, now),
  ];
}

/**
 * A name like that of another loop: of UUIDs and other hexadecimal numbers everything but what stays the same for a while, else the
 * later half of the last number, and of names without numbers the last word.
 *
 * @param random numbers from 0 up to 1.
 */
export function nameLike(name: string, random: () => number): string {
  const other = (text: string, letters: string): string =>
    text.replace(/./g, () => letters[Math.floor(random() * letters.length)]!);
  const hex = '0123456789abcdef';
  const uuid = /([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f])([0-9a-f]{3})-([89ab])([0-9a-f]{3})-([0-9a-f]{12})/;
  if (uuid.test(name))
    return name.replace(
      uuid,
      (_all, time: string, b: string, version: string, c: string, _variant, d: string, e: string) =>
        // Those that begin with the time begin alike.
        `${version === '4' ? other(time, hex) : time}-${other(b, hex)}-${version}${other(c, hex)}-${other('8', '89ab')}${other(d, hex)}-${other(e, hex)}`,
    );
  const isMixed = (part: string): boolean => /^[0-9a-f]{6,}$/.test(part) && /\d/.test(part) && /[a-f]/.test(part);
  const parts = name.split('-');
  if (parts.some(isMixed)) return parts.map((part) => (isMixed(part) ? other(part, hex) : part)).join('-');
  if (/\d/.test(name))
    return name.replace(/\d+(?=\D*$)/, (digits) => {
      const kept = Math.floor(digits.length / 2);
      return digits.slice(0, kept) + other(digits.slice(kept), '0123456789');
    });
  return name.replace(/[a-z]+$/i, (word) => other(word, 'abcdefghijklmnopqrstuvwxyz'));
}

/** How far an answer is the known one, by the fields that the known one has. */
export function scoreGold(expectedAnswer: string, answerContent: string): { score: number; isRight: boolean } {
  const expected = JSON.parse(expectedAnswer) as Readonly<Record<string, Json>>;
  const given = JSON.parse(answerContent) as Readonly<Record<string, Json>>;
  const compared = Object.fromEntries(
    Object.keys(expected).flatMap((name) => (Object.hasOwn(given, name) ? [[name, given[name]!]] : [])),
  );
  const { fields } = consolidateAnswers([
    { workerId: 'known', content: expected },
    { workerId: 'given', content: compared },
  ]);
  const agreements = Object.values(fields).map(({ agreement }) => agreement);
  const score = agreements.reduce((sum, one) => sum + one, 0) / Math.max(1, agreements.length);
  return { score, isRight: agreements.every((one) => one >= leastAgreement) };
}

/**
 * Saves a result, and bars the worker who is right too rarely.
 *
 * @param earlier the worker's results of the flow that count, newest first, as many as are looked at.
 */
export function takeGoldResult(input: {
  result: GoldResult;
  earlier: readonly GoldResult[];
  worker: Worker | undefined;
  humanLoop: HumanLoop;
  now: number;
}): { changes: readonly Change[]; accuracy: number; isBarred: boolean } {
  const { result, worker, humanLoop, now } = input;
  const results = [result, ...input.earlier.filter(({ id }) => id !== result.id)].slice(0, goldWindow);
  const accuracy = results.reduce((sum, { isRight }) => sum + isRight, 0) / results.length;
  const least = numberOfTag(humanLoop.extensionTags, 'holdpoint:min-accuracy');
  const saved = insert('goldResults', result, { ifAbsent: true });
  const { flowDefinitionId } = result;
  const isTooLow = least !== undefined && results.length >= fewestGold && accuracy < least;
  if (!isTooLow || !worker || isBarred(worker, flowDefinitionId))
    return { changes: [saved], accuracy, isBarred: false };
  const standing = { ...worker.goldStanding?.[flowDefinitionId], barredAt: now };
  const goldStanding = { ...worker.goldStanding, [flowDefinitionId]: standing };
  return { changes: [saved, update('workers', worker, { goldStanding })], accuracy, isBarred: true };
}

/** Lets a worker in again; what was answered before counts no more. */
export function readmit(worker: Worker, flowDefinitionId: string, now: number): readonly Change[] {
  if (!isBarred(worker, flowDefinitionId)) return [];
  const goldStanding = { ...worker.goldStanding, [flowDefinitionId]: { since: now } };
  return [update('workers', worker, { goldStanding })];
}
