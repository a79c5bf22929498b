// Our paginator gives the pages, tokens and refusals of boto3's, and sends the same requests.
import type { OperationName } from '@holdpoint/client';
import { type Operation, operations } from '@holdpoint/protocol';
import { describe, expect, it } from 'vitest';
import type { Scripted } from '../testing/scripted-server.ts';
import { describeWith } from '../testing/tools.ts';
import { type Iteration, type Mode, useTwoPaginators } from '../testing/two-paginators.ts';

const described = describeWith('Python with boto3');

const FlowDefinitionArn = 'arn:aws:sagemaker:us-east-1:123456789012:flow-definition/fd-1';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const json = (value: unknown): { body: string } => ({ body: JSON.stringify(value) });
const page = (names: string, NextToken?: string): Scripted =>
  json({ HumanLoopSummaries: [...names].map((HumanLoopName) => ({ HumanLoopName })), NextToken });

/** The pages of botocore's own tests: abc, def, g. */
const threePages: Scripted = (request) => {
  const token = new URL(request.target, 'http://a').searchParams.get('NextToken') ?? '';
  const pages: Readonly<Record<string, Scripted>> = { '': page('abc', 't1'), t1: page('def', 't2'), t2: page('g') };
  const found = pages[token] ?? page('');
  return typeof found === 'function' ? found(request) : found;
};

/** A service with seven items that keeps to MaxResults; a token is the number of items before its page. */
const sevenItems: Scripted = ({ target }) => {
  const query = new URL(target, 'http://a').searchParams;
  const [from, size] = [Number(query.get('NextToken') ?? 0), Number(query.get('MaxResults') ?? 3)];
  const items = [...'abcdefg'].slice(from, from + size).map((HumanLoopName) => ({ HumanLoopName }));
  return json({ HumanLoopSummaries: items, NextToken: from + size < 7 ? String(from + size) : undefined });
};

const limits = [undefined, 0, 1, 2, 3, 4, 5, 6, 7, 8];
const token = (text: string, skip?: number): string =>
  base64(`{"NextToken": ${text}${skip === undefined ? '' : `, "boto_truncate_amount": ${skip}`}}`);

const startingTokens: Readonly<Record<string, string | null>> = {
  null: null,
  'the service’s': 't1',
  'the service’s last': 't2',
  'one that the service does not know': 'nope',
  'with items to skip': token('"t1"', 1),
  'with all items to skip': token('"t1"', 3),
  'with more items to skip than there are': token('"t1"', 5),
  'at a border of pages': token('"t1"'),
  'within the first page': token('null', 2),
  'with the word None': token('"None"', 2),
  'with characters that are not base64': token('"t1"', 1).replace(/(...)/g, '$1\n '),
  'that is not ASCII': token('"\\u00e9\\ud83d\\ude00"'),
  'older, with items to skip': 't1___1',
  'older, with nothing to skip': 't1___0',
  'older, at the beginning': 'None___2',
  'older, None': 'None',
  'older, without a token': '___1',
  'older, with something else than a number': 't1___x',
  'older, with a number in white space': 't1___ 1 ',
  empty: '',
  'base64 of something else': 'abcd',
  'base64 of a list': base64('[1]'),
  'base64 of nothing': '====',
};

const scripts: Readonly<Record<string, readonly Scripted[]>> = {
  'empty pages with tokens': [page('', 'a'), page('x', 'b'), page('', 'c'), page('')],
  'pages without the list': [json({ NextToken: 'a' }), page('ab', 'b'), json({})],
  'no list at all': [json({})],
  'an empty token': [page('a', '')],
  'the same token twice': [page('a', 't'), page('b', 't'), page('c', 't')],
  'the same token again, but not at once': [page('a', 't'), page('b', 'u'), page('c', 't'), page('d')],
  'the same token with quotes': [page('a', `it's`)],
  'the same token with both quotes': [page('a', `it's "é" \u{1f600}\n`)],
  'a token with odd characters': [page('a', `\\ "é" \u{1f600}\u007f`), page('b')],
  'the token None': [page('a', 'None'), page('b', 'x'), page('c')],
  'an error on the second page': [
    page('a', 't'),
    { status: 404, body: '{"__type": "ResourceNotFound", "message": "m"}' },
  ],
  'a fault on the second page': [page('a', 't'), { status: 500 }, page('b')],
};

const expressions = [
  'HumanLoopSummaries',
  'HumanLoopSummaries[].HumanLoopName',
  'HumanLoopSummaries[0]',
  'HumanLoopSummaries[-1].HumanLoopName',
  'HumanLoopSummaries[*].[HumanLoopName, HumanLoopStatus]',
  "HumanLoopSummaries[?HumanLoopName == 'b']",
  'HumanLoopSummaries[?HumanLoopName == `"b"`] | [0].HumanLoopName',
  'length(HumanLoopSummaries)',
  'reverse(HumanLoopSummaries[].HumanLoopName)',
  '{a: NextToken, b: HumanLoopSummaries[1].HumanLoopName}',
  'NextToken',
  'nope',
  '`[1, [2]]`',
  'ResponseMetadata.HTTPStatusCode',
];

interface Difference {
  readonly what: string;
  readonly why: string;
  readonly input: object;
  readonly script?: readonly Scripted[];
  readonly mode?: Mode;
  readonly ours: object;
  /** What of the iteration is another than boto3's. */
  readonly differs: keyof Iteration;
}
const starting = (StartingToken: string): object => ({ PaginationConfig: { StartingToken } });
const badToken = (text: string) => ({
  requests: [],
  error: { name: 'PaginationError', text: `Bad starting token: ${text}` },
});
const badLimit = (name: string, value: unknown) => ({
  pages: [],
  error: {
    name: 'ParamValidationError',
    text: `Parameter validation failed:\nInvalid value for parameter PaginationConfig.${name}, value: ${value}, valid type: integer`,
  },
});

/** Where our paginator does otherwise on purpose. */
const differences: readonly Difference[] = [
  {
    what: 'a starting token of too many parts',
    why: "boto3's error of this text is a ValueError.",
    input: starting('a___b___c'),
    ours: badToken('a___b___c'),
    differs: 'error',
  },
  ...['{}', '{"boto_truncate_amount": 2}', '{"Foo": 1}'].map((text) => ({
    what: `a starting token of another list, ${text}`,
    why: 'boto3 begins at the beginning, or sends what it finds there as a parameter.',
    input: starting(base64(text)),
    ours: badToken(base64(text)),
    differs: 'error' as const,
  })),
  ...['-1', '1.5', '"x"', '{}'].map((amount) => ({
    what: `a starting token with ${amount} items to skip`,
    why: 'boto3 cuts the page somewhere, or fails itself.',
    input: starting(base64(`{"NextToken": "t1", "boto_truncate_amount": ${amount}}`)),
    ours: badToken(base64(`{"NextToken": "t1", "boto_truncate_amount": ${amount}}`)),
    differs: 'error' as const,
  })),
  ...['3', '"x"', 'true'].map((text) => ({
    what: `a starting token that is base64 of ${text}`,
    why: 'boto3 fails with an AttributeError; it may be a token of the service.',
    input: starting(base64(text)),
    ours: { pages: [{ HumanLoopSummaries: [] }], requests: [{ target: expect.stringContaining('NextToken=') }] },
    differs: 'pages' as const,
  })),
  ...['x', '', '3.5', 3.5, Number.NaN].flatMap((value) =>
    (['MaxItems', 'PageSize'] as const).map((name) => ({
      what: `${name} of ${JSON.stringify(value)}`,
      why: 'In boto3 a ValueError of int(), which also makes 3 of 3.5.',
      input: { PaginationConfig: { [name]: value } },
      ours: badLimit(name, value),
      differs: 'error' as const,
    })),
  ),
  {
    what: 'a negative MaxItems',
    why: 'boto3 gives the first page but its last item.',
    input: { PaginationConfig: { MaxItems: -1 } },
    ours: { pages: [{ HumanLoopSummaries: [] }], resumeToken: token('null', 0) },
    differs: 'pages',
  },
  {
    what: 'the token of a stop on the page of a NextToken that the program gives',
    why: 'boto3 forgets that token: its resume token leads to the beginning of the list.',
    input: { NextToken: 't1', PaginationConfig: { MaxItems: 1 } },
    ours: { pages: [{ HumanLoopSummaries: [{ HumanLoopName: 'd' }] }], resumeToken: token('"t1"', 1) },
    differs: 'resumeToken',
  },
  {
    what: 'a page without the list after a starting token',
    why: 'boto3 adds the list as None.',
    input: starting('t1___2'),
    script: [json({})],
    ours: { pages: [{}] },
    differs: 'pages',
  },
  {
    what: 'a second iteration',
    why: 'boto3 begins it where the first one ended.',
    input: {},
    mode: { times: 2 },
    ours: { requests: Array.from({ length: 6 }, () => expect.anything()) },
    differs: 'requests',
  },
  {
    what: 'the whole page in an expression',
    why: 'boto3 has ResponseMetadata among the members.',
    input: {},
    mode: { search: 'keys(@)' },
    ours: { pages: ['HumanLoopSummaries', 'NextToken', 'HumanLoopSummaries', 'NextToken', 'HumanLoopSummaries'] },
    differs: 'pages',
  },
  ...['HumanLoopSummaries[', ''].map((search) => ({
    what: `an expression that is none, ${JSON.stringify(search)}`,
    why: 'jmespath has other names and sentences in each language. Nothing is sent.',
    input: {},
    mode: { search },
    ours: { pages: [], requests: [], error: { name: 'ParserError' } },
    differs: 'error' as const,
  })),
];

described('paginators', () => {
  const { ours, theirs, same } = useTwoPaginators();
  const loops = (input: object): object => ({ FlowDefinitionArn, ...input });

  it.each(limits)('three pages, MaxItems %s', async (MaxItems) => {
    for (const mode of [{}, { full: true }, { search: 'HumanLoopSummaries[].HumanLoopName' }])
      await same(loops({ PaginationConfig: { MaxItems } }), [threePages], mode);
  });

  it.each(Object.entries(startingTokens))('a starting token %s', async (_, StartingToken) => {
    for (const MaxItems of limits)
      for (const full of [false, true])
        await same(loops({ PaginationConfig: { MaxItems, StartingToken } }), [threePages], { full });
  });

  it.each([1, 2, 3, 7, 100])('seven items in pages of %d', async (PageSize) => {
    for (const MaxItems of limits) {
      await same(loops({ PaginationConfig: { MaxItems, PageSize } }), [sevenItems]);
      await same(loops({ PaginationConfig: { MaxItems, PageSize, StartingToken: '3' } }), [sevenItems], { full: true });
    }
  });

  it.each([1, 2, 3, 4, 5, 6])('seven items, each resumed after %d with the token of the other', async (MaxItems) => {
    for (const PageSize of [undefined, 1, 2, 3, 7]) {
      const seen: string[] = [];
      for (let StartingToken: string | undefined; ; ) {
        const config = { PaginationConfig: { MaxItems, PageSize, StartingToken } };
        // The tokens are equal, so that each goes on from what the other said.
        const { pages, resumeToken } = await same(loops(config), [sevenItems]);
        for (const { HumanLoopSummaries } of pages as { HumanLoopSummaries: { HumanLoopName: string }[] }[])
          seen.push(...HumanLoopSummaries.map(({ HumanLoopName }) => HumanLoopName));
        if (resumeToken === null) break;
        StartingToken = resumeToken;
      }
      expect(seen.join('')).toBe('abcdefg');
    }
  });

  it('the tokens that the specification measured', async () => {
    const resumeTokens: (string | null)[] = [];
    for (const PaginationConfig of [
      { MaxItems: 4 },
      { MaxItems: 1, StartingToken: token('"t1"', 1) },
      { MaxItems: 2 },
      { MaxItems: 3 },
      { MaxItems: 7 },
      { MaxItems: 0 },
    ])
      resumeTokens.push((await same(loops({ PaginationConfig }), [threePages])).resumeToken);
    expect(resumeTokens).toEqual([
      'eyJOZXh0VG9rZW4iOiAidDEiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==',
      token('"t1"', 2),
      token('null', 2),
      token('"t1"'),
      null,
      token('null', 0),
    ]);
  });

  it.each(Object.entries(scripts))('%s', async (_, script) => {
    for (const full of [false, true]) {
      await same(loops({}), script, { full });
      await same(loops({ PaginationConfig: { MaxItems: 1 } }), script, { full });
    }
  });

  it.each(expressions)('search %s', async (search) => {
    await same(loops({}), [threePages], { search });
    await same(loops({ PaginationConfig: { MaxItems: 4, StartingToken: 't1___1' } }), [threePages], { search });
  });

  it.each<object>([
    { NextToken: 't1' },
    { NextToken: 't1', PaginationConfig: { StartingToken: 't2' } },
    { NextToken: 't1', PaginationConfig: { StartingToken: 'None' } },
    { NextToken: 't1', SortOrder: 'Ascending', PaginationConfig: { PageSize: 1 } },
    { MaxResults: 2, SortOrder: 'Ascending' },
    { MaxResults: 2, PaginationConfig: { PageSize: 5 } },
    { PaginationConfig: { MaxItems: '4', PageSize: ' 3 ' } },
    { PaginationConfig: { MaxItems: null, PageSize: null } },
    { PaginationConfig: { PageSize: true, MaxItems: true } },
    { PaginationConfig: { Foo: 1, maxItems: 1 } },
    { PaginationConfig: { PageSize: 0 } },
    { PaginationConfig: { PageSize: -1 } },
    { HumanLoopName: 'a' },
  ])('the parameters %j', async (input) => {
    await same(loops(input), [threePages]);
    await same({ ...input, FlowDefinitionArn }, [sevenItems]);
  });

  it.each(
    Object.values(operations as Record<string, Operation>).filter(
      ({ paginator, service }) => paginator && service !== 'holdpoint',
    ),
  )('$name', async ({ name, paginator }) => {
    const given = { ListHumanLoops: { FlowDefinitionArn }, ListTags: { ResourceArn: 'arn' } }[name] ?? {};
    const config = { PaginationConfig: { PageSize: 50, MaxItems: 3 } };
    const script = [
      json({ [paginator!.resultKey]: [{}, {}], NextToken: 'x' }),
      json({ [paginator!.resultKey]: [{}, {}] }),
    ];
    for (const full of [false, true]) await same({ ...given, ...config }, script, { full }, name as OperationName);
  });

  describe('that differ on purpose', () => {
    it.each(differences)('$what: $why', async ({ input, script = [threePages], mode, ours: expected, differs }) => {
      const found = await ours(loops(input), script, mode);
      expect(found).toMatchObject(expected);
      const other = await theirs(loops(input), script, mode);
      expect(other[differs]).not.toEqual(found[differs]);
    });
  });
});
