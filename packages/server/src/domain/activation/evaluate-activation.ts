import { isRecord } from '@holdpoint/protocol';
import {
  type ActivationTree,
  type ConditionNode,
  type Facts,
  type JsonMembers,
  type JudgeContext,
  type Judgement,
  nothing,
  type Selection,
  type WordRule,
} from './condition-tree.ts';
import { documentFacts } from './document-facts.ts';
import { mostSteps, type Steps } from './expression-steps.ts';
import { moderationFacts } from './moderation-facts.ts';

/** What conditions are evaluated on. */
export interface ActivationInput {
  /**
   * A response of `AnalyzeDocument` or `DetectModerationLabels` with AWS's capitals, or the input content of a loop, parsed.
   * Nothing in it is changed.
   */
  readonly value: unknown;
  /** Hexadecimal SHA-256 of a text in UTF-8. */
  readonly hash: (text: string) => string;
  /** A hash of the input, for samples; asked for only where there is one. The same input has to have the same. */
  readonly inputHash: () => string;
  /** How many words of a pair must satisfy a bound on word blocks; every one where nothing is said. */
  readonly wordRule?: WordRule;
  /** What expressions may take together; what is left of it is told. */
  readonly steps?: Steps;
}

export interface ActivationEvaluation {
  /** Whether people are asked. */
  readonly activated: boolean;
  /** The conditions as given, with `EvaluationResult` on each condition and each group. */
  readonly results: JsonMembers;
  /**
   * The response with nothing but the inferences that the conditions selected (for a document the blocks of the pairs: keys,
   * values, and what is in them); the whole response when a sample took it, when something could not be judged, and for input content.
   */
  readonly selected: unknown;
  /** The `ConditionParameters` of each `MissingImportantFormKey` that is true. */
  readonly missingFormKeys: readonly JsonMembers[];
  /** Why people are asked although the conditions could not be judged; empty when they could. */
  readonly reasons: readonly string[];
}

/** More are hardly read. */
const maxReasons = 10;

/**
 * Evaluates activation conditions: every node, without short circuit (a2i.md 3.3). Never throws: what cannot be judged is a
 * reason, and then people are asked. Conditions that nothing evaluates (`subject` undefined) and an empty list ask people always.
 *
 * What is selected: a sample alone takes everything; with a check beside it in an And it takes what the check selects; with a
 * check in an Or it takes everything, and the check what it selects. Nodes that are false select nothing.
 */
export function evaluateActivation(tree: ActivationTree, input: ActivationInput): ActivationEvaluation {
  const reasons = new Set<string>();
  const context: JudgeContext = {
    hash: input.hash,
    inputHash: input.inputHash,
    wordRule: input.wordRule ?? 'every',
    steps: input.steps ?? { left: mostSteps },
    doubt: (reason) => {
      if (reasons.size < maxReasons) reasons.add(reason);
    },
  };
  const facts = factsOf(tree, input.value, context.doubt);
  const judged = tree.nodes.map((node) => judge(node, facts, context));
  const whole = orOf(judged);
  const isUnconditional = tree.subject === undefined || tree.nodes.length === 0;
  const takesAll = isUnconditional || reasons.size > 0;
  return {
    activated: takesAll || whole.result,
    results: { ...tree.given, Conditions: judged.map(({ results }) => results) },
    selected: select(input.value, facts, takesAll ? 'everything' : whole.selected),
    missingFormKeys: judged.flatMap(({ missing }) => missing),
    reasons: [...reasons],
  };
}

interface Judged extends Judgement {
  readonly results: JsonMembers;
  readonly missing: readonly JsonMembers[];
}

function factsOf({ subject }: ActivationTree, value: unknown, doubt: (reason: string) => void): Facts {
  if (subject === 'document') return documentFacts(value, doubt);
  if (subject === 'moderation') return moderationFacts(value, doubt);
  return { kind: 'content', content: value };
}

function judge(node: ConditionNode, facts: Facts, context: JudgeContext): Judged {
  if (node.kind === 'Condition') {
    const { result, selected } = node.judge(facts, context);
    const isMissing = result && node.given.ConditionType === 'MissingImportantFormKey';
    const { ConditionParameters: parameters } = node.given;
    return {
      result,
      selected,
      results: { ...node.given, EvaluationResult: result },
      missing: isMissing && isRecord(parameters) ? [parameters] : [],
    };
  }
  const members = node.members.map((member) => judge(member, facts, context));
  const { result, selected } = node.kind === 'And' ? andOf(members) : orOf(members);
  return {
    result,
    selected,
    results: { ...node.given, [node.kind]: members.map(({ results }) => results), EvaluationResult: result },
    missing: members.flatMap(({ missing }) => missing),
  };
}

function orOf(members: readonly Judgement[]): Judgement {
  const held = members.filter(({ result }) => result).map(({ selected }) => selected);
  return { result: held.length > 0, selected: held.includes('everything') ? 'everything' : union(held) };
}

function andOf(members: readonly Judgement[]): Judgement {
  if (!members.every(({ result }) => result)) return { result: false, selected: nothing };
  const checks = members.map(({ selected }) => selected).filter((selected) => selected !== 'everything');
  return { result: true, selected: checks.length === 0 ? 'everything' : union(checks) };
}

function union(selections: readonly Selection[]): Selection {
  if (selections.length === 1) return selections[0]!;
  const all = new Set<number>();
  for (const selection of selections) if (selection !== 'everything') for (const index of selection) all.add(index);
  return all;
}

function select(value: unknown, facts: Facts, selected: Selection): unknown {
  if (selected === 'everything' || !isRecord(value)) return value;
  if (facts.kind === 'document') {
    const wanted = new Set([...selected].flatMap((index) => facts.pairs[index]!.blocks));
    return { ...value, Blocks: (value.Blocks as readonly unknown[]).filter((_block, index) => wanted.has(index)) };
  }
  if (facts.kind === 'moderation')
    return { ...value, ModerationLabels: facts.labels.filter((_label, index) => selected.has(index)) };
  return value;
}
