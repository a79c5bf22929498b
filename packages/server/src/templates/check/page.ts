// The elements of a template's HTML, in their order, each with its places.

import { type DefaultTreeAdapterMap, defaultTreeAdapter, html as names, parse, type Token } from 'parse5';
import { LimitExceeded } from '../template-error.ts';

type ParsedNode = DefaultTreeAdapterMap['node'];
type ParsedElement = DefaultTreeAdapterMap['element'];

export interface PageAttribute {
  readonly value: string;
  /** Of the whole attribute, name and quotes included. */
  readonly begin: number;
  readonly end: number;
  /** Of what stands between the quotes. */
  readonly valueBegin: number;
  readonly valueEnd: number;
  readonly quoted: boolean;
}

export interface PageElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, PageAttribute>;
  /** Of the start tag. */
  readonly begin: number;
  readonly end: number;
  /** Of the content. */
  readonly contentEnd: number;
  /** False where another tag or the end of the page closes it. */
  readonly hasEndTag: boolean;
  /** Where the words that stand directly in it begin; a drawing is one too. */
  readonly words: readonly number[];
  /** The crowd-form around it. */
  readonly form: PageElement | undefined;
  /** It lies in a `template` element: only scripts make something of it. */
  readonly inert: boolean;
}

/**
 * More elements than the longest template can hold are made by markup that opens the same ones again and again; each costs
 * memory.
 */
const mostElements = 200_000;

/**
 * Reads a page as browsers do.
 *
 * @throws LimitExceeded when it unfolds into more elements than a page may need
 */
export function readPage(html: string): readonly PageElement[] {
  let made = 0;
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement(tag, namespace, attributes) {
        made += 1;
        if (made > mostElements) throw new LimitExceeded('the page has more elements than can be checked');
        return defaultTreeAdapter.createElement(tag, namespace, attributes);
      },
    },
  });
  const found: PageElement[] = [];
  const seen = new Set<number>();
  type Visit = { node: ParsedNode; form: PageElement | undefined; inert: boolean };
  const open: Visit[] = [{ node: document, form: undefined, inert: false }];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    const { node } = visit;
    let { form, inert } = visit;
    if ('tagName' in node) {
      const element = elementOf(html, node, form, inert);
      // What browsers add themselves stands nowhere, and what they open again stands where it stood first.
      if (element && !seen.has(element.begin)) {
        seen.add(element.begin);
        found.push(element);
      }
      if (node.tagName === 'crowd-form') form = element ?? form;
      inert ||= node.tagName === 'template';
    }
    const children = 'content' in node ? node.content.childNodes : 'childNodes' in node ? node.childNodes : [];
    for (const child of children.toReversed()) open.push({ node: child, form, inert });
  }
  return found.sort((a, b) => a.begin - b.begin);
}

function elementOf(
  html: string,
  node: ParsedElement,
  form: PageElement | undefined,
  inert: boolean,
): PageElement | undefined {
  const location = node.sourceCodeLocation;
  const startTag = location?.startTag ?? location;
  if (!location || !startTag || node.namespaceURI !== names.NS.HTML) return undefined;
  return {
    tag: node.tagName,
    attributes: attributesOf(html, node, location.attrs ?? {}),
    begin: startTag.startOffset,
    end: startTag.endOffset,
    contentEnd: location.endTag?.startOffset ?? location.endOffset,
    hasEndTag: location.endTag !== undefined,
    words: node.childNodes.flatMap((child) => wordsOf(html, child)),
    form,
    inert,
  };
}

function wordsOf(html: string, node: ParsedNode): number[] {
  const location = node.sourceCodeLocation;
  if (!location) return [];
  if ('tagName' in node) return node.namespaceURI === names.NS.HTML ? [] : [location.startOffset];
  // A non-breaking space is written as something, and shows nothing.
  if (!('value' in node) || node.value.trim() === '') return [];
  const { startOffset, endOffset } = location;
  return [...html.slice(startOffset, endOffset).matchAll(/\S+/g)].map(({ index }) => startOffset + index);
}

function attributesOf(html: string, node: ParsedElement, places: Record<string, Token.Location>) {
  const attributes = new Map<string, PageAttribute>();
  for (const { name, value } of node.attrs) {
    const place = places[name];
    if (!place) continue;
    const { startOffset: begin, endOffset: end } = place;
    const text = html.slice(begin, end);
    const [head = text, quote = ''] = /^[^=]*=?\s*(["']?)/.exec(text) ?? [];
    const quoted = quote !== '';
    attributes.set(name, {
      value,
      begin,
      end,
      valueBegin: begin + head.length,
      valueEnd: quoted ? end - 1 : end,
      quoted,
    });
  }
  return attributes;
}
