// The filters of the list of human loops: one for each column.
import { html, type TemplateResult } from 'lit';
import { countFilters, type Filters, failureCodes, statuses } from './filters.ts';

export interface FilterForm {
  readonly filters: Filters;
  readonly flows: readonly string[];
  readonly isOpen: boolean;
  readonly change: (set: Partial<Filters>) => void;
  readonly clear: () => void;
}

export function filterForm(form: FilterForm): TemplateResult {
  const { filters, flows, change } = form;
  const count = countFilters(filters);
  return html`<form class="loop-filters" role="search" aria-label="Human loops" @submit=${(event: Event) => event.preventDefault()}>
    <div class="row">
      <label class="loop-search"><span class="visually-hidden">Name contains</span>
        <input type="search" placeholder="Name contains…" maxlength="63" .value=${filters.name}
          @input=${(event: Event) => change({ name: entered(event) })} /></label>
      <fieldset class="loop-choices">
        <legend class="visually-hidden">Status</legend>
        ${statuses.map((status) => choice(status, filters.status, (status) => change({ status })))}
      </fieldset>
    </div>
    <details ?open=${form.isOpen}>
      <summary>More filters${count > 0 ? ` (${count} in use)` : ''}</summary>
      <div class="loop-filter-grid">
        <label>Flow definition
          <select @change=${(event: Event) => change({ flow: entered(event) === '' ? [] : [entered(event)] })}>
            <option value="" ?selected=${filters.flow.length === 0}>Any</option>
            ${[...new Set([...flows, ...filters.flow])].map((flow) => html`<option value=${flow} ?selected=${filters.flow.includes(flow)}>${flow}</option>`)}
          </select></label>
        ${day('Created from', filters.createdFrom, (createdFrom) => change({ createdFrom }))}
        ${day('Created until', filters.createdTo, (createdTo) => change({ createdTo }))}
        ${day('Ended from', filters.endedFrom, (endedFrom) => change({ endedFrom }))}
        ${day('Ended until', filters.endedTo, (endedTo) => change({ endedTo }))}
        ${select(
          'Answers',
          filters.answers,
          [
            ['None', 'None yet'],
            ['Some', 'Some'],
            ['All', 'All'],
          ],
          (answers) => change({ answers }),
        )}
        ${select(
          'Work',
          filters.work,
          [
            ['Waiting', 'Waiting for somebody'],
            ['Held', 'Held by somebody'],
          ],
          (work) => change({ work }),
        )}
        <label>Waiting for at least (hours)
          <input type="number" min="0" step="any" .value=${filters.waitingHours} @input=${(event: Event) => change({ waitingHours: entered(event) })} /></label>
        <label>Held by (e-mail address)
          <input type="text" autocomplete="off" .value=${filters.heldBy} @change=${(event: Event) => change({ heldBy: entered(event) })} /></label>
        ${select(
          'Failure',
          filters.failure[0] ?? '',
          failureCodes.map((code) => [code, code] as const),
          (code) => change({ failure: code === '' ? [] : [code] }),
        )}
        <label>Failure reason contains
          <input type="text" maxlength="200" .value=${filters.reason} @input=${(event: Event) => change({ reason: entered(event) })} /></label>
        <div class="loop-filter-end"><button type="button" class="button" ?hidden=${count === 0} @click=${form.clear}>Clear all filters</button></div>
      </div>
    </details>
  </form>`;
}

const entered = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;

const choice = (value: string, chosen: readonly string[], change: (chosen: string[]) => void): TemplateResult =>
  html`<label class="choice"><input type="checkbox" .checked=${chosen.includes(value)}
    @change=${(event: Event) =>
      change(
        (event.target as HTMLInputElement).checked ? [...chosen, value] : chosen.filter((one) => one !== value),
      )} />${value === 'InProgress' ? 'In progress' : value}</label>`;

const day = (label: string, value: string, change: (value: string) => void): TemplateResult =>
  html`<label>${label}<input type="date" .value=${value} @change=${(event: Event) => change(entered(event))} /></label>`;

const select = (
  label: string,
  value: string,
  options: readonly (readonly [string, string])[],
  change: (value: string) => void,
): TemplateResult =>
  html`<label>${label}
    <select @change=${(event: Event) => change(entered(event))}>
      <option value="" ?selected=${value === ''}>Any</option>
      ${options.map(([option, text]) => html`<option value=${option} ?selected=${option === value}>${text}</option>`)}
    </select></label>`;
