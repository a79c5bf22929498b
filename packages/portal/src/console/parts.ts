// Small things that several pages of the console show.
import { html, nothing, type TemplateResult } from 'lit';
import { exactTime, relativeTime } from './english.ts';

export const moment = (time: Date | undefined): TemplateResult | typeof nothing =>
  time === undefined ? nothing : html`<time datetime=${time.toISOString()}>${exactTime(time)}</time>`;

/** How long ago it was, or how soon it is; when it was exactly is shown to a pointer. */
export const ago = (time: Date, now = Date.now()): TemplateResult =>
  html`<time class="nowrap" datetime=${time.toISOString()} title=${exactTime(time)}>${relativeTime(time, now)}</time>`;

/** A table whose rows become cards where there is no room for columns; the roles stay when it is no table for the style sheet. */
export const table = (
  label: string,
  headings: readonly string[],
  rows: readonly (readonly unknown[])[],
): TemplateResult => html`<table class="list list-${label.toLowerCase().replaceAll(' ', '-')}" role="table" aria-label=${label}>
  <thead role="rowgroup"><tr role="row">${headings.map((heading) => html`<th role="columnheader" scope="col">${heading || html`<span class="visually-hidden">Actions</span>`}</th>`)}</tr></thead>
  <tbody role="rowgroup">${rows.map(
    (row) =>
      html`<tr role="row">${row.map((cell, column) => html`<td role="cell" data-heading=${headings[column] ?? ''}>${cell}</td>`)}</tr>`,
  )}</tbody>
</table>`;

export const empty = (title: string, sentence: string, more: unknown = nothing): TemplateResult =>
  html`<div class="panel empty"><p class="empty-title">${title}</p><p class="muted">${sentence}</p>${more}</div>`;

/** To what was done with a resource. */
export const activityLink = (type: string, name: string): TemplateResult =>
  html`<a href="/console/activity?type=${encodeURIComponent(type)}&name=${encodeURIComponent(name)}">Activity</a>`;

/** A secret that is shown once. */
export const secret = (label: string, value: string): TemplateResult => html`<div class="secret">
  <span class="secret-label" id="secret-${label}">${label}</span>
  <code tabindex="0" aria-labelledby="secret-${label}">${value}</code>
  <button type="button" class="button" aria-label="Copy ${label}" @click=${copy(value)}>Copy</button>
</div>`;

/** For a button that copies a text. */
export const copy = (value: string) => async (event: Event) => {
  const button = event.currentTarget as HTMLButtonElement;
  try {
    await navigator.clipboard.writeText(value);
    button.textContent = 'Copied';
  } catch {
    // Without the right to, it is selected for the keys that copy.
    const text = button.parentElement?.querySelector('code, pre');
    if (text) getSelection()?.selectAllChildren(text);
    button.textContent = text ? 'Selected' : 'Not copied';
  }
};

export const detail = (rows: readonly (readonly [term: string, value: unknown])[]): TemplateResult =>
  html`<dl class="details">${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

/** JSON as it is read; what is none stays as it is. */
export function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}
