/**
 * Activation conditions as they are judged. The top is an implicit Or; And and Or may stand in each other two levels deep.
 *
 * Every node is judged, without short circuit. An *inference* is what people are asked about: a pair of key and value of a
 * document, a moderation label. A node that is true *selects* inferences; people are shown those alone.
 * A *reason* says why something could not be judged: then people decide, whatever the rest of the tree says.
 */

import type { Steps } from './expression-steps.ts';

/** What conditions look at. */
export type SubjectKind = 'document' | 'moderation' | 'content';

export type JsonMembers = Readonly<Record<string, unknown>>;

export interface ActivationTree {
  /** The conditions as they were given, parsed. */
  readonly given: JsonMembers;
  readonly nodes: readonly ConditionNode[];
  /** undefined: conditions of AWS's on a flow without a request source. They are kept, and nothing evaluates them. */
  readonly subject: SubjectKind | undefined;
}

export type ConditionNode = Condition | ConditionGroup;

export interface ConditionGroup {
  readonly kind: 'And' | 'Or';
  readonly given: JsonMembers;
  readonly members: readonly ConditionNode[];
}

export interface Condition {
  readonly kind: 'Condition';
  readonly given: JsonMembers;
  /** Where it stands, as in `Conditions[0].And[1]`. */
  readonly path: string;
  readonly judge: Judge;
}

export type Judge = (facts: Facts, context: JudgeContext) => Judgement;

export interface Judgement {
  readonly result: boolean;
  /** Indexes of inferences; of a node that is false it counts nothing. */
  readonly selected: Selection;
}

/** `everything`: the object as a whole, as a sample is taken. */
export type Selection = 'everything' | ReadonlySet<number>;

export interface JudgeContext {
  /** Hexadecimal SHA-256 of a text in UTF-8. */
  readonly hash: (text: string) => string;
  /** A hash of the input, asked for by samples only; the same input has to have the same. */
  readonly inputHash: () => string;
  /** How many of the words of a pair must satisfy a bound on word blocks. */
  readonly wordRule: WordRule;
  /** What is left for expressions. */
  readonly steps: Steps;
  /** Says why something cannot be judged. */
  readonly doubt: (reason: string) => void;
}

/** AWS's examples say "each word" mostly and "any word" once (a2i.md 3.3). */
export type WordRule = 'every' | 'any';

export type Facts = DocumentFacts | ModerationFacts | ContentFacts;

export interface DocumentFacts {
  readonly kind: 'document';
  readonly pairs: readonly FormPair[];
}

/** A form key with its value. */
export interface FormPair {
  /** The words of the key, with one space between them. */
  readonly key: string;
  readonly keyId: string;
  /** How sure it is that key and value belong together, as it was given. */
  readonly confidence: unknown;
  /** The words of key and value, as blocks. */
  readonly words: readonly JsonMembers[];
  /** Where the blocks of the pair stand in `Blocks`: key, values, and what is in them. */
  readonly blocks: readonly number[];
}

export interface ModerationFacts {
  readonly kind: 'moderation';
  readonly labels: readonly JsonMembers[];
}

export interface ContentFacts {
  readonly kind: 'content';
  readonly content: unknown;
}

export const nothing: Selection = new Set<number>();
