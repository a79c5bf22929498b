/**
 * How many workers a loop asks. Without tags it is `TaskCount`, no more and no fewer. With tags (`holdpoint:min-answers` and what
 * stands beside it) it begins with few, and after each answer all that are there decide: whether the loop has what it needs, or
 * how many more are asked. The decision is a function of the answers as they are: one that is taken back counts for nothing,
 * and what was asked because of it is not asked any more, unless somebody is at it.
 *
 * In this order: a veto ends it; until as many have answered as are asked at first it goes on; a quorum, the confidence or (where
 * neither is asked for) a majority ends it; so does a quorum that cannot be reached any more, and the most answers.
 */
import { type Json, numberOfTag, stringifySorted, textOfTag } from '@holdpoint/protocol';
import { consolidateAnswers } from './consolidation/consolidate-answers.ts';
import { isRecord } from './consolidation/field-kind.ts';
import type { Answer, StopReason, Tags } from './rows.ts';

export interface CountRules {
  /** How many are asked at first. */
  readonly first: number;
  readonly most: number;
  /** How many equal answers are enough. */
  readonly quorum: number | undefined;
  /** Which posterior of the consolidated answer is enough, 0 to 1. */
  readonly confidence: number | undefined;
  readonly veto: string | undefined;
  /** The fields that are compared; undefined for all. */
  readonly fields: readonly string[] | undefined;
}

export interface Verdict {
  /** How many answers the loop needs, those included that are there. */
  readonly needed: number;
  /** Set when these are enough. */
  readonly reason?: StopReason;
  /** The posterior of the consolidated answer, 0 to 1, where the flow asks for one. */
  readonly confidence?: number;
}

const decisive = ['min-answers', 'max-answers', 'stop-confidence', 'quorum', 'veto', 'adjudicator-workteam'] as const;

/** The rules of a flow with these tags; undefined where it simply asks `TaskCount` workers. */
export function countRulesOf(tags: Tags, taskCount: number): CountRules | undefined {
  if (!decisive.some((name) => Object.hasOwn(tags, `holdpoint:${name}`))) return undefined;
  const quorum = numberOfTag(tags, 'holdpoint:quorum');
  const most = numberOfTag(tags, 'holdpoint:max-answers') ?? taskCount;
  const usual = quorum ?? Math.min(taskCount, most);
  const groups = numberOfTag(tags, 'holdpoint:distinct-groups') ?? 1;
  return {
    first: Math.max(numberOfTag(tags, 'holdpoint:min-answers') ?? usual, quorum ?? 1, groups),
    most,
    quorum,
    confidence: numberOfTag(tags, 'holdpoint:stop-confidence'),
    veto: textOfTag(tags, 'holdpoint:veto'),
    fields: textOfTag(tags, 'holdpoint:compare-fields')?.split(' '),
  };
}

/** What is wrong with tags that are each in order, seen together, as a sentence; undefined when nothing is. */
export function countProblem(tags: Tags, taskCount: number): string | undefined {
  const limit = Object.hasOwn(tags, 'holdpoint:max-answers') ? 'holdpoint:max-answers' : 'TaskCount';
  const rules = countRulesOf(tags, taskCount);
  const groups = numberOfTag(tags, 'holdpoint:distinct-groups') ?? 0;
  if (groups > (rules?.most ?? taskCount))
    return `The tag holdpoint:distinct-groups (${groups}) must not be more than ${limit} (${rules?.most ?? taskCount}).`;
  if (!rules) return undefined;
  const { first, most, quorum, confidence } = rules;
  if (Object.hasOwn(tags, 'holdpoint:adjudicator-workteam') && most < 2)
    return `The tag holdpoint:adjudicator-workteam needs two answers that can differ: ${limit} is ${most}.`;
  if (quorum !== undefined && quorum > most)
    return `The tag holdpoint:quorum (${quorum}) must not be more than ${limit} (${most}).`;
  if (first > most) return `The tag holdpoint:min-answers (${first}) must not be more than ${limit} (${most}).`;
  if (first === 1 && most > 1 && confidence === undefined)
    return 'Where one worker is asked at first, one answer always agrees with itself: set holdpoint:min-answers to 2, or holdpoint:stop-confidence.';
  return undefined;
}

/** An answer as it decides: who gave it, and its content as JSON text. */
export type Counted = Pick<Answer, 'workerId' | 'answerContent'>;

/** What a loop with these answers, in any order, needs. */
export function countAnswers(rules: CountRules, answers: readonly Counted[]): Verdict {
  const { first, most, quorum } = rules;
  const there = answers.length;
  const compared = answers.map(({ workerId, answerContent }) => ({
    workerId,
    content: comparedPart(JSON.parse(answerContent) as Json, rules.fields),
  }));
  if (rules.veto !== undefined && compared.some(({ content }) => holds(content, rules.veto!)))
    return { needed: there, reason: 'veto' };
  if (there < first) return { needed: first };
  const alike = largestGroup(compared.map(({ content }) => stringifySorted(content)));
  const confidence = rules.confidence === undefined ? undefined : consolidateAnswers(compared).posterior;
  const said = confidence === undefined ? {} : { confidence };
  const stop = (reason: StopReason): Verdict => ({ needed: there, reason, ...said });
  if (quorum !== undefined && alike >= quorum) return stop('quorum');
  if (confidence !== undefined && confidence >= rules.confidence!) return stop('confidence');
  if (quorum === undefined && confidence === undefined && alike * 2 > there) return stop('agreement');
  if (quorum !== undefined && confidence === undefined) {
    const missing = quorum - alike;
    return there + missing > most ? stop('no-quorum') : { needed: there + missing };
  }
  return there >= most ? stop('most-answers') : { needed: there + 1, ...said };
}

/** Only the fields that are compared. */
function comparedPart(answer: Json, fields: readonly string[] | undefined): Json {
  if (fields === undefined || !isRecord(answer)) return answer;
  return Object.fromEntries(fields.flatMap((name) => (Object.hasOwn(answer, name) ? [[name, answer[name]!]] : [])));
}

/** Whether a value is a text or a number in an answer, or the name of what is checked: `{"reject": true}`, `{"reject": {"on": true}}`. */
function holds(answer: Json, value: string): boolean {
  if (typeof answer === 'string' || typeof answer === 'number') return String(answer) === value;
  if (Array.isArray(answer)) return answer.some((item) => holds(item as Json, value));
  if (!isRecord(answer)) return false;
  return Object.entries(answer).some(([name, item]) => (isChecked(item) ? name === value : holds(item, value)));
}

const isChecked = (item: Json): boolean => item === true || (isRecord(item) && item.on === true);

function largestGroup(values: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
