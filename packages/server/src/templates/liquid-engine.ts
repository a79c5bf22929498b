// Liquid as worker templates speak it: liquidjs with our filters, tags, escaping and error collection.

import { type Context, type Emitter, Liquid, LiquidError, type Template, toValueSync } from 'liquidjs';
import { createPageEmitter } from './emitter.ts';
import { registerFilters } from './liquid-filters.ts';
import { registerTags } from './liquid-tags.ts';
import { toPiece } from './markup.ts';
import { type RenderContext, undefinedOwner, undefinedPosition } from './render-context.ts';
import type { RenderFault } from './render-request.ts';
import { asLimit, limitFault, originalError, TemplateError } from './template-error.ts';

/** After so many different faults, or so many in all, nobody learns from more; a loop could go on for ever. */
const mostFaults = 100;
const mostOccurrences = 1000;

export type ParsedTemplate = readonly Template[];

/** A fault, and what helps to mend it. */
export interface PlacedFault extends RenderFault {
  /** Offset in the template, where it is known. */
  at?: number;
  /** Of an undefined variable: its path as far as it was looked up, and what its last name was looked for in. */
  missing?: { path: readonly string[]; owner: unknown };
}

export interface LiquidEngine {
  /** @throws LiquidError when the template is not valid Liquid */
  parse(source: string): ParsedTemplate;
  /** Renders as far as it gets; faults come back in the order of the page, each once. */
  render(template: ParsedTemplate, context: RenderContext): { html: string; faults: PlacedFault[] };
  /** For making contexts. */
  liquid: Liquid;
}

/** Counts the faults of one render. */
interface FaultList {
  faults: Map<string, PlacedFault>;
  occurrences: number;
}

const faultLists = new WeakMap<Context, FaultList>();

export function createLiquidEngine(): LiquidEngine {
  const liquid = new Liquid({
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    ownPropertyOnly: true,
    // Partials come from here, not from the file system, and here are none.
    templates: {},
    locale: 'en-US',
    timezoneOffset: 0,
    outputEscape: toPiece as never,
    parseLimit: 1_000_000,
  });
  registerFilters(liquid);
  registerTags(liquid);
  liquid.renderer.renderTemplates = renderTemplates as typeof liquid.renderer.renderTemplates;
  return {
    liquid,
    parse: (source) => liquid.parse(source),
    render: (template, context) => render(liquid, template, context),
  };
}

function render(
  liquid: Liquid,
  template: ParsedTemplate,
  context: RenderContext,
): { html: string; faults: PlacedFault[] } {
  const list: FaultList = { faults: new Map(), occurrences: 0 };
  faultLists.set(context, list);
  const emitter = createPageEmitter(context.limits.output);
  try {
    toValueSync(liquid.renderer.renderTemplates(template as Template[], context, emitter));
  } catch (error) {
    if (!(error instanceof StopRendering)) {
      const limit = asLimit(error);
      if (!limit) throw error;
      list.faults.set('limit', limitFault(limit.message));
    }
  }
  return { html: emitter.buffer, faults: [...list.faults.values()] };
}

/** Enough faults were found. */
class StopRendering extends Error {}

/** The engine's own loop ends at the first error; this one notes it and goes on with the next part of the template. */
function* renderTemplates(
  templates: Template[],
  context: Context,
  emitter: Emitter,
): Generator<unknown, string, unknown> {
  const { scopes } = context as unknown as { scopes: unknown[] };
  const depth = scopes.length;
  for (const template of templates) {
    context.renderLimit.check(0);
    const { str } = template as { str?: unknown };
    if (typeof str === 'string') {
      // Plain markup: most of a page, and not worth a generator.
      emitter.write(str);
      continue;
    }
    try {
      const written = yield template.render(context, emitter);
      if (written) emitter.write(written);
    } catch (error) {
      scopes.length = depth;
      note(context, faultOf(error, template));
    }
    if (context.breakCalled || context.continueCalled) break;
  }
  return emitter.buffer;
}

function note(context: Context, fault: PlacedFault): void {
  const list = faultLists.get(context);
  if (!list) return;
  const key = `${fault.code}:${fault.message}`;
  if (!list.faults.has(key)) list.faults.set(key, fault);
  list.occurrences += 1;
  if (list.faults.size >= mostFaults || list.occurrences >= mostOccurrences) throw new StopRendering();
}

/** @throws the error itself when rendering cannot go on after it */
function faultOf(error: unknown, template: Template): PlacedFault {
  if (error instanceof StopRendering) throw error;
  const limit = asLimit(error);
  if (limit) throw limit;
  const cause = originalError(error);
  const position = undefinedPosition(cause);
  if (position !== undefined) return undefinedFault(error, cause, position, template);
  const at = template.token.begin;
  if (cause instanceof TemplateError) {
    const message =
      cause.code === 'InvalidParameters' ? cause.message : `${cause.message} (${placeOf(template.token)})`;
    return { code: cause.code, message, at };
  }
  // The engine's own sentence may quote values, so it is not repeated.
  return { code: 'TemplateRenderError', message: `this part of the template failed (${placeOf(template.token)})`, at };
}

function undefinedFault(error: unknown, cause: unknown, position: number, template: Template): PlacedFault {
  const token = LiquidError.is(error) ? error.token : undefined;
  const props = (token as { props?: PathProp[] } | undefined)?.props ?? [];
  const path = props.slice(0, position + 1).map(nameOf);
  const name = props[position] ? nameOf(props[position]) : (token?.getText() ?? '');
  // An expression in a string, as some filters take them, has places of its own.
  const at = token?.input === template.token.input ? token.begin : template.token.begin;
  const message = `undefined variable ${name}`;
  return { code: 'UndefinedTemplateVariable', message, at, missing: { path, owner: undefinedOwner(cause) } };
}

interface PathProp {
  content?: unknown;
  getText(): string;
}

/** A name as the template writes it: a key that was computed could be input content. */
function nameOf(prop: PathProp): string {
  return typeof prop.content === 'string' || typeof prop.content === 'number' ? String(prop.content) : prop.getText();
}

/** Where in the template a token stands, counted from 1. */
export function placeOf(token: { getPosition(): readonly number[] }): string {
  const [line, column] = token.getPosition();
  return `line ${line}, column ${column}`;
}

/** What is wrong with a template that could not be parsed. */
export function syntaxFault(error: unknown): PlacedFault {
  if (asLimit(error)) return limitFault('the template is nested too deeply');
  if (!LiquidError.is(error)) throw error;
  const sentence = (originalError(error) as Error).message.replace(/, line:\d+, col:\d+$/, '');
  return {
    code: 'TemplateSyntaxError',
    message: `${sentence} (${placeOf(error.token)})`,
    at: error.token.begin,
  };
}
