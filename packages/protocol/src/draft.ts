// What a worker has entered into a task's page before it is submitted, so that it can be put back into the page that is
// rendered anew from the same template and input.

/**
 * The states of the controls that the worker has touched. A key names a control as `tag/name/place`: its tag, its name (or `#id`,
 * with `=value` behind it for what can be ticked), and its place among those of the page that share both, from 0 on. A state is
 * whatever JSON the control gives; only a control of that tag can read it.
 */
export interface Draft {
  readonly version: 1;
  readonly controls: { readonly [control: string]: unknown };
}

/** Bytes of a draft as JSON: larger ones are neither sent nor taken. */
export const longestDraft = 8 * 1024 * 1024;

/** Whether it is a draft of a version that can be read, has a permitted size and is JSON. */
export function isDraft(value: unknown): value is Draft {
  if (!isObject(value) || value.version !== 1 || !isObject(value.controls)) return false;
  try {
    return new TextEncoder().encode(JSON.stringify(value)).length <= longestDraft;
  } catch {
    // Messages can carry more than JSON: circles, or numbers beyond it.
    return false;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
