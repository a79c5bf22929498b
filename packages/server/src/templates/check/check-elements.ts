// Elements that are not there, and what the others cannot do without.

import { nearest, suggestion } from '../../nearest.ts';
import { crowdElements, listAttributes } from './crowd-elements.ts';
import { parseJsonAttribute } from './json-attribute.ts';
import type { PageAttribute, PageElement } from './page.ts';
import { hasUnknownAttributes, isDynamic, type Subject } from './subject.ts';

export function checkElements(subject: Subject): void {
  for (const element of subject.elements) {
    checkTag(subject, element);
    if (!element.inert) checkRequired(subject, element);
    for (const [name, attribute] of element.attributes)
      if (!isDynamic(subject, attribute)) checkValue(subject, element, name, attribute, attribute.value);
  }
}

function checkTag(subject: Subject, { tag, begin }: PageElement): void {
  const { findings, liquid, scripts } = subject;
  // A name that Liquid makes, or makes longer, can be any.
  if (crowdElements.has(tag) || tag.endsWith('-') || liquid.partsIn(begin, begin + 1 + tag.length).length > 0) return;
  // The page may define it itself.
  if (scripts.includes(tag)) return;
  if (tag.startsWith('crowd-')) {
    const hint = suggestion(tag, crowdElements.keys());
    const message = `There is no element <${tag}>, so it shows and answers nothing`;
    if (hint !== '' || !subject.loadsScripts) findings.error('UnknownElement', message + (hint || '.'), begin);
    else findings.warning('UnknownElement', `${message} unless a script that this page loads defines it.`, begin);
  } else if (tag.includes('-') && !subject.loadsScripts) {
    const near = nearest(tag, crowdElements.keys(), 1);
    if (near) findings.warning('UnknownElement', `There is no element <${tag}>. Did you mean ${near}?`, begin);
  }
}

function checkRequired(subject: Subject, element: PageElement): void {
  const facts = crowdElements.get(element.tag);
  for (const name of facts?.required ?? []) {
    if (element.attributes.has(name) || hasUnknownAttributes(subject, element)) continue;
    // `element.labels = […]` when the page is ready is common.
    if (new RegExp(`\\.${name}\\b|['"]${name}['"]`).test(subject.scripts)) continue;
    const message = `<${element.tag}> needs the attribute ${name}`;
    if (subject.loadsScripts)
      subject.findings.warning('MissingAttribute', `${message} unless a script sets it.`, element.begin);
    else subject.findings.error('MissingAttribute', `${message}.`, element.begin);
  }
}

/** Checks a value as it is on the page; answers whether anything is wrong with it. */
export function checkValue(
  subject: Subject,
  { tag }: PageElement,
  name: string,
  { begin }: PageAttribute,
  value: string,
): boolean {
  const { findings } = subject;
  if (tag.startsWith('crowd-') && listAttributes.includes(name)) {
    const problem = problemOfList(value);
    if (problem === undefined) return false;
    findings.error('UnreadableList', `The ${name} of <${tag}> cannot be read as a list: ${problem}.`, begin);
    return true;
  }
  if (name !== 'src' || !/^\s*s3:\/\//i.test(value)) return false;
  const message = `A browser cannot open the s3:// address in src of <${tag}>; print it with {{ … | grant_read_access }}.`;
  if (loads.has(tag) || crowdElements.has(tag)) findings.error('AddressNotGranted', message, begin);
  else findings.warning('AddressNotGranted', message, begin);
  return true;
}

/** Native elements that load what their `src` names; on any other element a script may make something of it. */
const loads = new Set(['img', 'audio', 'video', 'source', 'track', 'iframe', 'embed', 'input', 'script']);

function problemOfList(text: string): string | undefined {
  const parsed = parseJsonAttribute(text);
  if ('error' in parsed) return parsed.error;
  return parsed.value === undefined || Array.isArray(parsed.value) ? undefined : 'it is no list';
}
