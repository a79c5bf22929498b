// Which variables a template uses that nobody defines, found without rendering it.

import { type Arguments, AssignTag, CaseTag, Drop, IfTag, TypeGuards, UnlessTag, Value } from 'liquidjs';
import { suggestion } from '../../nearest.ts';
import type { ParsedTemplate, PlacedFault } from '../liquid-engine.ts';
import { childrenOf, definedBy, everyTemplate } from './every-template.ts';

/** A value with filters, as tags and outputs hold it or as the parser leaves it. */
interface Filtered {
  readonly initial: { readonly postfix: readonly unknown[] };
  readonly filters: readonly { readonly name: string; readonly args: readonly unknown[]; readonly token?: unknown }[];
}

/** A variable as the template writes it. */
interface Use {
  readonly path: readonly unknown[];
  readonly at: number;
  /** It may be missing: it is only tested, or has a default. */
  readonly tested: boolean;
}

/** The one variable that templates are given, and its only member. */
const given = 'task';
const member = 'input';
/** What can be read of it: that, and what Liquid knows of every object. */
const membersOfAll = new Set([member, 'size', 'first', 'last']);

/** A variable that is neither given nor defined. */
export interface UndefinedName {
  readonly root: string;
  readonly message: string;
  readonly at: number;
  /** The page is made all the same. */
  readonly tested: boolean;
}

/**
 * Looks for variables that are neither given nor defined. A definition counts wherever it stands, since in a loop it may
 * come first all the same.
 */
export function undefinedNames(template: ParsedTemplate): readonly UndefinedName[] {
  const defined = new Set(everyTemplate(template).flatMap(definedBy));
  const found: UndefinedName[] = [];
  visit(template, (use, scope) => {
    const name = check(use, scope, defined);
    if (name) found.push(name);
  });
  return found;
}

function visit(template: ParsedTemplate, report: (use: Use, scope: ReadonlySet<string>) => void): void {
  // In the order of the template, without going deeper with each block.
  const open = template.toReversed().map((each) => ({ each, scope: new Set<string>() }));
  for (let visited = open.pop(); visited; visited = open.pop()) {
    const { each, scope } = visited;
    const tested = testing.some((kind) => each instanceof kind);
    for (const use of usesIn(each.arguments?.() ?? [], tested)) report(use, scope);
    const inner = each.blockScope ? new Set([...scope, ...each.blockScope()]) : scope;
    for (const child of childrenOf(each).toReversed()) open.push({ each: child, scope: inner });
  }
}

/** Tags for which a variable may be missing. */
const testing = [IfTag, UnlessTag, CaseTag, AssignTag];

function* usesIn(list: Arguments | readonly unknown[], tested: boolean): Generator<Use> {
  for (const each of list) yield* usesOf(each, tested);
}

function* usesOf(value: unknown, tested: boolean): Generator<Use> {
  if (isFiltered(value)) {
    yield* usesIn(value.initial.postfix, tested || value.filters[0]?.name === 'default');
    for (const { args } of value.filters) yield* usesIn(args.map(argumentOf), tested);
  } else if (TypeGuards.isRangeToken(value)) {
    yield* usesIn([value.lhs, value.rhs], tested);
  } else if (TypeGuards.isPropertyAccessToken(value)) {
    yield* usesIn(value.props, tested);
    if (value.variable) yield* usesOf(value.variable, tested);
    else yield { path: value.props.map(literalOf), at: value.begin, tested };
  }
}

const isFiltered = (value: unknown): value is Filtered =>
  value instanceof Value || TypeGuards.isFilteredValueToken(value);

/** A named argument is a pair of name and value. */
const argumentOf = (argument: unknown): unknown => (Array.isArray(argument) ? argument[1] : argument);

function literalOf(prop: unknown): unknown {
  return TypeGuards.isPropertyAccessToken(prop) ? undefined : (prop as { content?: unknown }).content;
}

function check(use: Use, scope: ReadonlySet<string>, defined: ReadonlySet<string>): UndefinedName | undefined {
  const { at, tested } = use;
  const [root, second] = use.path;
  if (typeof root !== 'string' || scope.has(root) || defined.has(root)) return undefined;
  if (root === given && (typeof second !== 'string' || membersOfAll.has(second))) return undefined;
  const path = root === given ? [root, second as string] : [root];
  const names = root === given ? [member] : [given, ...scope, ...defined];
  const message = undefinedMessage(path, names);
  return { root, at, tested, message: tested ? `${message} It counts as empty here.` : message };
}

/**
 * The sentence about a variable that is not there.
 *
 * @param path as the template writes it, up to the missing name
 * @param names that there are instead
 */
function undefinedMessage(path: readonly string[], names: readonly string[]): string {
  const [root, second, ...rest] = path;
  const name = path.at(-1) ?? '';
  let why = `${path.join('.')} is not there with the sample input`;
  if (second === undefined)
    why = `there are only ${given} and what the template itself assigns, captures or loops over`;
  else if (root === given && second === member) why = `the sample input has no ${rest.join('.')}`;
  else if (root === given) why = `${given} has only ${member}`;
  return `undefined variable ${name}: ${why}${suggestion(name, names) || '.'}`;
}

/** More names than this are not compared. */
const mostNames = 500;

/** The sentence about an undefined variable that rendering came upon; the same as the one that was found without. */
export function aboutUndefined({ message, at, missing }: PlacedFault, names: readonly UndefinedName[]): string {
  const path = missing?.path ?? [];
  if (path.length > 1) return undefinedMessage(path, namesIn(missing?.owner));
  const same = names.find((each) => each.at === at && !each.tested);
  return same?.message ?? `${message}: the template defines it, but with the sample input it has no value.`;
}

/** Many names may be missing in one large object. */
const known = new WeakMap<object, string[]>();

function namesIn(owner: unknown): string[] {
  if (typeof owner !== 'object' || owner === null || Array.isArray(owner) || owner instanceof Drop) return [];
  const names = known.get(owner) ?? Object.keys(owner).slice(0, mostNames);
  known.set(owner, names);
  return names;
}
