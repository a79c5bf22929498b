// Panels and bars with a sentence and something to press.
import { html, nothing, type TemplateResult } from 'lit';
import { sentenceOf } from '../portal-error.ts';
import { words } from '../words/words.ts';

/** A failure in place of content. */
export const failurePanel = (error: unknown, again: () => void): TemplateResult => html`
  <section class="panel panel-failure" role="alert">
    <p>${sentenceOf(error)}</p>
    <div class="row"><button type="button" class="button" @click=${again}>${words.common.tryAgain}</button></div>
  </section>`;

/** A line above the content that can be closed. */
export const notice = (text: string | undefined, close: () => void, tone: 'info' | 'warning' = 'info') =>
  text === undefined
    ? nothing
    : html`<div class="notice notice-${tone}">
        <p>${text}</p>
        <button type="button" class="button button-quiet" @click=${close}>${words.common.dismiss}</button>
      </div>`;

/** Shown while the first answer of the server is awaited. */
export const loading = (what: string) =>
  html`<p class="loading"><span class="spinner" aria-hidden="true"></span>${what}</p>`;
