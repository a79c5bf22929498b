// What the checks of a template share.

import type { Findings } from './findings.ts';
import type { LiquidSource } from './liquid-source.ts';
import type { PageAttribute, PageElement } from './page.ts';

export interface Subject {
  readonly source: string;
  readonly liquid: LiquidSource;
  readonly elements: readonly PageElement[];
  readonly findings: Findings;
  /** Everything that runs in the page and stands in the template: inline scripts and `on…` attributes. */
  readonly scripts: string;
  /** The page loads code from elsewhere, besides the elements. */
  readonly loadsScripts: boolean;
}

export function makeSubject(parts: Pick<Subject, 'source' | 'liquid' | 'elements' | 'findings'>): Subject {
  const scripts = parts.elements.filter(isScript);
  const inline = scripts.map(({ end, contentEnd }) => parts.source.slice(end, contentEnd));
  const handlers = parts.elements.flatMap(({ attributes }) =>
    [...attributes].flatMap(([name, { value }]) => (name.startsWith('on') ? [value] : [])),
  );
  return {
    ...parts,
    scripts: [...inline, ...handlers].join('\n'),
    loadsScripts: scripts.some(
      ({ attributes }, index) =>
        (attributes.has('src') && !/crowd-html-elements/i.test(attributes.get('src')!.value)) ||
        /\bimport\b/.test(inline[index] as string),
    ),
  };
}

const javaScript =
  /^\s*(?:|module|importmap|text\/babel|(?:text|application)\/(?:x-)?(?:java|ecma)script.*|.*json)\s*$/i;

/** Whether the element's content is code or data for code, not markup that waits for a script. */
export const isScript = ({ tag, attributes }: PageElement): boolean =>
  tag === 'script' && javaScript.test(attributes.get('type')?.value ?? '');

/** Whether some of the attribute's value comes from Liquid. */
export const isDynamic = ({ liquid }: Subject, { begin, end }: PageAttribute): boolean =>
  liquid.partsIn(begin, end).length > 0;

/** Attributes that stand outside any quotes come from Liquid, so any of them may be there. */
export const hasUnknownAttributes = ({ liquid }: Subject, { attributes, begin, end }: PageElement): boolean =>
  liquid
    .partsIn(begin, end)
    .some((part) => part.kind === 'output' && ![...attributes.values()].some((each) => holds(each, part)));

const holds = ({ valueBegin, valueEnd }: PageAttribute, part: { begin: number; end: number }): boolean =>
  valueBegin < valueEnd && valueBegin <= part.begin && part.end <= valueEnd;
