// Renders one template with one input, in the calling thread.

import { mapCrowdAssets } from './crowd-assets.ts';
import { createGrantReadAccess } from './grant-read-access.ts';
import { createLiquidEngine, type ParsedTemplate, syntaxFault } from './liquid-engine.ts';
import type { RenderClock } from './render-clock.ts';
import { RenderContext } from './render-context.ts';
import type { RenderLimits } from './render-limits.ts';
import type { RenderFault, RenderRequest, RenderResult } from './render-request.ts';

/** A template that was parsed, or why it could not be. */
export type PreparedTemplate = { parsed: ParsedTemplate } | { fault: RenderFault };

export interface TemplateEngine {
  prepare(source: string): PreparedTemplate;
  render(template: PreparedTemplate, request: Omit<RenderRequest, 'template'>): RenderResult;
}

export function createTemplateEngine(limits: RenderLimits, clock: RenderClock): TemplateEngine {
  const engine = createLiquidEngine();
  return {
    prepare(source) {
      try {
        return { parsed: engine.parse(source) };
      } catch (error) {
        return { fault: syntaxFault(error) };
      }
    },
    render(template, { input, presign, assetsUrl }) {
      if ('fault' in template) return { html: '', errors: [template.fault] };
      const content = parseInput(input);
      if (!content)
        return { html: '', errors: [{ code: 'InvalidParameters', message: 'the input is not valid JSON' }] };
      const context = new RenderContext(content, engine.liquid, limits, createGrantReadAccess(presign), clock);
      const { html, errors } = engine.render(template.parsed, context);
      return { html: mapCrowdAssets(html, assetsUrl), errors };
    },
  };
}

/** The variables of a template; without a prototype, since names of its members are not variables. */
function parseInput(input: string): object | undefined {
  try {
    return Object.assign(Object.create(null), { task: { input: JSON.parse(input) } });
  } catch {
    return undefined;
  }
}
