// What the answers to a loop come to, beside the answers: each field with how sure it is and who gave it.
import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { fieldRows } from '../../components/answer-fields.ts';
import { drawnShapes } from '../../components/drawn-shapes.ts';
import { imageSize, shapesOf } from '../../components/shapes.ts';
import { apiCall } from '../api-call.ts';
import { partsBar, percentText, shareBar } from '../share-bar.ts';

export type Consolidated = OperationOutput<'DescribeConsolidation'>;
export type Method = NonNullable<OperationInput<'DescribeConsolidation'>['Method']>;

const methods: { readonly [Name in Method]: string } = {
  majority: 'Every worker counts the same',
  weighted: 'By how often each is right',
  'dawid-skene': 'Dawid and Skene',
};

/** As much of a value as is read at once; masks are no reading matter. */
const mostText = 300;
/** Choices of which shares are said in words. */
const mostChoices = 4;

/**
 * @param choose is told of another method.
 * @param picture the address of the picture that was drawn on, where it is known
 */
export function consolidated(
  found: Consolidated,
  choose: (method: Method) => void,
  picture: string | undefined,
): TemplateResult | typeof nothing {
  const { Answers, Fields, Workers, Method, HumanLoopName, DetailsS3Uri } = found;
  if (Answers < 2) return nothing;
  return html`<section class="section" aria-labelledby="consolidated-heading">
    <h2 id="consolidated-heading">What they come to</h2>
    <form class="figures-filter" @submit=${(event: Event) => event.preventDefault()}>
      <label>How
        <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as Method)}>
          ${Object.entries(methods).map(([name, text]) => html`<option value=${name} ?selected=${name === Method}>${text}</option>`)}
        </select></label>
    </form>
    <p>Confidence ${percentText(found.Confidence)}, posterior ${percentText(found.Posterior)}, agreement ${percentText(found.Agreement)}.</p>
    ${Fields.map((field) => drawn(field, picture))}
    <div class="figures-scroll" tabindex="0" role="region" aria-label="Consolidated answer, table"><table class="figures">
      <thead><tr><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Confidence</th><th scope="col">Posterior</th>
        <th scope="col">Agreement</th>${Workers.map((worker) => html`<th scope="col">${nameOf(worker)}</th>`)}</tr></thead>
      <tbody>
        ${Fields.map(
          (
            field,
          ) => html`<tr><th scope="row">${field.Name}<br><span class="muted small">${field.Kind}, ${field.Procedure}</span></th>
            <td class="consolidated-value">${shownValue(field)}${votesOf(field)}</td>
            <td>${shareBar(field.Confidence)}</td><td>${shareBar(field.Posterior)}</td><td>${shareBar(field.Agreement)}</td>
            ${field.Workers.map(({ Match }) => html`<td>${shareBar(Match)}</td>`)}</tr>`,
        )}
        <tr><th scope="row">Whole answer</th><td></td>
          <td>${shareBar(found.Confidence)}</td><td>${shareBar(found.Posterior)}</td><td>${shareBar(found.Agreement)}</td>
          ${Workers.map(({ Match }) => html`<td>${shareBar(Match)}</td>`)}</tr>
      </tbody>
    </table></div>
    ${DetailsS3Uri === undefined ? nothing : html`<p class="muted">Written to <code>${DetailsS3Uri}</code> when the loop ended.</p>`}
    ${apiCall('DescribeConsolidation', { HumanLoopName, Method })}
  </section>`;
}

type Field = Consolidated['Fields'][number];

const nameOf = ({ WorkerName, WorkerEmail, WorkerId }: Consolidated['Workers'][number]): string =>
  WorkerName ?? WorkerEmail ?? WorkerId ?? 'Not there any more';

function shownValue({ Value }: Field): TemplateResult {
  if (Value === undefined) return html`<span class="muted">left out</span>`;
  const value = JSON.parse(Value) as unknown;
  const text = typeof value === 'string' ? value : Value;
  return html`<code>${text.length <= mostText ? text : `${text.slice(0, mostText)}…`}</code>`;
}

function votesOf({ Votes }: Field): TemplateResult | typeof nothing {
  if (Votes.length < 2) return nothing;
  const said = Votes.slice(0, mostChoices).map(({ Choice, Share }) => `${shortened(Choice)} ${percentText(Share)}`);
  // Votes on each option by itself are no parts of a whole.
  const isWhole = Math.abs(Votes.reduce((sum, { Share }) => sum + Share, 0) - 1) < 1e-6;
  return html`<div class="small muted">${isWhole ? partsBar(Votes.map(({ Share }) => Share)) : nothing}
    ${said.join(', ')}${Votes.length > mostChoices ? ', …' : ''}</div>`;
}

const shortened = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 40)}…`);

/** What all marks come to, on their picture. */
function drawn({ Name, Value }: Field, picture: string | undefined): TemplateResult | typeof nothing {
  const value: unknown = Value === undefined ? undefined : JSON.parse(Value);
  const found = fieldRows([value]).find(({ path, values }) => shapesOf(path, values[0]));
  const shapes = found && shapesOf(found.path, found.values[0]);
  const size = found && imageSize(value, found.path);
  if (!shapes || !size) return nothing;
  const label = `Consolidated marks of ${Name}: ${shapes.length}`;
  return html`<figure class="overlay">
    ${drawnShapes({ size, layers: [{ shapes, swatch: 2 }], label, picture })}
    <figcaption class="small">${Name}: what all marks come to</figcaption>
  </figure>`;
}
