import { html, nothing, type TemplateResult } from 'lit';

/** One figure with its name, within a `dl`. */
export const card = (name: string, value: string, more = ''): TemplateResult =>
  html`<div class="card"><dt>${name}</dt><dd>${value}${more === '' ? nothing : html` <span class="muted small">${more}</span>`}</dd></div>`;
