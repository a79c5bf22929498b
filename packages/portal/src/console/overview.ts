// The first thing an operator sees: what needs attention, what waits, what will be late, what fails.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { apiCall } from './api-call.ts';
import { type BarredWorker, barredWorkers } from './barred-workers.ts';
import './chart.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { exactTime, relativeTime } from './english.ts';
import { addressOf } from './event-target-facts.ts';
import { card, outcomeCards } from './figure-card.ts';
import { countText, rateText, secondsText } from './figure-text.ts';

type Statistics = OperationOutput<'GetStatistics'>;
type Check = OperationOutput<'CheckInstallation'>['Checks'][number];
type EventTarget = OperationOutput<'ListEventTargets'>['EventTargets'][number];

interface Concern {
  readonly grave: boolean;
  readonly text: string;
  readonly advice?: string | undefined;
}

/** The check of the installation renders a template and writes an object. */
const checkEvery = 8;
const input = { Range: 'Day' } as const;

class Overview extends ConsolePage {
  protected override readonly lookEvery = 15_000;
  #statistics: Statistics | undefined;
  #targets: readonly EventTarget[] = [];
  #checks: readonly Check[] | undefined;
  #barred: readonly BarredWorker[] = [];
  #looks = 0;

  protected override async load(): Promise<void> {
    if (this.#looks++ % checkEvery === 0) {
      void this.#check();
      void this.#findBarred();
    }
    const [statistics, { EventTargets }] = await Promise.all([
      call('GetStatistics', input),
      call('ListEventTargets', {}),
    ]);
    this.#statistics = statistics;
    this.#targets = EventTargets;
  }

  async #check(): Promise<void> {
    try {
      this.#checks = (await call('CheckInstallation', {})).Checks;
    } catch {
      this.#checks = undefined;
      this.#looks = 0;
    }
    this.requestUpdate();
  }

  /** By itself: the check may take its time. */
  async #findBarred(): Promise<void> {
    // What cannot be asked now is asked with the next check.
    this.#barred = await barredWorkers(Date.now()).catch(() => this.#barred);
    this.requestUpdate();
  }

  protected override render() {
    return this.page(
      'Overview',
      () =>
        html`${this.#statistics && this.#renderFound(this.#statistics)} ${this.#renderChecks()} ${apiCall('GetStatistics', input)}`,
      { showsAtOnce: true },
    );
  }

  #renderFound(statistics: Statistics) {
    const { Now, Forecast, Totals, Steps } = statistics;
    const now = Date.now();
    const concerns = this.#concerns(statistics, now);
    const starts = Steps.map(({ StartTime }) => StartTime);
    const data = {
      starts,
      series: [
        { label: 'Started', values: Steps.map(({ Started }) => Started) },
        { label: 'Completed', values: Steps.map(({ Completed }) => Completed) },
        { label: 'Failed or expired', values: Steps.map(({ Failed, Expired }) => Failed + Expired) },
      ],
    };
    const oldest = Now.OldestWaitingSince;
    return html`<section class="section" aria-labelledby="attention">
        <h2 id="attention">What needs attention</h2>
        ${
          concerns.length === 0
            ? html`<p class="check">Nothing. Loops are answered in time, and all that was checked works.</p>`
            : html`<ul class="checks">${concerns.map(({ grave, text, advice }) => html`<li class="check check-${grave ? 'failed' : 'warning'}"><strong>${text}</strong>${advice === undefined ? nothing : html` <span class="muted">${advice}</span>`}</li>`)}</ul>`
        }
      </section>
      <section class="section" aria-labelledby="now">
        <h2 id="now">Now</h2>
        <dl class="cards">
          ${card('Waiting tasks', countText(Now.WaitingTasks))}
          ${card('Oldest waits', oldest === undefined ? '–' : secondsText((now - oldest.getTime()) / 1000))}
          ${card('Workers hold', countText(Now.Held))}
          ${card('Answers per hour', rateText(Forecast.AnswersPerHour), 'last three hours')}
          ${card('Nothing waits', emptyText(statistics, now), 'at this pace')}
          ${card('Will be late', countText(Forecast.LateTasks), 'at this pace')}
        </dl>
        ${now - Now.CountedAt.getTime() > 60_000 ? html`<p class="muted small">Waiting tasks were counted ${relativeTime(Now.CountedAt, now)}.</p>` : nothing}
      </section>
      <section class="section" aria-labelledby="today">
        <div class="section-head"><h2 id="today">The last 24 hours</h2><a href="/console/statistics">All statistics</a></div>
        <dl class="cards">
          ${outcomeCards(Totals)}
          ${card('Time to completion', secondsText(Totals.TimeToCompletion.P50), 'half of them')}
        </dl>
        <holdpoint-chart .heading=${'Loops of the last 24 hours'} .file=${'loops-last-day'} .text=${countText} .data=${data}></holdpoint-chart>
      </section>`;
  }

  #concerns({ Forecast, Now, Totals }: Statistics, now: number): Concern[] {
    const checks = (this.#checks ?? [])
      .filter(({ Status }) => Status === 'Failed' || Status === 'Warning')
      .map(({ Name, Status, Message, Advice }) => ({
        grave: Status === 'Failed',
        text: `${Name}: ${Message}`,
        advice: Advice,
      }));
    const targets = this.#targets
      .filter(({ FailedDeliveries }) => FailedDeliveries > 0)
      .map((target) => ({
        grave: true,
        text: `${countText(target.FailedDeliveries)} ${target.FailedDeliveries === 1 ? 'event' : 'events'} could not be delivered to ${addressOf(target)}.`,
        advice: target.LastError,
      }));
    const barred = this.#barred.map(({ name, flowDefinitionName, accuracy }) => ({
      grave: false,
      text: `${name} gets no more tasks of ${flowDefinitionName}: ${accuracy} of the gold items were right.`,
      advice: 'The page of the flow definition lets the worker in again.',
    }));
    const concerns: (Concern | false)[] = [
      Forecast.LateTasks > 0 && {
        grave: true,
        text: `${countText(Forecast.LateTasks)} ${Forecast.LateTasks === 1 ? 'waiting task' : 'waiting tasks'} will not be done before availability ends.`,
        advice: 'More workers, or a longer TaskAvailabilityLifetimeInSeconds for what comes next.',
      },
      Now.WaitingTasks > 0 &&
        Forecast.AnswersPerHour === 0 && {
          grave: false,
          text: 'Tasks wait, and nobody has answered in the last three hours.',
          advice: Now.OldestWaitingSince && `The oldest was made ${relativeTime(Now.OldestWaitingSince, now)}.`,
        },
      Totals.Failed > 0 && {
        grave: false,
        text: `${loopsText(Totals.Failed)} failed in the last 24 hours.`,
        advice: 'Their reason says why: a template that cannot be shown with an input, mostly.',
      },
      Totals.Expired > 0 && { grave: false, text: `${loopsText(Totals.Expired)} expired in the last 24 hours.` },
    ];
    const all = [...concerns.filter((one): one is Concern => one !== false), ...targets, ...barred, ...checks];
    return all.sort((a, b) => Number(b.grave) - Number(a.grave));
  }

  #renderChecks() {
    if (!this.#checks) return nothing;
    return html`<details class="all-checks"><summary>All that was checked</summary><ul class="checks">
      ${this.#checks.map(
        ({ Name, Status, Message, Advice }) => html`<li class="check check-${Status.toLowerCase()}">
          <strong>${Name}: ${Status}</strong> <span>${Message}</span>${Advice ? html` <span class="muted">${Advice}</span>` : ''}
        </li>`,
      )}
    </ul></details>`;
  }
}

function emptyText({ Now, Forecast }: Statistics, now: number): string {
  if (Now.WaitingTasks === 0) return 'now';
  if (Forecast.EmptyTime === undefined) return 'never';
  const seconds = (Forecast.EmptyTime.getTime() - now) / 1000;
  return seconds < 86_400 ? `in ${secondsText(seconds)}` : exactTime(Forecast.EmptyTime);
}

const loopsText = (count: number): string => `${countText(count)} ${count === 1 ? 'loop' : 'loops'}`;

customElements.define('holdpoint-overview', Overview);
