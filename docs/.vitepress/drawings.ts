// Drawings are SVG files. Inside the page instead of beside it they take the theme's colours, also when the reader switches.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MarkdownOptions } from 'vitepress';

type MarkdownIt = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/** Puts the file itself in the place of `![what it shows](images/x.svg)`. */
export function inlineDrawings(md: MarkdownIt): void {
  const usual = md.renderer.rules.image!;
  md.renderer.rules.image = (tokens, index, options, env, renderer) => {
    const token = tokens[index]!;
    const source = token.attrGet('src') ?? '';
    if (!source.endsWith('.svg')) return usual(tokens, index, options, env, renderer);
    const svg = readFileSync(join(dirname(env.path), source), 'utf8');
    const label = md.utils.escapeHtml(token.content);
    return svg.slice(svg.indexOf('<svg')).replace('<svg', `<svg class="drawing" role="img" aria-label="${label}"`);
  };
}
