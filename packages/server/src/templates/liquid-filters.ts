// The filters that worker templates have beyond standard Liquid, and how standard filters treat marked values.

import { type FilterImplOptions, type Liquid, filters as standardFilters } from 'liquidjs';
import { escapeHtml, escapeHtmlOnce, Markup, toText } from './markup.ts';
import { RenderContext } from './render-context.ts';
import { asLimit, TemplateError } from './template-error.ts';

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>;
type FilterThis = ThisParameterType<Handler>;

/** These look up a property of every item; an item without it does not match, which is no fault. */
const itemFilters = new Set([
  'where',
  'reject',
  'where_exp',
  'reject_exp',
  'group_by',
  'group_by_exp',
  'has',
  'has_exp',
  'find',
  'find_exp',
  'find_index',
  'find_index_exp',
]);

/** What an item costs in a filter that makes lists, maps or pairs of items, in characters of text. */
const itemCost = 8;

/** Registers all filters (A2I developer guide, "Create custom worker task templates"). */
export function registerFilters(liquid: Liquid): void {
  for (const [name, filter] of Object.entries(standardFilters)) {
    if (typeof filter === 'function') liquid.registerFilter(name, onMarkup(name, filter as Handler));
    else liquid.unregisterFilter(name);
  }
  liquid.registerFilter('escape', escapeValue);
  liquid.registerFilter('xml_escape', escapeValue);
  liquid.registerFilter('escape_once', function (this: FilterThis, value: unknown) {
    const text = counted(this, value);
    return new Markup('escaped', escapeHtmlOnce(text));
  });
  liquid.registerFilter('to_json', function (this: FilterThis, value: unknown) {
    const json = JSON.stringify(value instanceof Markup ? value.value : (value ?? null));
    this.context.memoryLimit.use(json.length);
    return new Markup('plain', json);
  });
  liquid.registerFilter('skip_autoescape', (value: unknown) =>
    value instanceof Markup && value.kind === 'captured'
      ? new Markup('plain', value.html)
      : new Markup('plain', toText(value)),
  );
  liquid.registerFilter('grant_read_access', function (this: FilterThis, value: unknown) {
    if (!(this.context instanceof RenderContext)) return undefined;
    return this.context.grantReadAccess(value instanceof Markup ? value.value : value);
  });
}

/** Escapes unless the value already is; JSON of `to_json` is escaped too, since only the page's scripts want it bare. */
function escapeValue(this: FilterThis, value: unknown): unknown {
  if (value instanceof Markup && (value.kind === 'escaped' || value.kind === 'edited')) return value;
  return new Markup('escaped', escapeHtml(counted(this, value)));
}

function counted(filter: FilterThis, value: unknown): string {
  const text = toText(value);
  filter.context.memoryLimit.use(text.length);
  return text;
}

/**
 * Wraps a standard filter: it sees plain values, its result stays marked when its input was escaped or raw, objects count
 * as their JSON, and its failures name the filter but not the value that it failed on.
 */
function onMarkup(name: string, handler: Handler): Handler {
  const lenient = itemFilters.has(name);
  return function (this: FilterThis, input: unknown, ...args: unknown[]) {
    const value = input instanceof Markup ? input.value : input;
    try {
      if (Array.isArray(value)) this.context.memoryLimit.use(itemCost * value.length);
      const result = handler.call(this, value, ...args.map(plainArgument));
      if (typeof result === 'string') this.context.memoryLimit.use(result.length);
      if (isGenerator(result)) return guarded(this, name, lenient, result);
      return input instanceof Markup && typeof result === 'string' ? remarked(input, result) : result;
    } catch (error) {
      throw failure(name, error);
    }
  };
}

function plainArgument(argument: unknown): unknown {
  if (argument instanceof Markup) return argument.value;
  // A named argument is a pair of name and value.
  if (Array.isArray(argument) && argument.length === 2 && argument[1] instanceof Markup) {
    return [argument[0], argument[1].value];
  }
  return argument;
}

function remarked(input: Markup, result: string): unknown {
  if (input.kind === 'escaped' || input.kind === 'edited') return new Markup('edited', result);
  return result;
}

function* guarded(filter: FilterThis, name: string, lenient: boolean, steps: Generator): Generator {
  const { context } = filter;
  const strict = context.strictVariables;
  if (lenient) context.strictVariables = false;
  try {
    return yield steps;
  } catch (error) {
    throw failure(name, error);
  } finally {
    context.strictVariables = strict;
  }
}

function failure(name: string, error: unknown): Error {
  return asLimit(error) ?? new TemplateError('TemplateRenderError', `filter "${name}" failed`);
}

function isGenerator(value: unknown): value is Generator {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value && 'throw' in value;
}
