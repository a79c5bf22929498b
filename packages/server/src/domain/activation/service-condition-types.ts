import { type Bounds, isWithin, readBounds } from './bounds.ts';
import {
  type DocumentFacts,
  type FormPair,
  type JudgeContext,
  type Judgement,
  type ModerationFacts,
  nothing,
} from './condition-tree.ts';
import { type ConditionType, comparators } from './condition-type.ts';
import type { ParameterReader } from './parameter-reader.ts';
import { isSampled } from './sampling.ts';

// The condition types of AWS (developer guide, "JSON schema for human loop activation conditions").

/** Stands for any key and any label. */
const any = '*';

const moderationLabelConfidenceCheck: ConditionType = {
  name: 'ModerationLabelConfidenceCheck',
  subjects: ['moderation'],
  parameters: ['ModerationLabelName', ...comparators('Confidence')],
  judgeOf(read, { path }) {
    const name = read.text('ModerationLabelName');
    const bounds = readConfidenceBounds(read, 'Confidence');
    return (facts, context) =>
      selection((facts as ModerationFacts).labels, ({ Name, Confidence }) => {
        if (name !== any && Name !== name) return false;
        return isConfident(Confidence, bounds, () => `the label '${String(Name)}'`, path, context);
      });
  },
};

const importantFormKeyConfidenceCheck: ConditionType = {
  name: 'ImportantFormKeyConfidenceCheck',
  subjects: ['document'],
  parameters: [
    'ImportantFormKey',
    'ImportantFormKeyAliases',
    ...comparators('KeyValueBlockConfidence'),
    ...comparators('WordBlockConfidence'),
  ],
  judgeOf(read, { path }) {
    const isWanted = readKeys(read);
    const pairBounds = readBounds(read, 'KeyValueBlockConfidence', 0, 100);
    const wordBounds = readBounds(read, 'WordBlockConfidence', 0, 100);
    if (!pairBounds && !wordBounds && !hasAny(read, 'KeyValueBlockConfidence', 'WordBlockConfidence'))
      read.complain('KeyValueBlockConfidenceLessThan', 'is missing, and so is every other comparator.');
    return (facts, context) =>
      selection((facts as DocumentFacts).pairs, (pair) => {
        if (!isWanted(pair.key)) return false;
        // Both are asked in any case, so that everything that cannot be judged is known.
        const isPair = !pairBounds || isConfident(pair.confidence, pairBounds, () => nameOf(pair), path, context);
        return (!wordBounds || areWordsConfident(pair, wordBounds, path, context)) && isPair;
      });
  },
};

const missingImportantFormKey: ConditionType = {
  name: 'MissingImportantFormKey',
  subjects: ['document'],
  parameters: ['ImportantFormKey', 'ImportantFormKeyAliases'],
  judgeOf(read) {
    const isWanted = readKeys(read);
    return (facts) => ({ result: !(facts as DocumentFacts).pairs.some(({ key }) => isWanted(key)), selected: nothing });
  },
};

const sampling: ConditionType = {
  name: 'Sampling',
  subjects: ['document', 'moderation'],
  parameters: ['RandomSamplingPercentage'],
  judgeOf: (read, { configuration }) => {
    const percentage = readPercentage(read);
    return (_facts, context) => ({ result: isSampled(context, configuration, percentage), selected: 'everything' });
  },
};

export const serviceConditionTypes: readonly ConditionType[] = [
  moderationLabelConfidenceCheck,
  importantFormKeyConfidenceCheck,
  missingImportantFormKey,
  sampling,
];

/** `RandomSamplingPercentage`, from 0.01 to 100; complains when it is missing. */
export function readPercentage(read: ParameterReader): number {
  if (!read.has('RandomSamplingPercentage')) read.complain('RandomSamplingPercentage', 'is missing.');
  return read.number('RandomSamplingPercentage', 0.01, 100) ?? 100;
}

function readConfidenceBounds(read: ParameterReader, prefix: string): Bounds | undefined {
  const bounds = readBounds(read, prefix, 0, 100);
  if (!bounds && !hasAny(read, prefix))
    read.complain(`${prefix}LessThan`, 'is missing, and so is every other comparator.');
  return bounds;
}

const hasAny = (read: ParameterReader, ...prefixes: readonly string[]): boolean =>
  prefixes.flatMap(comparators).some((name) => read.has(name));

/** Keys are compared exactly, capitals and colons included; other ways to write one are its aliases. */
function readKeys(read: ParameterReader): (key: string) => boolean {
  const name = read.text('ImportantFormKey');
  const names = new Set([...(name === undefined ? [] : [name]), ...read.texts('ImportantFormKeyAliases')]);
  return names.has(any) ? () => true : (key) => names.has(key);
}

function selection<T>(inferences: readonly T[], matches: (inference: T) => boolean): Judgement {
  const selected = new Set<number>();
  for (const [index, inference] of inferences.entries()) if (matches(inference)) selected.add(index);
  return { result: selected.size > 0, selected };
}

function areWordsConfident(pair: FormPair, bounds: Bounds, path: string, context: JudgeContext): boolean {
  if (pair.words.length === 0) {
    context.doubt(`${path}: ${nameOf(pair)} has no words.`);
    return false;
  }
  let held = 0;
  for (const word of pair.words) {
    const name = () => `the word '${String(word.Id)}' of ${nameOf(pair)}`;
    if (isConfident(word.Confidence, bounds, name, path, context)) held++;
  }
  return context.wordRule === 'any' ? held > 0 : held === pair.words.length;
}

function isConfident(
  confidence: unknown,
  bounds: Bounds | undefined,
  of: () => string,
  path: string,
  { doubt }: JudgeContext,
): boolean {
  if (typeof confidence === 'number' && confidence >= 0 && confidence <= 100)
    return bounds !== undefined && isWithin(bounds, confidence);
  doubt(`${path}: the Confidence of ${of()} is not a number from 0 to 100.`);
  return false;
}

const nameOf = ({ key, keyId }: FormPair): string => (key === '' ? `the key block '${keyId}'` : `the key '${key}'`);
