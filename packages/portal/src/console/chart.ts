// A chart of figures over time: what it shows is also a table behind a disclosure, and a file for spreadsheets.
import { html } from 'lit';
import type uPlot from 'uplot';
import { onDisplay } from '../display/present-display.ts';
import { PageElement } from '../page.ts';
import { csvLines, saveCsv } from './csv.ts';
import { exactTime } from './english.ts';

export interface Series {
  readonly label: string;
  /** One for each step; undefined where there is none. */
  readonly values: readonly (number | undefined)[];
}

export interface ChartData {
  /** Where the steps begin, the last one last. */
  readonly starts: readonly Date[];
  readonly series: readonly Series[];
}

const height = 220;

class Chart extends PageElement {
  static override properties = {
    heading: {},
    file: {},
    data: { attribute: false },
    text: { attribute: false },
  };

  /** What the chart is about. */
  declare heading: string;
  /** The name of the file without its ending. */
  declare file: string;
  declare data: ChartData;
  /** How a value is written. */
  declare text: (value: number) => string;

  #plot: uPlot | undefined;
  #making = false;
  #labels = '';
  #stopDisplay: (() => void) | undefined;
  readonly #resized = new ResizeObserver(() => this.#fit());

  override connectedCallback(): void {
    super.connectedCallback();
    // Colours are drawn, so that another scheme needs another drawing.
    this.#stopDisplay = onDisplay(() => {
      this.#drop();
      void this.#draw();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopDisplay?.();
    this.#resized.disconnect();
    this.#drop();
  }

  protected override updated(): void {
    void this.#draw();
  }

  #drop(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #fit(): void {
    const width = this.querySelector('.chart-canvas')?.clientWidth ?? 0;
    if (width > 0 && this.#plot?.width !== width) this.#plot?.setSize({ width, height });
  }

  async #draw(): Promise<void> {
    const labels = JSON.stringify(this.data.series.map(({ label }) => label));
    if (this.#plot && labels === this.#labels) return this.#plot.setData(this.#columns());
    if (this.#making) return;
    this.#making = true;
    const { default: UPlot } = await import('uplot');
    this.#making = false;
    const place = this.querySelector<HTMLElement>('.chart-canvas');
    if (!this.isConnected || !place) return;
    this.#drop();
    this.#labels = labels;
    this.#plot = new UPlot(this.#options(UPlot, place), this.#columns(), place);
    this.#resized.observe(place);
  }

  #columns(): uPlot.AlignedData {
    const { starts, series } = this.data;
    return [
      starts.map((start) => start.getTime() / 1000),
      ...series.map(({ values }) => values.map((value) => value ?? null)),
    ];
  }

  #options(UPlot: typeof uPlot, place: HTMLElement): uPlot.Options {
    const style = getComputedStyle(place);
    // A canvas takes no `light-dark()`: what the scheme makes of it is asked for.
    const colour = (name: string): string => {
      place.style.color = `var(${name})`;
      return style.color;
    };
    const axis: uPlot.Axis = {
      stroke: colour('--text-muted'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { stroke: colour('--line'), width: 1 },
      font: `12px ${style.fontFamily}`,
    };
    return {
      width: place.clientWidth,
      height,
      // The legend is ours, as text of the page.
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { x: { time: true }, y: { range: (_, __, max) => [0, max > 0 ? max * 1.05 : 1] } },
      axes: [axis, { ...axis, size: 72, values: (_, values) => values.map((value) => this.text(value)) }],
      series: [
        {},
        ...this.data.series.map(({ label }, index) => ({
          label,
          stroke: colour(`--chart-${index + 1}`),
          width: 2,
          // Told apart by more than their colour.
          dash: [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 4]][index] ?? [],
          spanGaps: false,
          points: { show: this.data.starts.length < 50, size: 5 },
          ...(UPlot.paths.linear && { paths: UPlot.paths.linear() }),
        })),
      ],
    };
  }

  protected override render() {
    const { starts, series } = this.data;
    const empty = series.every(({ values }) => values.every((value) => value === undefined || value === 0));
    return html`<figure class="chart" aria-label=${this.heading}>
      <figcaption class="chart-head">
        <h3>${this.heading}</h3>
        <button type="button" class="button button-quiet" aria-label="Save ${this.heading} as CSV" @click=${() => this.#save()}>CSV</button>
      </figcaption>
      <ul class="chart-legend">${series.map(({ label }, index) => html`<li class="chart-mark-${index + 1}">${label}</li>`)}</ul>
      <div class="chart-canvas" aria-hidden="true"></div>
      ${empty ? html`<p class="muted small">Nothing of it happened in this time.</p>` : ''}
      <details class="chart-table">
        <summary>${this.heading} as a table</summary>
        <div class="figures-scroll" tabindex="0" role="region" aria-label="${this.heading}, table">
          <table class="figures">
            <thead><tr><th scope="col">From</th>${series.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
            <tbody>${starts.map(
              (start, row) =>
                html`<tr><th scope="row">${exactTime(start)}</th>${series.map(({ values }) => {
                  const value = values[row];
                  return html`<td>${value === undefined ? '–' : this.text(value)}</td>`;
                })}</tr>`,
            )}</tbody>
          </table>
        </div>
      </details>
    </figure>`;
  }

  #save(): void {
    const { starts, series } = this.data;
    const rows = starts.map((start, row) => [start, ...series.map(({ values }) => values[row])]);
    saveCsv(`${this.file}.csv`, [csvLines([['From', ...series.map(({ label }) => label)], ...rows])]);
  }
}

customElements.define('holdpoint-chart', Chart);
