// Figures with their names, within a `dl`.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { countText } from './figure-text.ts';

export const card = (name: string, value: string, more = ''): TemplateResult =>
  html`<div class="card"><dt>${name}</dt><dd>${value}${more === '' ? nothing : html` <span class="muted small">${more}</span>`}</dd></div>`;

const outcomes = ['Started', 'Completed', 'Failed', 'Expired', 'Stopped'] as const;

/** How many loops began and ended, and how. */
export const outcomeCards = (totals: OperationOutput<'GetStatistics'>['Totals']): TemplateResult[] =>
  outcomes.map((name) => card(name, countText(totals[name])));
