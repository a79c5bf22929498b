// How far the workers of a flow agree beyond chance, how often each is right, and what they take for what.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { apiCall } from './api-call.ts';
import { csvLines, saveCsv } from './csv.ts';
import { exactTime } from './english.ts';
import { countText } from './figure-text.ts';
import { percentText, shareBar } from './share-bar.ts';

type Agreement = OperationOutput<'GetFlowAgreement'>;
type Field = Agreement['Fields'][number];

/** Labels up to which a confusion matrix can be read as a picture. */
const mostDrawn = 12;
/** Workers whose matrices are drawn, those who answered most. */
const mostMatrices = 12;

export function flowAgreement(found: Agreement): TemplateResult {
  const { Loops, Answers, CountedAt, Fields, Workers, FlowDefinitionName } = found;
  return html`<section class="section" aria-labelledby="reliability">
    <div class="section-head"><h2 id="reliability">Beyond chance</h2>
      <button type="button" class="button button-quiet" aria-label="Save reliability as CSV" @click=${() => save(found)}>CSV</button></div>
    <p class="muted">Of all finished loops of the flow with several answers, whatever time is chosen above: ${countText(Loops)} loops with
      ${countText(Answers)} answers, worked out ${exactTime(CountedAt)}. Krippendorff's alpha and Cohen's kappa are 1 where workers agree perfectly and 0 where chance
      would agree as often. How often somebody is right is what the answers of all show; nobody has to know the right ones.</p>
    ${
      Loops === 0
        ? html`<p>No finished loop has several answers that are still kept.</p>`
        : html`<div class="figures-scroll" tabindex="0" role="region" aria-label="Alpha and kappa, table"><table class="figures">
        <thead><tr><th scope="col">Control</th><th scope="col">Kind</th><th scope="col">Loops</th><th scope="col">Agreement</th>
          <th scope="col">Alpha</th><th scope="col">Kappa</th></tr></thead>
        <tbody>${Fields.map(
          (field) => html`<tr><th scope="row">${field.Name}</th><td>${field.Kind}</td><td>${countText(field.Loops)}</td>
            <td>${field.Agreement === undefined ? '–' : shareBar(field.Agreement)}</td>
            <td>${figure(field.Alpha)}</td><td>${figure(field.Kappa)}</td></tr>`,
        )}</tbody></table></div>
      <div class="figures-scroll" tabindex="0" role="region" aria-label="Reliability of workers, table"><table class="figures">
        <thead><tr><th scope="col">Worker</th><th scope="col">Answers</th><th scope="col">Right</th>${Fields.map(({ Name }) => html`<th scope="col">${Name}</th>`)}</tr></thead>
        <tbody>${Workers.map(
          (worker) => html`<tr><th scope="row">${nameOf(worker)}</th><td>${countText(worker.Answers)}</td>
            <td>${worker.Fields.length === 0 ? '–' : shareBar(worker.Accuracy)}</td>
            ${Fields.map(({ Name }) => {
              const own = worker.Fields.find((field) => field.Name === Name);
              return html`<td>${own ? shareBar(own.Accuracy) : '–'}</td>`;
            })}</tr>`,
        )}</tbody></table></div>
      ${Fields.map((field) => matrices(field, Workers))}`
    }
    ${apiCall('GetFlowAgreement', { FlowDefinitionName })}
  </section>`;
}

const figure = (value: number | undefined): TemplateResult | string =>
  value === undefined ? '–' : shareBar(value, value.toFixed(2));

const nameOf = ({ WorkerName, WorkerId }: { readonly WorkerName?: string; readonly WorkerId?: string }): string =>
  WorkerName ?? WorkerId ?? 'Not there any more';

/** For each worker a square for each pair of labels: the row is right, the column was given; the darker the more often. */
function matrices(field: Field, workers: Agreement['Workers']): TemplateResult | typeof nothing {
  const labels = field.Labels;
  if (!labels || labels.length < 2 || labels.length > mostDrawn) return nothing;
  const drawn = workers.slice(0, mostMatrices).flatMap((worker) => {
    const own = worker.Fields.find(({ Name }) => Name === field.Name);
    return own?.Confusion ? [{ worker, own, matrix: own.Confusion }] : [];
  });
  return html`<h3>${field.Name}: who takes what for what</h3>
    <p class="muted small">From above, what is right: ${labels.join(', ')}. From the left, what was given, in the same order.</p>
    <div class="matrices">${drawn.map(
      ({ worker, own, matrix }) => html`<figure class="matrix">
        <svg viewBox="0 0 ${labels.length * 40} ${labels.length * 40}" role="img"
          aria-label="${nameOf(worker)}, ${field.Name}: ${labels.map((label, index) => `${label} is recognized in ${percentText(matrix[index]![index]!)}`).join(', ')}">
          ${matrix.map((row, right) =>
            row.map(
              (
                share,
                given,
              ) => svg`<g><rect class="matrix-cell" x=${given * 40} y=${right * 40} width="40" height="40" fill-opacity=${share}></rect>
                <text class=${share > 0.5 ? 'matrix-text matrix-dark' : 'matrix-text'} x=${given * 40 + 20} y=${right * 40 + 25}>${Math.round(100 * share)}</text></g>`,
            ),
          )}
        </svg>
        <figcaption class="small">${nameOf(worker)}<br><span class="muted">${percentText(own.Accuracy)} right</span></figcaption>
      </figure>`,
    )}</div>`;
}

function save({ FlowDefinitionName, Fields, Workers }: Agreement): void {
  saveCsv(`reliability-${FlowDefinitionName}.csv`, [
    csvLines([
      ['Control', 'Kind', 'Loops', 'Answers', 'Agreement', 'Alpha', 'Kappa'],
      ...Fields.map((row) => [row.Name, row.Kind, row.Loops, row.Answers, row.Agreement, row.Alpha, row.Kappa]),
      ['Worker', 'Email', 'Answers', 'Right', ...Fields.map(({ Name }) => Name)],
      ...Workers.map(({ WorkerName, WorkerEmail, Answers, Accuracy, Fields: own }) => [
        WorkerName,
        WorkerEmail,
        Answers,
        Accuracy,
        ...Fields.map(({ Name }) => own.find((field) => field.Name === Name)?.Accuracy),
      ]),
    ]),
  ]);
}
