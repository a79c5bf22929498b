import { type Template, toValueSync } from 'liquidjs';
import type { ParsedTemplate } from '../liquid-engine.ts';

/** What a tag holds: the parts between it and its end, of all its branches. */
export const childrenOf = (template: Template): Template[] =>
  template.children ? (toValueSync(template.children(false, true)) as Template[]) : [];

/** All parts of a template, those inside others too. */
export function everyTemplate(templates: ParsedTemplate): Template[] {
  const all = [...templates];
  for (const each of all) all.push(...childrenOf(each));
  return all;
}

/** The names that `assign`, `capture`, `increment` and `decrement` define. */
export const definedBy = (template: Template): string[] =>
  [...(template.localScope?.() ?? [])].map(({ content }) => content);
