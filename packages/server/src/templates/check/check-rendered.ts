// What becomes of attributes that Liquid fills in, when the template is rendered with a sample input.

import { parseFragment } from 'parse5';
import { checkValue } from './check-elements.ts';
import { listAttributes } from './crowd-elements.ts';
import type { PageAttribute, PageElement } from './page.ts';
import { isDynamic, type Subject } from './subject.ts';

interface Target {
  readonly element: PageElement;
  readonly name: string;
  readonly attribute: PageAttribute;
}

/** Around a value: characters that no template holds, and a number that no input can know. */
const open = '\uE001';
const close = '\uE002';
/** How many values are looked at; a loop makes many of one attribute. */
const mostValues = 2000;
const longestValue = 100_000;

/** @param render the page that a template makes with the sample input */
export function checkRendered(subject: Subject, render: (source: string) => string): void {
  const targets = subject.elements.flatMap((element) =>
    [...element.attributes].flatMap(([name, attribute]) =>
      isOfInterest(element, name) && isDynamic(subject, attribute) ? [{ element, name, attribute }] : [],
    ),
  );
  if (targets.length === 0) return;
  const nonce = Math.random().toString(36).slice(2);
  const page = render(marked(subject.source, targets, nonce));
  const done = new Set<Target>();
  for (const [index, raw] of valuesIn(page, nonce)) {
    const target = targets[index];
    if (!target || done.has(target)) continue;
    // One that is wrong is enough of each.
    if (checkValue(subject, target.element, target.name, target.attribute, decode(raw))) done.add(target);
  }
}

const isOfInterest = ({ tag, inert }: PageElement, name: string): boolean =>
  !inert && (name === 'src' || (listAttributes.includes(name) && tag.startsWith('crowd-')));

function marked(source: string, targets: readonly Target[], nonce: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const [index, { attribute }] of targets.entries()) {
    const { valueBegin, valueEnd } = attribute;
    pieces.push(source.slice(at, valueBegin), `${open}${nonce}:${index}:`, source.slice(valueBegin, valueEnd), close);
    at = valueEnd;
  }
  return [...pieces, source.slice(at)].join('');
}

function* valuesIn(page: string, nonce: string): Generator<[index: number, value: string]> {
  const start = `${open}${nonce}:`;
  let at = page.indexOf(start);
  for (let count = 0; at >= 0 && count < mostValues; count++) {
    const numberEnd = page.indexOf(':', at + start.length);
    const end = page.indexOf(close, numberEnd);
    if (numberEnd < 0 || end < 0) return;
    if (end - numberEnd <= longestValue)
      yield [Number(page.slice(at + start.length, numberEnd)), page.slice(numberEnd + 1, end)];
    at = page.indexOf(start, end);
  }
}

/** The value of an attribute as the browser reads it. */
function decode(raw: string): string {
  if (!raw.includes('&')) return raw;
  const [element] = parseFragment(`<i a="${raw.replaceAll('"', '&quot;')}">`).childNodes;
  return element && 'attrs' in element ? (element.attrs[0]?.value ?? '') : '';
}
