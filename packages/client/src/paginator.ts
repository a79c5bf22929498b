/** Lists page by page, with botocore's rules for limits and resume tokens. */
import type { Operation } from '@holdpoint/protocol';
import type { CallOptions } from './caller.ts';
import { PaginationError, ParamValidationError } from './errors.ts';
import { str } from './python-text.ts';
import { decodePosition, encodePosition, type Position } from './resume-token.ts';

export interface PaginationConfig {
  /** The most items in all. */
  readonly MaxItems?: number | undefined;
  /** The most items of one page; the service's own size without it. */
  readonly PageSize?: number | undefined;
  /** A `resumeToken` of an earlier iteration, of boto3's too, or a token of the service. */
  readonly StartingToken?: string | undefined;
}

/** `List` is the member of a page that has the items. */
export interface Paginator<Input, Output, Item, List extends keyof Output = keyof Output> {
  /** Nothing is sent until the result is iterated. */
  paginate(
    params?: Input & { readonly PaginationConfig?: PaginationConfig | undefined },
    options?: CallOptions,
  ): Pages<Output, Item, List>;
}

/** The pages of a list; each iteration starts at the beginning. */
export interface Pages<Output, Item, List extends keyof Output = keyof Output> extends AsyncIterable<Output> {
  /** The items of all pages. */
  items(): AsyncIterable<Item>;
  /** What a JMESPath expression finds in each page, lists item by item (package `jmespath`, loaded when this is used). */
  search(expression: string): AsyncIterable<unknown>;
  /** The items of all pages under the list's name, with `NextToken` (a resume token) when `MaxItems` cut them off. */
  buildFullResult(): Promise<Partial<Pick<Output, List>> & { readonly NextToken?: string }>;
  /** Where the last iteration stopped because of `MaxItems`; undefined when it came to the end. */
  readonly resumeToken: string | undefined;
}

type Values = Record<string, unknown>;

/**
 * The pages of a list.
 *
 * @param fetch calls the operation.
 * @throws ParamValidationError for a limit that is no whole number; PaginationError for a starting token of something else.
 */
export function createPages(
  paginator: Required<Operation>['paginator'],
  { PaginationConfig = {}, ...params }: Values,
  fetch: (params: Values) => Promise<Values>,
): Pages<Values, unknown> {
  const config = readConfig(PaginationConfig as PaginationConfig);
  return pagesOf(paginator, config, params, fetch);
}

function readConfig({ MaxItems, PageSize, StartingToken }: PaginationConfig): PaginationConfig {
  const whole = (name: string, value: unknown): number | undefined => {
    if (value === undefined || value === null) return undefined;
    const number = Number(value);
    if (Number.isInteger(number) && String(value).trim() !== '') return number;
    throw new ParamValidationError([
      `Invalid value for parameter PaginationConfig.${name}, value: ${value}, valid type: integer`,
    ]);
  };
  return {
    MaxItems: whole('MaxItems', MaxItems),
    PageSize: whole('PageSize', PageSize),
    StartingToken: StartingToken ?? undefined,
  };
}

function pagesOf(
  { inputToken, outputToken, limitKey, resultKey }: Required<Operation>['paginator'],
  { MaxItems = Number.POSITIVE_INFINITY, PageSize, StartingToken }: PaginationConfig,
  params: Values,
  fetch: (params: Values) => Promise<Values>,
): Pages<Values, unknown> {
  let resumeToken: string | undefined;

  async function* iterate(): AsyncGenerator<Values> {
    resumeToken = undefined;
    // Set and unset as botocore does it: where a parameter stands decides about the bytes that are signed.
    const all = { ...params };
    const setToken = (token: unknown): void => {
      if (token === undefined || token === null || token === 'None') delete all[inputToken];
      else all[inputToken] = token;
    };
    let { token, skip }: Position = { token: params[inputToken], skip: 0 };
    if (StartingToken !== undefined) {
      ({ token, skip } = decodePosition(inputToken, StartingToken));
      setToken(token);
    }
    if (PageSize !== undefined) all[limitKey] = PageSize;
    let previous: unknown;
    for (let total = 0; ; skip = 0) {
      const page = await fetch({ ...all });
      const list = page[resultKey] as readonly unknown[] | undefined;
      const items = list?.slice(skip) ?? [];
      if (list !== undefined && skip > 0) page[resultKey] = items;
      const left = Math.max(MaxItems - total, 0);
      if (items.length > left) {
        page[resultKey] = items.slice(0, left);
        resumeToken = encodePosition(inputToken, { token, skip: left + skip }, true);
        yield page;
        return;
      }
      yield page;
      total += items.length;
      token = page[outputToken] || undefined;
      if (token === undefined) return;
      if (total === MaxItems) {
        resumeToken = encodePosition(inputToken, { token, skip: 0 }, false);
        return;
      }
      if (token === previous) throw sameToken({ [inputToken]: token });
      setToken(token);
      previous = token;
    }
  }

  return {
    [Symbol.asyncIterator]: iterate,
    async *items() {
      for await (const page of iterate()) yield* (page[resultKey] as readonly unknown[] | undefined) ?? [];
    },
    async *search(expression) {
      const { default: jmespath } = await import('jmespath');
      // What is no expression fails before anything is sent.
      jmespath.compile(expression);
      for await (const page of iterate()) {
        const found: unknown = jmespath.search(page, expression);
        if (Array.isArray(found)) yield* found;
        else yield found;
      }
    },
    async buildFullResult() {
      const all: unknown[] = [];
      let seen = false;
      for await (const page of iterate()) {
        const items = page[resultKey] as readonly unknown[] | undefined;
        seen ||= items !== undefined;
        for (const item of items ?? []) all.push(item);
      }
      return { ...(seen && { [resultKey]: all }), ...(resumeToken !== undefined && { [inputToken]: resumeToken }) };
    },
    get resumeToken() {
      return resumeToken;
    },
  };
}

const sameToken = (token: Values): PaginationError =>
  new PaginationError(`Error during pagination: The same next token was received twice: ${str(token)}`);
