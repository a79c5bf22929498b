// Renders one template with one input, in the calling thread.

import { mapCrowdAssets } from './crowd-assets.ts';
import { createGrantReadAccess } from './grant-read-access.ts';
import { createLiquidEngine, type ParsedTemplate, type PlacedFault, syntaxFault } from './liquid-engine.ts';
import type { RenderClock } from './render-clock.ts';
import { RenderContext } from './render-context.ts';
import type { RenderLimits } from './render-limits.ts';
import type { RenderRequest, RenderResult } from './render-request.ts';

/** A template that was parsed, or why it could not be. */
export type PreparedTemplate = { parsed: ParsedTemplate } | { fault: PlacedFault };

export interface TemplateEngine {
  prepare(source: string): PreparedTemplate;
  render(template: PreparedTemplate, request: Omit<RenderRequest, 'template'>): RenderResult;
  /** As `render`, with the places of faults and the page as it is; for checks. `time` is in milliseconds of work. */
  trial(
    template: PreparedTemplate,
    request: Pick<RenderRequest, 'input' | 'presign'>,
    time?: number,
  ): { html: string; faults: readonly PlacedFault[] };
}

export function createTemplateEngine(limits: RenderLimits, clock: RenderClock): TemplateEngine {
  const engine = createLiquidEngine();
  const trial: TemplateEngine['trial'] = (template, { input, presign }, time = limits.time) => {
    if ('fault' in template) return { html: '', faults: [template.fault] };
    const content = parseInput(input);
    if (!content) return { html: '', faults: [{ code: 'InvalidParameters', message: 'the input is not valid JSON' }] };
    const grantReadAccess = createGrantReadAccess(presign);
    const context = new RenderContext(
      content,
      engine.liquid,
      { ...limits, time: Math.min(time, limits.time) },
      grantReadAccess,
      clock,
    );
    return engine.render(template.parsed, context);
  };
  return {
    prepare(source) {
      try {
        return { parsed: engine.parse(source) };
      } catch (error) {
        return { fault: syntaxFault(error) };
      }
    },
    render(template, request) {
      const { html, faults } = trial(template, request);
      const errors = faults.map(({ code, message }) => ({ code, message }));
      return { html: mapCrowdAssets(html, request.assetsUrl), errors };
    },
    trial,
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
