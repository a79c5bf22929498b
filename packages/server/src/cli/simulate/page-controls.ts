/** What a page of a human loop can answer. */
import JSON5 from 'json5';
import { type DefaultTreeAdapterMap, parse } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

export interface PageControls {
  /** Whether there may be a control of the name. */
  has(name: string): boolean;
  /** Whether the control of the name may have the category. */
  hasCategory(name: string, category: string): boolean;
}

/**
 * Reads a page. Whatever a script may add to it counts as there.
 *
 * @param assetsUrl where scripts are Holdpoint's own, which add nothing
 */
export function readControls(page: string, assetsUrl: string): PageControls {
  const elements = elementsOf(parse(page));
  const named = elements.filter((each) => isControl(each) && attribute(each, 'name') !== undefined);
  const scripts = elements.filter(({ tagName }) => tagName === 'script').map((each) => sourceOf(each, assetsUrl));
  const isOpen = scripts.includes(undefined) || elements.some(({ tagName }) => answersUnderOtherNames.test(tagName));
  const isInScript = (text: string): boolean => scripts.some((script) => script?.includes(text));
  return {
    has: (name) => isOpen || isInScript(name) || named.some((each) => attribute(each, 'name') === name),
    hasCategory(name, category) {
      const lists = named.filter((each) => attribute(each, 'name') === name).map(categoriesOf);
      const mayHave = lists.length === 0 || lists.some((list) => list?.includes(category) ?? true);
      return isOpen || isInScript('categories') || mayHave;
    },
  };
}

const answersUnderOtherNames = /^crowd-(?:rekognition|textract)-/;
const nativeControls = new Set(['input', 'select', 'textarea']);
const isControl = ({ tagName }: Element): boolean => tagName.includes('-') || nativeControls.has(tagName);

const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((each) => each.name === name)?.value;

function elementsOf(document: Node): readonly Element[] {
  const found: Element[] = [];
  const open: Node[] = [document];
  for (let node = open.pop(); node; node = open.pop()) {
    if ('tagName' in node) found.push(node);
    for (const child of 'childNodes' in node ? node.childNodes : []) open.push(child);
    if ('content' in node) open.push(node.content);
  }
  return found;
}

/** The text of a script; undefined where some of it is loaded. */
function sourceOf(script: Element, assetsUrl: string): string | undefined {
  const text = script.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
  const address = attribute(script, 'src');
  const isForeign = address === undefined ? /\bimport\b/.test(text) : !address.startsWith(assetsUrl);
  return isForeign ? undefined : text;
}

/** Undefined when they cannot be told. */
function categoriesOf(control: Element): readonly string[] | undefined {
  try {
    const categories: unknown = JSON5.parse(attribute(control, 'categories') ?? '');
    const exclusion: unknown = JSON5.parse(attribute(control, 'exclusion-category') ?? 'null');
    if (!Array.isArray(categories)) return undefined;
    return [...categories, ...(exclusion === null ? [] : [exclusion])].map(textOf);
  } catch {
    return undefined;
  }
}

/** As the elements show a category: see packages/elements, internal/classifier-base.ts. */
function textOf(category: unknown): string {
  if (typeof category !== 'object' || category === null) return String(category ?? '');
  const { name, label, text } = category as Readonly<Record<string, unknown>>;
  return textOf(name ?? label ?? text ?? '');
}
