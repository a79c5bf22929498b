// How tags of worker templates differ from the engine's own: captures keep both forms of what they hold, tests and
// assignments forgive what does not exist, and no tag reads files.

import {
  AssignTag,
  CaptureTag,
  CaseTag,
  type Context,
  type Expression,
  evalToken,
  IfTag,
  type Liquid,
  Tag,
  TypeGuards,
  UnlessTag,
  type Value,
} from 'liquidjs';
import { createCaptureEmitter } from './emitter.ts';
import { Markup } from './markup.ts';
import { type RenderContext, undefinedPosition } from './render-context.ts';
import { originalError, TemplateError } from './template-error.ts';

export function registerTags(liquid: Liquid): void {
  liquid.registerTag('capture', Capture);
  liquid.registerTag('assign', Assign);
  liquid.registerTag('if', If);
  liquid.registerTag('unless', Unless);
  liquid.registerTag('case', Case);
  for (const name of ['include', 'render', 'layout']) liquid.registerTag(name, UnavailableTag);
  delete liquid.tags.block;
}

class Capture extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    const emitter = createCaptureEmitter((context as RenderContext).limits.workAtOnce);
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    context.memoryLimit.use(emitter.buffer.length);
    (context.bottom() as Record<string, unknown>)[this.variable] = new Markup('captured', emitter.text, emitter.buffer);
  }
}

/** What does not exist stays so under the new name: it can be tested, and printing it is the fault. */
class Assign extends AssignTag {
  override *render(context: Context): Generator<unknown, void, unknown> {
    const { key, value } = this as unknown as { key: string; value: Value };
    (context.bottom() as Record<string, unknown>)[key] = yield tolerate(value.value(context, value.filters.length > 0));
  }
}

class If extends IfTag {
  constructor(...parts: ConstructorParameters<typeof IfTag>) {
    super(...parts);
    for (const branch of this.branches) forgiveKeys(branch.value.initial);
  }
}

class Unless extends UnlessTag {
  constructor(...parts: ConstructorParameters<typeof UnlessTag>) {
    super(...parts);
    for (const branch of this.branches) forgiveKeys(branch.value.initial);
  }
}

class Case extends CaseTag {
  constructor(...parts: ConstructorParameters<typeof CaseTag>) {
    super(...parts);
    forgiveKeys(this.value.initial);
  }
}

/** Templates live in the API, not in files; the place that asks for one is at fault, the rest of the page is not. */
export class UnavailableTag extends Tag {
  override render(): never {
    throw unavailable(this.name);
  }
}

export const unavailable = (tag: string): TemplateError =>
  new TemplateError('TemplateRenderError', `tag "${tag}" is not available: templates cannot load other files`);

/**
 * Makes a test forgive `a[b]` with an undefined `b` as it forgives an undefined `a.b`; the engine itself does only the
 * latter. Expressions without such a look-up keep the engine's evaluation.
 */
function forgiveKeys(expression: Expression): void {
  if (!expression.postfix.some(hasComputedKey)) return;
  expression.evaluate = function* (context: Context) {
    const operands: unknown[] = [];
    for (const token of expression.postfix) {
      if (!TypeGuards.isOperatorToken(token)) {
        operands.push(yield tolerate(evalToken(token, context, true)));
        continue;
      }
      const right = operands.pop();
      const operator = context.opts.operators[token.operator] as (...operands: unknown[]) => unknown;
      operands.push(
        yield token.operator === 'not' ? operator(right, context) : operator(operands.pop(), right, context),
      );
    }
    return operands[0];
  };
}

function hasComputedKey(token: Expression['postfix'][number]): boolean {
  return TypeGuards.isPropertyAccessToken(token) && token.props.some(TypeGuards.isPropertyAccessToken);
}

/** Evaluates to undefined what fails only because a variable does not exist. */
function* tolerate(steps: Iterator<unknown>): Generator<unknown, unknown, unknown> {
  try {
    return yield steps;
  } catch (error) {
    if (undefinedPosition(originalError(error)) === undefined) throw error;
    return undefined;
  }
}
