// Figures over time: loops, times, answers, agreement and workers, of all flow definitions or of one.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { apiCall } from './api-call.ts';
import './chart.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { csvLines, saveCsv } from './csv.ts';
import { card, outcomeCards } from './figure-card.ts';
import { countText, rateText, secondsText, shareText } from './figure-text.ts';
import { flowAgreement } from './flow-agreement.ts';
import { flowChoices } from './list-all.ts';
import { inputOf, rangeNames, readWish, searchOf, type Wish } from './statistics-range.ts';

type Statistics = OperationOutput<'GetStatistics'>;
type Workers = OperationOutput<'GetWorkerStatistics'>;
type Step = Statistics['Steps'][number];
type Durations = Step['ActiveTime'];

class StatisticsPage extends ConsolePage {
  protected override readonly lookEvery = 15_000;
  #wish: Wish = readWish(location.search);
  #flows: readonly string[] = [];
  #reliability: OperationOutput<'GetFlowAgreement'> | undefined;
  #found: { readonly statistics: Statistics; readonly workers: Workers } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void flowChoices()
      .then((flows) => {
        this.#flows = flows.map(({ FlowDefinitionName }) => FlowDefinitionName).sort();
        this.requestUpdate();
      })
      .catch(() => {});
  }

  protected override async load(): Promise<void> {
    const wish = this.#wish;
    const input = inputOf(wish);
    const [statistics, workers] = await Promise.all([call('GetStatistics', input), call('GetWorkerStatistics', input)]);
    // Something else may be wanted by now.
    if (wish !== this.#wish) return;
    this.#found = { statistics, workers };
    // What takes long for a flow with a million answers keeps nobody from the rest.
    if (wish.flow !== '') void this.#loadReliability(wish.flow);
  }

  async #loadReliability(flow: string): Promise<void> {
    try {
      const found = await call('GetFlowAgreement', { FlowDefinitionName: flow });
      if (flow !== this.#wish.flow) return;
      this.#reliability = found;
      this.requestUpdate();
    } catch {
      // What is wrong with the flow, the other figures say; these are tried again with them.
    }
  }

  #ask(change: Partial<Wish>): void {
    this.#wish = { ...this.#wish, ...change };
    const { range, from, to } = this.#wish;
    this.requestUpdate();
    if (range === 'Dates' && !(from !== '' && to !== '' && from <= to)) return;
    // The address says what is shown, so that it can be kept and given to others.
    history.replaceState(history.state, '', `${location.pathname}${searchOf(this.#wish)}`);
    void this.reload();
  }

  protected override render() {
    return this.page(
      'Statistics',
      () => html`${this.#renderFilter()}
        ${this.#found && this.#renderFigures(this.#found.statistics, this.#found.workers)}
        ${apiCall('GetStatistics', inputOf(this.#wish))}`,
      { showsAtOnce: true },
    );
  }

  #renderFilter() {
    const { flow, range, from, to } = this.#wish;
    const names = flow === '' || this.#flows.includes(flow) ? this.#flows : [flow, ...this.#flows];
    const value = (event: Event): string => (event.target as HTMLInputElement).value;
    return html`<form class="figures-filter" @submit=${(event: Event) => event.preventDefault()}>
      <label>Flow definition
        <select @change=${(event: Event) => this.#ask({ flow: value(event) })}>
          <option value="" ?selected=${flow === ''}>All</option>
          ${names.map((name) => html`<option value=${name} ?selected=${name === flow}>${name}</option>`)}
        </select></label>
      <label>Time
        <select @change=${(event: Event) => this.#ask({ range: value(event) as Wish['range'] })}>
          ${Object.entries(rangeNames).map(([name, title]) => html`<option value=${name} ?selected=${name === range}>${title}</option>`)}
          <option value="Dates" ?selected=${range === 'Dates'}>From … to …</option>
        </select></label>
      ${
        range === 'Dates'
          ? html`<label>From <input type="date" .value=${from} @change=${(event: Event) => this.#ask({ from: value(event) })}></label>
            <label>To <input type="date" .value=${to} @change=${(event: Event) => this.#ask({ to: value(event) })}></label>`
          : nothing
      }
    </form>`;
  }

  #renderFigures(statistics: Statistics, workers: Workers) {
    const { Totals, Steps, Agreement, Now, Complete } = statistics;
    const file = (what: string): string => `${what}${this.#wish.flow === '' ? '' : `-${this.#wish.flow}`}`;
    const starts = Steps.map(({ StartTime }) => StartTime);
    const chart = (
      heading: string,
      name: string,
      text: (value: number) => string,
      series: readonly (readonly [string, (step: Step) => number | undefined])[],
    ): TemplateResult =>
      html`<holdpoint-chart .heading=${heading} .file=${file(name)} .text=${text}
        .data=${{ starts, series: series.map(([label, of]) => ({ label, values: Steps.map(of) })) }}></holdpoint-chart>`;
    const times = (heading: string, name: string, of: (step: Step) => Durations): TemplateResult =>
      chart(heading, name, secondsText, [
        ['Half within', (step) => of(step).P50],
        ['Nine of ten within', (step) => of(step).P90],
      ]);
    return html`
      ${Complete ? nothing : html`<p class="notice notice-info">Older figures of this time are still being counted.</p>`}
      <section class="section" aria-labelledby="sums"><h2 id="sums">In this time</h2>
      <dl class="cards">
        ${outcomeCards(Totals)}
        ${card('Waiting now', countText(Now.WaitingTasks))}
        ${card('Time to completion', secondsText(Totals.TimeToCompletion.P50), 'half of them')}
        ${card('Active time', secondsText(Totals.ActiveTime.P50), 'half of them')}
      </dl></section>
      <section class="section" aria-labelledby="steps"><h2 id="steps">Step by step</h2>
      <div class="charts">
        ${chart('Loops', 'loops', countText, [
          ['Started', ({ Started }) => Started],
          ['Completed', ({ Completed }) => Completed],
          ['Failed', ({ Failed }) => Failed],
          ['Expired', ({ Expired }) => Expired],
          ['Stopped', ({ Stopped }) => Stopped],
        ])}
        ${chart('Answers', 'answers', countText, [['Answers', ({ Answers }) => Answers]])}
        ${times('Time to first acceptance', 'time-to-acceptance', ({ TimeToAcceptance }) => TimeToAcceptance)}
        ${times('Time to completion', 'time-to-completion', ({ TimeToCompletion }) => TimeToCompletion)}
        ${times('Active time per task', 'active-time', ({ ActiveTime }) => ActiveTime)}
      </div>
      </section>
      ${this.#renderAgreement(Agreement, file('agreement'))}
      ${this.#reliability && this.#reliability.FlowDefinitionName === this.#wish.flow ? flowAgreement(this.#reliability) : nothing}
      ${this.#renderWorkers(workers, file('workers'))}`;
  }

  #renderAgreement({ Pairs, EqualPairs, Fields }: Statistics['Agreement'], file: string) {
    const rows = [{ Name: 'Whole answer', Pairs, EqualPairs }, ...Fields];
    const save = () =>
      saveCsv(`${file}.csv`, [
        csvLines([['Field', 'Pairs', 'Equal pairs'], ...rows.map((row) => [row.Name, row.Pairs, row.EqualPairs])]),
      ]);
    return html`<section class="section" aria-labelledby="agreement">
      <div class="section-head"><h2 id="agreement">Agreement between workers</h2>
        <button type="button" class="button button-quiet" aria-label="Save agreement as CSV" @click=${save}>CSV</button></div>
      <p class="muted">Of the loops that were completed in this time with several answers, every two answers are a pair: the share of
        pairs that are equal. Agreement by chance is not taken off.${this.#wish.flow === '' ? ' Choose a flow definition to see its fields.' : ''}</p>
      <div class="figures-scroll" tabindex="0" role="region" aria-label="Agreement, table"><table class="figures">
        <thead><tr><th scope="col">Field</th><th scope="col">Equal</th><th scope="col">Pairs</th></tr></thead>
        <tbody>${rows.map((row) => html`<tr><th scope="row">${row.Name}</th><td>${shareText(row.EqualPairs, row.Pairs)}</td><td>${countText(row.Pairs)}</td></tr>`)}</tbody>
      </table></div>
    </section>`;
  }

  #renderWorkers({ Workers, StepStartTimes, Step }: Workers, file: string) {
    const save = () =>
      saveCsv(`${file}.csv`, [
        csvLines([
          ['Name', 'Email', 'Answers', 'Active seconds', ...StepStartTimes],
          ...Workers.map(({ Name, Email, Answers, ActiveSeconds, AnswersByStep }) => [
            Name,
            Email,
            Answers,
            ActiveSeconds,
            ...AnswersByStep,
          ]),
        ]),
      ]);
    const most = (steps: readonly number[]): number => steps.reduce((best, value) => Math.max(best, value), 0);
    const stepName = { FiveMinutes: 'five minutes', Hour: 'hour', Day: 'day' }[Step];
    return html`<section class="section" aria-labelledby="workers">
      <div class="section-head"><h2 id="workers">Workers</h2>
        <button type="button" class="button button-quiet" aria-label="Save workers as CSV" @click=${save}>CSV</button></div>
      <p class="muted">Only operators see this. Answers count when they are submitted; active time leaves pauses out. How fast somebody
        answers depends on the tasks they get, and says nothing about whether the answers are right.</p>
      ${
        Workers.length === 0
          ? html`<p>Nobody answered in this time.</p>`
          : html`<div class="figures-scroll" tabindex="0" role="region" aria-label="Workers, table"><table class="figures">
        <thead><tr><th scope="col">Worker</th><th scope="col">Answers</th><th scope="col">Active time</th>
          <th scope="col">Answers per active hour</th><th scope="col">Most in one ${stepName}</th></tr></thead>
        <tbody>${Workers.map(
          (
            worker,
          ) => html`<tr><th scope="row">${worker.Name ?? 'Not there any more'}<br><span class="muted small">${worker.Email ?? worker.WorkerId}</span></th>
          <td>${countText(worker.Answers)}</td><td>${secondsText(worker.ActiveSeconds)}</td>
          <td>${worker.AnswersPerActiveHour === undefined ? '–' : rateText(worker.AnswersPerActiveHour)}</td>
          <td>${countText(most(worker.AnswersByStep))}</td></tr>`,
        )}</tbody>
      </table></div>`
      }
    </section>`;
  }
}

customElements.define('holdpoint-statistics', StatisticsPage);
