import { isRecord } from '@holdpoint/protocol';
import jmespath from 'jmespath';
import { callFunction, callProblem, type Reference } from './expression-functions.ts';
import { childrenOf, type ExpressionNode } from './expression-node.ts';
import { ExpressionFault, isEqual, type Steps, takeSteps } from './expression-steps.ts';

const mostCharacters = 1024;
const mostLevels = 50;

/** A JMESPath expression that can be evaluated; one that finds nothing gives null. */
export interface Expression {
  readonly text: string;
  /** Throws an ExpressionFault that says why it cannot be evaluated on this value, or takes too many steps. */
  readonly find: (value: unknown, steps: Steps) => unknown;
}

/**
 * Reads a JMESPath expression with the parser of the package jmespath. It is evaluated here and not there, because there
 * `[@,@][]|[@,@][]|…` doubles a list as often as it is written, and nothing would stop it.
 * Throws an ExpressionFault that says what is wrong with it.
 */
export function readExpression(text: string): Expression {
  if (text.length > mostCharacters) throw new ExpressionFault(`has more than ${mostCharacters} characters.`);
  const node = parse(text);
  check(node, 1);
  return { text, find: (value, steps) => visit(node, value ?? null, steps) };
}

function parse(text: string): ExpressionNode {
  try {
    return jmespath.compile(text) as ExpressionNode;
  } catch (error) {
    // The parser trips over some slips, so that what it says is of use only where it says it on purpose.
    const said = error instanceof Error && /^(LexerError|ParserError)$/.test(error.name) ? ` (${error.message})` : '';
    throw new ExpressionFault(`is not a JMESPath expression${said}.`);
  }
}

function check(node: ExpressionNode | undefined, level: number): void {
  if (!node) throw new ExpressionFault('is not a JMESPath expression.');
  if (level > mostLevels) throw new ExpressionFault(`is nested deeper than ${mostLevels} levels.`);
  if (node.type === 'Slice' && node.children[2] === 0) throw new ExpressionFault('has a slice with a step of 0.');
  if (node.type === 'Index' && !Number.isInteger(node.value))
    throw new ExpressionFault('is not a JMESPath expression.');
  const children = childrenOf(node);
  if (node.type === 'Function') {
    const problem = callProblem(
      node.name,
      children.map((child) => child?.type === 'ExpressionReference'),
    );
    if (problem !== undefined) throw new ExpressionFault(problem);
  } else if (children.some((child) => child?.type === 'ExpressionReference'))
    throw new ExpressionFault('has an expression reference (&) outside of the arguments of a function.');
  if (level === 1 && node.type === 'ExpressionReference')
    throw new ExpressionFault('has an expression reference (&) outside of the arguments of a function.');
  for (const child of children) check(child, level + 1);
}

function visit(node: ExpressionNode, value: unknown, steps: Steps): unknown {
  takeSteps(steps, 1);
  switch (node.type) {
    case 'Identity':
    case 'Current':
      return value;
    case 'Literal':
      return node.value;
    case 'Field':
      return isRecord(value) && Object.hasOwn(value, node.name) ? (value[node.name] ?? null) : null;
    case 'Index':
      return Array.isArray(value) ? (value.at(node.value) ?? null) : null;
    case 'Slice':
      return Array.isArray(value) ? slice(value, node.children, steps) : null;
    case 'Subexpression':
    case 'IndexExpression':
    case 'Pipe':
      return visit(node.children[1], visit(node.children[0], value, steps), steps);
    case 'Projection':
    case 'ValueProjection':
    case 'FilterProjection':
      return project(node, visit(node.children[0], value, steps), steps);
    case 'Flatten':
      return flatten(visit(node.children[0], value, steps), steps);
    case 'MultiSelectList':
      return value === null ? null : node.children.map((child) => visit(child, value, steps));
    case 'MultiSelectHash':
      if (value === null) return null;
      return Object.fromEntries(node.children.map((child) => [child.name, visit(child.value, value, steps)]));
    case 'OrExpression':
    case 'AndExpression': {
      const first = visit(node.children[0], value, steps);
      return isFalse(first) === (node.type === 'OrExpression') ? visit(node.children[1], value, steps) : first;
    }
    case 'NotExpression':
      return isFalse(visit(node.children[0], value, steps));
    case 'Comparator':
      return holds(node.name, visit(node.children[0], value, steps), visit(node.children[1], value, steps), steps);
    case 'Function':
      return callFunction(
        node.name,
        node.children.map((child) => visit(child, value, steps)),
        steps,
      );
    case 'ExpressionReference':
      return { apply: (each) => visit(node.children[0], each, steps) } satisfies Reference;
  }
}

type Projecting = Extract<ExpressionNode, { type: 'Projection' | 'ValueProjection' | 'FilterProjection' }>;

function project(node: Projecting, base: unknown, steps: Steps): unknown[] | null {
  if (node.type === 'ValueProjection' ? !isRecord(base) : !Array.isArray(base)) return null;
  const values = Object.values(base as object);
  takeSteps(steps, values.length);
  const found: unknown[] = [];
  for (const value of values) {
    if (node.type === 'FilterProjection' && isFalse(visit(node.children[2], value, steps))) continue;
    const each = visit(node.children[1], value, steps);
    if (each !== null) found.push(each);
  }
  return found;
}

function flatten(value: unknown, steps: Steps): unknown[] | null {
  if (!Array.isArray(value)) return null;
  for (const each of value) takeSteps(steps, Array.isArray(each) ? 1 + each.length : 1);
  return value.flat();
}

function slice(
  values: readonly unknown[],
  [start, stop, step]: readonly [number | null, number | null, number | null],
  steps: Steps,
): unknown[] {
  const by = step ?? 1;
  const { length } = values;
  const within = (place: number): number => {
    const least = by < 0 ? -1 : 0;
    return Math.min(Math.max(place < 0 ? place + length : place, least), length + least);
  };
  const from = start === null ? (by < 0 ? length - 1 : 0) : within(start);
  const to = stop === null ? (by < 0 ? -1 : length) : within(stop);
  const found: unknown[] = [];
  for (let index = from; by > 0 ? index < to : index > to; index += by) found.push(values[index]);
  takeSteps(steps, found.length);
  return found;
}

function holds(name: string, one: unknown, other: unknown, steps: Steps): boolean | null {
  if (name === 'EQ') return isEqual(one, other, steps);
  if (name === 'NE') return !isEqual(one, other, steps);
  const areNumbers = typeof one === 'number' && typeof other === 'number';
  if (!areNumbers && !(typeof one === 'string' && typeof other === 'string')) return null;
  if (name === 'GT') return one > other;
  if (name === 'GTE') return one >= other;
  return name === 'LT' ? one < other : one <= other;
}

/** What counts as false: nothing, false, and what is empty. */
function isFalse(value: unknown): boolean {
  if (value === null || value === false || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
