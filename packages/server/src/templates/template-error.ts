// What can go wrong in a template, as exceptions inside the renderer; callers get them as data.

import type { RenderFault } from './render-request.ts';

/** A fault of one place in the template; the rest of the template is still rendered, so that all faults are found. */
export class TemplateError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A limit was reached; the render ends here. */
export class LimitExceeded extends Error {}

const stackExhausted = /call stack/i;

/** A LimitExceeded for what stands for one: an exhausted stack or a string beyond the engine's bounds. */
export function asLimit(error: unknown): LimitExceeded | undefined {
  if (error instanceof LimitExceeded) return error;
  const cause = originalError(error);
  if (cause instanceof LimitExceeded) return cause;
  if (!(cause instanceof RangeError)) return undefined;
  if (stackExhausted.test(cause.message)) return new LimitExceeded('the template or its input is nested too deeply');
  return /invalid (string|array) length/i.test(cause.message) ? new LimitExceeded('the page is too large') : undefined;
}

/** The exception behind the ones that the template engine wraps around it. */
export function originalError(error: unknown): unknown {
  let cause = error;
  while (cause instanceof Error && 'originalError' in cause && cause.originalError) cause = cause.originalError;
  return cause;
}

export function limitFault(message: string): RenderFault {
  return { code: 'RenderLimitExceeded', message };
}
