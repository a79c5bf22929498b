// Custom elements that are written as if they closed themselves. HTML has no such thing: what follows becomes their content.

import { crowdElements } from './crowd-elements.ts';
import { areAlternatives, isAround, loopAround } from './liquid-source.ts';
import type { PageElement } from './page.ts';
import type { Subject } from './subject.ts';

export function checkClosing(subject: Subject): void {
  const { source, elements, findings } = subject;
  for (const [index, element] of elements.entries()) {
    const { tag, begin, end, hasEndTag, inert } = element;
    if (hasEndTag || !tag.includes('-') || !source.startsWith('/>', end - 2)) continue;
    const swallowed = swallowedBy(subject, index);
    if (swallowed === undefined) continue;
    const isHidden = crowdElements.get(tag)?.hidesContent === true;
    const isInControl = swallowed === 'controls' && isControl(element);
    const effect = isHidden ? ', which is not shown' : isInControl ? ', controls too' : '';
    // As the template has it, also where Liquid makes the name.
    const name = source.slice(begin + 1, begin + 1 + tag.length);
    const message = `The slash does not close <${name}>: what follows becomes its content${effect}. Write <${name} …></${name}>.`;
    if ((isHidden || isInControl) && !inert) findings.error('ElementNotClosed', message, begin);
    else findings.warning('ElementNotClosed', message, begin);
  }
}

/** So many elements behind one are looked at. */
const mostElements = 100;

/** What of the rest of the page becomes the content of an element; undefined when nothing that can be seen does. */
function swallowedBy({ elements, liquid }: Subject, index: number): 'controls' | 'content' | undefined {
  const outer = elements[index]!;
  const branch = liquid.branchAt(outer.begin);
  const isOnSamePage = (place: number): boolean => !areAlternatives(branch, liquid.branchAt(place));
  const inner = elements
    .slice(index + 1, index + 1 + mostElements)
    .filter((each) => each.begin < outer.contentEnd && isVisible(each) && isOnSamePage(each.begin));
  const loop = loopAround(branch);
  // The next turn of the loop begins in it.
  if (loop && !isAround(loop, liquid.branchAt(outer.contentEnd))) inner.push(outer);
  if (inner.some(isControl)) return 'controls';
  return inner.length > 0 || outer.words.some(isOnSamePage) ? 'content' : undefined;
}

const invisible = new Set(['br', 'link', 'meta', 'script', 'style', 'template', 'wbr']);
const isVisible = ({ tag, attributes }: PageElement): boolean =>
  !invisible.has(tag) && !(tag === 'input' && attributes.get('type')?.value.trim().toLowerCase() === 'hidden');

const otherControls = new Set(['button', 'crowd-button', 'input', 'select', 'textarea']);
const isControl = ({ tag }: PageElement): boolean =>
  otherControls.has(tag) || crowdElements.get(tag)?.answers !== undefined;
