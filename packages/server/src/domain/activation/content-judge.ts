import { type ContentFacts, type Facts, type Judge, type JudgeContext, nothing } from './condition-tree.ts';
import { type Expression, readExpression } from './expression.ts';
import { ExpressionFault } from './expression-steps.ts';
import type { ParameterReader } from './parameter-reader.ts';

/** Finds nothing where the expression is none, which was complained of. */
export function readExpressionParameter(read: ParameterReader, name: string): Expression {
  const text = read.text(name);
  try {
    if (text !== undefined) return readExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    read.complain(name, error.message);
  }
  return { text: '', find: () => null };
}

/** A judge of what one expression finds. */
export const judgeOfValue =
  (
    expression: Expression,
    path: string,
    holds: (value: unknown, context: JudgeContext, text: string) => boolean,
  ): Judge =>
  (facts, context) =>
    outcomeOf(path, context, () => holds(expression.find(contentOf(facts), context.steps), context, expression.text));

export const contentOf = (facts: Facts): unknown => (facts as ContentFacts).content;

/** What a judge says; an expression that cannot be evaluated is a doubt. */
export function outcomeOf(path: string, { doubt }: JudgeContext, holds: () => boolean): ReturnType<Judge> {
  try {
    return { result: holds(), selected: 'everything' };
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    doubt(`${path}: The expression ${error.message}`);
    return { result: false, selected: nothing };
  }
}
