// Who changed what: the activity log, filtered by the address of the page.
import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { activityCsv } from './activity-csv.ts';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { saveCsv } from './csv.ts';
import { selectField, textField, valuesOf } from './form-fields.ts';
import { empty, moment, table } from './parts.ts';

type Row = OperationOutput<'ListActivities'>['Activities'][number];
type Filter = OperationInput<'ListActivities'>;

const resourceTypes = [
  ['', 'Everything'],
  ['-', 'All but human loops'],
  ['human-loop', 'Human loops'],
  ['flow-definition', 'Flow definitions'],
  ['human-task-ui', 'Human task UIs'],
  ['workteam', 'Workteams'],
  ['workforce', 'Workforce'],
  ['worker', 'Workers and sign-ins'],
  ['access-key', 'Access keys'],
  ['event-target', 'Event targets'],
] as const;

const kinds = [
  ['', 'Anybody'],
  ['Operator', 'Operators'],
  ['Worker', 'Workers'],
  ['Caller', 'Programs (access keys)'],
  ['System', 'The server itself'],
] as const;

/** Rows of a page, and how many pages in a row may be empty before it is asked whether to go on. */
const pageRows = 50;
const emptyPages = 10;

class ActivityPage extends ConsolePage {
  #query = new URLSearchParams(location.search);
  #rows: readonly Row[] | undefined;
  #next: string | undefined;
  #exported: { rows: number; abort: AbortController } | undefined;

  override disconnectedCallback(): void {
    this.#exported?.abort.abort();
    super.disconnectedCallback();
  }

  protected override async load(): Promise<void> {
    await this.#show(this.#query, [], undefined);
  }

  /** Goes on where few rows fit: a page may be empty and still not the last. */
  async #show(query: URLSearchParams, before: readonly Row[], from: string | undefined): Promise<void> {
    const filter = filterOf(query);
    let rows: readonly Row[] = [];
    let NextToken = from;
    for (let turn = 0; turn < emptyPages && rows.length === 0; turn += 1) {
      const page = await call('ListActivities', { ...filter, MaxResults: pageRows, ...(NextToken && { NextToken }) });
      rows = page.Activities;
      NextToken = page.NextToken;
      if (NextToken === undefined) break;
    }
    // Something else may be wanted by now.
    if (query !== this.#query) return;
    this.#rows = [...before, ...rows];
    this.#next = NextToken;
  }

  async #more(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.#show(this.#query, this.#rows ?? [], this.#next);
    } catch (error) {
      this.fail(error);
    }
    this.busy = false;
    this.requestUpdate();
  }

  async #filter(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const values = valuesOf(event.target as HTMLFormElement);
    this.#query = new URLSearchParams(
      Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );
    const query = this.#query.size > 0 ? `?${this.#query}` : '';
    history.replaceState(null, '', `/console/activity${query}`);
    await this.reload();
  }

  async #export(): Promise<void> {
    const exported = { rows: 0, abort: new AbortController() };
    this.#exported = exported;
    const told = (rows: number) => {
      exported.rows = rows;
      this.requestUpdate();
    };
    told(0);
    try {
      saveCsv('activity.csv', [await activityCsv(filterOf(this.#query), told, exported.abort.signal)]);
      this.say(`${exported.rows} rows are in activity.csv.`);
    } catch (error) {
      if (!exported.abort.signal.aborted) this.fail(error);
    }
    this.#exported = undefined;
    this.requestUpdate();
  }

  protected override render() {
    return this.page(
      'Activity',
      () => html`${this.#renderFilter()}
        ${this.#rows && this.#renderRows(this.#rows)} ${apiCall('ListActivities', filterOf(this.#query))}`,
      { showsAtOnce: true },
    );
  }

  #renderFilter() {
    const form = 'filter';
    const value = (name: string) => this.#query.get(name) ?? '';
    return html`<form name=${form} class="filters" novalidate aria-label="Filter" @submit=${this.#filter}>
      ${selectField({ form, name: 'kind', label: 'Who', required: true, value: value('kind') }, kinds)}
      ${textField({ form, name: 'actor', label: 'Address or key', required: true, value: value('actor') })}
      ${textField({ form, name: 'action', label: 'Action', required: true, value: value('action') })}
      ${selectField({ form, name: 'type', label: 'On', required: true, value: value('type') }, resourceTypes)}
      ${textField({ form, name: 'name', label: 'Name', required: true, value: value('name') })}
      ${textField({ form, name: 'from', label: 'From', type: 'datetime-local', required: true, value: value('from') })}
      ${textField({ form, name: 'to', label: 'Until', type: 'datetime-local', required: true, value: value('to') })}
      <div class="row"><button class="button button-primary">Filter</button><a class="button" href="/console/activity">Clear</a></div>
    </form>`;
  }

  #renderRows(rows: readonly Row[]) {
    const exported = this.#exported;
    return html`<div class="row">
      ${
        exported
          ? html`<span role="status">${exported.rows} rows read…</span><button type="button" class="button" @click=${() => exported.abort.abort()}>Stop</button>`
          : html`<button type="button" class="button" @click=${() => void this.#export()}>Export as CSV</button>`
      }
    </div>
    ${
      rows.length === 0
        ? empty(
            'Nothing fits.',
            this.#next === undefined
              ? 'Nobody did anything of the kind.'
              : 'Nothing was found yet; there is more to look at.',
          )
        : table('Activity', ['When', 'Who', 'From', 'Action', 'On', 'Details'], rows.map(cellsOf))
    }
    ${
      this.#next === undefined
        ? nothing
        : html`<div><button type="button" class="button" aria-disabled=${this.busy ? 'true' : nothing} @click=${() => void this.#more()}>Show older</button></div>`
    }`;
  }
}

const cellsOf = (row: Row): unknown[] => [
  moment(row.Time),
  html`${row.ActorName ?? row.ActorId ?? html`<span class="muted">nobody known</span>`} <span class="badge">${row.ActorKind}</span>${
    row.ActorKind === 'Caller' ? html`<br /><code class="small">${row.ActorId}</code>` : nothing
  }`,
  row.ClientAddress ?? '',
  row.Action,
  row.ResourceType === undefined
    ? ''
    : html`<a href="/console/activity?type=${row.ResourceType}&name=${encodeURIComponent(row.ResourceName ?? '')}">${row.ResourceType} ${row.ResourceName}</a>`,
  row.Details === undefined ? '' : html`<code class="activity-details">${row.Details}</code>`,
];

function filterOf(query: URLSearchParams): Filter {
  const text = (name: string): string | undefined => query.get(name)?.trim() || undefined;
  const time = (name: string): Date | undefined => {
    const at = new Date(text(name) ?? Number.NaN);
    return Number.isNaN(at.getTime()) ? undefined : at;
  };
  const [kind, actor, action, type, name] = ['kind', 'actor', 'action', 'type', 'name'].map(text);
  const [from, to] = [time('from'), time('to')];
  return {
    ...(kind !== undefined && { ActorKind: kind as NonNullable<Filter['ActorKind']> }),
    ...(actor !== undefined && { Actor: actor }),
    ...(action !== undefined && { Action: action }),
    ...(type === '-' ? { ExcludeHumanLoops: true } : type !== undefined && { ResourceType: type }),
    ...(name !== undefined && { ResourceName: name }),
    ...(from && { TimeAfter: from }),
    ...(to && { TimeBefore: to }),
  };
}

customElements.define('holdpoint-activity', ActivityPage);
