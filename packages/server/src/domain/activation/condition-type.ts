import type { Judge, SubjectKind } from './condition-tree.ts';
import type { ParameterReader } from './parameter-reader.ts';

/** A type of condition: what its parameters are, and how they make a judge. */
export interface ConditionType {
  readonly name: string;
  /** What it can be asked about. */
  readonly subjects: readonly SubjectKind[];
  /** The names of all parameters. */
  readonly parameters: readonly string[];
  /** Reads the parameters, complaining of what is wrong with them. */
  readonly judgeOf: (read: ParameterReader, place: ConditionPlace) => Judge;
}

export interface ConditionPlace {
  /** As in `Conditions[0].And[1]`. */
  readonly path: string;
  /** What samples are drawn with besides the input: the condition as JSON and where it stands. */
  readonly configuration: string;
}

/** The comparators of one number, by the beginning of their names. */
export const comparators = (prefix: string): string[] =>
  ['Equals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map((name) => `${prefix}${name}`);
