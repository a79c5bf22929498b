// Links to examples in Markdown become live examples.
import type { MarkdownOptions } from 'vitepress';
import { readExample } from './examples.ts';

type MarkdownIt = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/**
 * A paragraph that is nothing but a link to a template of the examples becomes the live example: elsewhere, such as on a
 * code host, it stays the link. The link's title `tall` gives it more height, for dialogs.
 */
export function liveExamples(md: MarkdownIt, folder: string): void {
  md.core.ruler.push('live-examples', (state) => {
    state.tokens = state.tokens.flatMap((token, index, all) => {
      if (token.type === 'inline' && exampleLink(token)) return exampleTokens(state, folder, exampleLink(token)!);
      const inline = all[token.type === 'paragraph_open' ? index + 1 : index - 1];
      const around = token.type === 'paragraph_open' || token.type === 'paragraph_close';
      return around && inline && exampleLink(inline) ? [] : [token];
    });
  });
}

type State = Parameters<Parameters<MarkdownIt['core']['ruler']['push']>[1]>[0];
type Token = State['tokens'][number];

function exampleLink({ type, children }: Token): { name: string; tall: boolean } | undefined {
  const [open, text, close] = children ?? [];
  if (type !== 'inline' || children?.length !== 3 || open?.type !== 'link_open' || text?.type !== 'text')
    return undefined;
  const name = /(?:^|\/)examples\/([\w-]+)\.liquid$/.exec(open.attrGet('href') ?? '')?.[1];
  return name && close?.type === 'link_close' ? { name, tall: open.attrGet('title') === 'tall' } : undefined;
}

function exampleTokens(state: State, folder: string, { name, tall }: { name: string; tall: boolean }): Token[] {
  const { template, input } = readExample(folder, name);
  const html = (content: string): Token => Object.assign(new state.Token('html_block', '', 0), { content });
  const fence = (info: string, content: string): Token =>
    Object.assign(new state.Token('fence', 'code', 0), { info, content });
  return [
    html(`<LiveExample name="${name}"${tall ? ' tall' : ''}>\n<template #template>\n`),
    fence('liquid', template),
    html('</template>\n<template #input>\n'),
    fence('json', input),
    html('</template>\n</LiveExample>\n'),
  ];
}
