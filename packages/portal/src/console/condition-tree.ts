// Activation conditions as a picture: each condition a box with its truth, or with how often it was true; groups hold theirs.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';

type Node = Readonly<Record<string, unknown>>;
type Activation = NonNullable<OperationOutput<'GetHumanLoop'>['Activation']>;
type Inputs = NonNullable<OperationOutput<'EvaluateActivationConditions'>['Inputs']>;

/** What the conditions say about one input, why, and each of them. */
export const activationPicture = ({ Activated, EvaluationResults, Reasons }: Activation): TemplateResult => html`
  <p><strong>${Activated ? 'People are asked.' : 'Nobody is asked.'}</strong></p>
  ${reasonsOf(Reasons)}
  ${tree(EvaluationResults, ({ EvaluationResult: isTrue }) => ({
    text: isTrue ? '✓ true' : '✗ false',
    tone: isTrue ? 'condition-true' : 'condition-false',
  }))}`;

/** How many of the last inputs go to people, as a bar, and how often each condition is true. */
export function inputsPicture(inputs: Inputs): TemplateResult {
  const { EvaluatedInputs: all, ActivatedInputs: sent, DoubtfulInputs: doubtful } = inputs;
  if (all === 0) return html`<p>The flow definition has no inputs that are kept.</p>`;
  return html`
    <p><strong>These conditions would have sent ${number(sent)} of ${number(all)} inputs to people (${share(sent, all)}).</strong></p>
    ${bar(sent, all)}
    ${doubtful === 0 ? nothing : html`<p>${number(doubtful)} of them because the conditions could not be judged.</p>`}
    ${reasonsOf(inputs.Reasons)}
    ${tree(inputs.EvaluationCounts, ({ EvaluationCount }) => {
      const count = Number(EvaluationCount);
      return {
        text: `true for ${number(count)}`,
        tone: count > 0 ? 'condition-true' : 'condition-false',
        more: bar(count, all),
      };
    })}`;
}

interface Mark {
  readonly text: string;
  readonly tone: string;
  readonly more?: TemplateResult;
}

function tree(json: string | undefined, mark: (node: Node) => Mark): TemplateResult | typeof nothing {
  if (json === undefined) return nothing;
  const { Conditions } = JSON.parse(json) as { Conditions: readonly Node[] };
  const list = (nodes: readonly Node[], name: string): TemplateResult =>
    html`<ul class="conditions" aria-label=${name}>${nodes.map((node) => html`<li>${box(node)}</li>`)}</ul>`;
  const box = (node: Node): TemplateResult => {
    const { text, tone, more = nothing } = mark(node);
    const badge = html`<span class="condition-mark">${text}</span>`;
    const group = 'And' in node ? 'And' : 'Or' in node ? 'Or' : undefined;
    if (group === undefined)
      return html`<div class="condition ${tone}">${badge} <span class="wrap"><strong>${String(node.ConditionType)}</strong>
        <code>${parametersOf(node)}</code></span>${more}</div>`;
    return html`<div class="condition ${tone}">${badge} <span><strong>${group}</strong>
        <span class="muted">${group === 'And' ? 'all of these' : 'any of these'}</span></span>${more}
      ${list(node[group] as readonly Node[], group)}</div>`;
  };
  return list(Conditions, 'Conditions, any of which asks people');
}

const parametersOf = ({ ConditionParameters: parameters = {} }: Node): string =>
  Object.entries(parameters as object)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(', ');

const reasonsOf = (reasons: readonly string[]) =>
  reasons.length === 0
    ? nothing
    : html`<div class="notice notice-warning"><p>The conditions could not be judged, and so people are asked:</p>
        <ul>${reasons.map((reason) => html`<li class="wrap">${reason}</li>`)}</ul></div>`;

const bar = (
  part: number,
  whole: number,
) => html`<svg class="condition-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
  <rect class="condition-bar-all" width="100" height="4" /><rect class="condition-bar-part" width=${(part / whole) * 100} height="4" /></svg>`;

const number = (value: number): string => value.toLocaleString('en-US');
const share = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`;
