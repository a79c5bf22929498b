// The check of a human task UI's template: everything that can be said about it before a worker sees it.

import { CaptureTag, type TagToken } from 'liquidjs';
import { createLiquidEngine, type ParsedTemplate, type PlacedFault } from '../liquid-engine.ts';
import { UnavailableTag, unavailable } from '../liquid-tags.ts';
import { asLimit } from '../template-error.ts';
import { checkClosing } from './check-closing.ts';
import { checkControls } from './check-controls.ts';
import { checkElements } from './check-elements.ts';
import { checkOutputs } from './check-outputs.ts';
import { checkRendered } from './check-rendered.ts';
import { definedBy, everyTemplate } from './every-template.ts';
import { createFindings, type Finding, type Findings } from './findings.ts';
import { readLiquid } from './liquid-source.ts';
import { readPage } from './page.ts';
import { parseLiquid, withoutPlace } from './parse-liquid.ts';
import { makeSubject } from './subject.ts';
import { aboutUndefined, undefinedNames } from './undefined-names.ts';

/** Renders another form of the template with the sample input. */
export type Trial = (source: string, time?: number) => { html: string; faults: readonly PlacedFault[] };

/** Milliseconds; the second rendering looks at attributes only, and a page that takes longer is done without it. */
const secondTime = 1000;
/** Characters of a human task UI, as the service counts them. */
const longestTemplate = 128_000;

/**
 * Checks a template. With a sample input it is rendered too, and every fault of that is among the findings.
 *
 * @param trial absent when there is no sample input
 */
export function checkTemplate(source: string, trial?: Trial): readonly Finding[] {
  const findings = createFindings(source);
  const length = source.length > longestTemplate ? [...source].length : 0;
  if (length > longestTemplate)
    findings.error(
      'TemplateTooLong',
      `The template has ${length} characters; a human task UI takes ${longestTemplate}.`,
    );
  try {
    check(source, findings, trial);
  } catch (error) {
    const limit = asLimit(error);
    if (!limit) throw error;
    findings.error('RenderLimitExceeded', limit.message);
  }
  return findings.list();
}

function check(source: string, findings: Findings, trial: Trial | undefined): void {
  const template = parseLiquid(source, findings);
  const faults = (template && trial?.(source).faults) ?? [];
  if (template) checkLiquid(template, faults, findings);
  const liquid = readLiquid(source, createLiquidEngine().liquid);
  if (!liquid) return;
  const subject = makeSubject({ source, liquid, elements: readPage(liquid.html), findings });
  checkElements(subject);
  checkClosing(subject);
  checkControls(subject);
  checkOutputs(subject, template ? capturedNames(template) : new Set());
  // A page that went beyond its limits once does so again.
  if (!template || !trial || faults.some(({ code }) => code === 'RenderLimitExceeded')) return;
  checkRendered(subject, (marked) => trial(marked, secondTime).html);
}

function checkLiquid(template: ParsedTemplate, faults: readonly PlacedFault[], findings: Findings): void {
  const names = undefinedNames(template);
  // What rendering came upon is told before all that it might.
  for (const fault of faults) {
    const isName = fault.code === 'UndefinedTemplateVariable';
    findings.error(fault.code, isName ? aboutUndefined(fault, names) : withoutPlace(fault), fault.at);
  }
  checkTags(template, findings);
  for (const { tested, message, at } of names) {
    if (tested) findings.warning('UndefinedTemplateVariable', message, at);
    else findings.error('UndefinedTemplateVariable', message, at);
  }
}

/** Tags that load other templates, wherever they stand. */
function checkTags(template: ParsedTemplate, findings: Findings): void {
  for (const { token } of everyTemplate(template).filter((each) => each instanceof UnavailableTag)) {
    const { code, message } = unavailable((token as TagToken).name);
    findings.error(code, message, token.begin);
  }
}

/** Names that hold captured markup and nothing else. */
function capturedNames(template: ParsedTemplate): ReadonlySet<string> {
  const all = everyTemplate(template);
  const others = new Set(all.filter((each) => !(each instanceof CaptureTag)).flatMap(definedBy));
  const captured = all.filter((each) => each instanceof CaptureTag).flatMap(definedBy);
  return new Set(captured.filter((name) => !others.has(name)));
}
