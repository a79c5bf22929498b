import { createHash } from 'node:crypto';
import type { ActivationTree } from '../condition-tree.ts';
import { type ActivationEvaluation, evaluateActivation } from '../evaluate-activation.ts';
import { parseActivationConditions } from '../parse-activation-conditions.ts';

export const textract = 'AWS/Textract/AnalyzeDocument/Forms/V1';
export const rekognition = 'AWS/Rekognition/DetectModerationLabels/Image/V3';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Evaluates conditions, given as values, on a value; fails when they cannot be read. */
export function evaluate(
  conditions: readonly unknown[],
  source: string | undefined,
  value: unknown,
  more: { readonly wordRule?: 'every' | 'any' } = {},
): ActivationEvaluation {
  const inputHash = () => sha256(JSON.stringify(value) ?? '');
  return evaluateActivation(treeOf(conditions, source), { value, hash: sha256, inputHash, ...more });
}

/** Which of so many inputs, told apart by their hashes alone, are activated. */
export function sampled(
  conditions: readonly unknown[],
  inputs: number,
  source: string | undefined,
  value: unknown,
): number[] {
  const tree = treeOf(conditions, source);
  const isActivated = (index: number) =>
    evaluateActivation(tree, { value, hash: sha256, inputHash: () => `input-${index}` }).activated;
  return Array.from({ length: inputs }, (_, index) => index).filter(isActivated);
}

function treeOf(conditions: readonly unknown[], source: string | undefined): ActivationTree {
  const { tree, violations } = parseActivationConditions(JSON.stringify({ Conditions: conditions }), source);
  if (!tree) throw new Error(violations.join('\n'));
  return tree;
}

export interface Pair {
  readonly key: string;
  readonly value?: string;
  readonly confidence?: unknown;
  /** Of every word of key and value, or of each. */
  readonly words?: unknown;
}

/** A response of AnalyzeDocument with these pairs. */
export function document(...pairs: readonly Pair[]): { DocumentMetadata: unknown; Blocks: Record<string, unknown>[] } {
  const blocks = pairs.flatMap(({ key, value = '', confidence = 90, words = 90 }, row) => {
    const confidences = Array.isArray(words) ? [...words] : undefined;
    const made = (text: string, part: string) =>
      text
        .split(' ')
        .filter(Boolean)
        .map((Text, index) => ({
          BlockType: 'WORD',
          Id: `${part}-${row}-${index}`,
          Text,
          Confidence: confidences ? confidences.shift() : words,
        }));
    const keyWords = made(key, 'k');
    const valueWords = made(value, 'v');
    const child = (of: typeof keyWords) => (of.length > 0 ? [{ Type: 'CHILD', Ids: of.map(({ Id }) => Id) }] : []);
    return [
      {
        BlockType: 'KEY_VALUE_SET',
        EntityTypes: ['KEY'],
        Id: `key-${row}`,
        Confidence: confidence,
        Relationships: [{ Type: 'VALUE', Ids: [`value-${row}`] }, ...child(keyWords)],
      },
      {
        BlockType: 'KEY_VALUE_SET',
        EntityTypes: ['VALUE'],
        Id: `value-${row}`,
        Confidence: confidence,
        Relationships: child(valueWords),
      },
      ...keyWords,
      ...valueWords,
    ];
  });
  const page = { BlockType: 'PAGE', Id: 'page', Relationships: [{ Type: 'CHILD', Ids: blocks.map(({ Id }) => Id) }] };
  return { DocumentMetadata: { Pages: 1 }, Blocks: [page, ...blocks] };
}

/** The keys of the pairs in a response of AnalyzeDocument, by the number in their ids. */
export const pairsIn = (response: unknown): number[] =>
  (response as { Blocks: { Id: string }[] }).Blocks.flatMap(({ Id }) =>
    Id.startsWith('key-') ? [Number(Id.slice(4))] : [],
  );

/** A response of DetectModerationLabels with these labels. */
export const moderation = (labels: Readonly<Record<string, unknown>>): unknown => ({
  ModerationLabels: Object.entries(labels).map(([Name, Confidence]) => ({ Name, Confidence, ParentName: '' })),
  ModerationModelVersion: '7.0',
});

export const labelsIn = (response: unknown): string[] =>
  (response as { ModerationLabels: { Name: string }[] }).ModerationLabels.map(({ Name }) => Name);

/** The truth of every node, in the order of their JSON. */
export function truths(results: unknown): unknown {
  const { Conditions, And, Or, EvaluationResult } = results as Record<string, unknown>;
  const members = (Conditions ?? And ?? Or) as unknown[] | undefined;
  if (Conditions) return members?.map(truths);
  return members ? [EvaluationResult, ...members.map(truths)] : EvaluationResult;
}
