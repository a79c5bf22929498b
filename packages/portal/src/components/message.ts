// Panels and bars with a sentence and something to press, in the language of the page unless it is asked for in another.
import { html, nothing, type TemplateResult } from 'lit';
import { sentenceOf } from '../portal-error.ts';
import type { Words } from '../words/en.ts';
import { words } from '../words/words.ts';

/** A failure in place of content. */
export const failurePanel = (error: unknown, again: () => void, said: Words = words): TemplateResult => html`
  <section class="panel panel-failure" role="alert">
    <p>${sentenceOf(error, said)}</p>
    <div class="row"><button type="button" class="button" @click=${again}>${said.common.tryAgain}</button></div>
  </section>`;

/** A line above the content that can be closed. */
export const notice = (
  text: string | undefined,
  close: () => void,
  tone: 'info' | 'warning' = 'info',
  said: Words = words,
) =>
  text === undefined
    ? nothing
    : html`<div class="notice notice-${tone}">
        <p>${text}</p>
        <button type="button" class="button button-quiet" @click=${close}>${said.common.dismiss}</button>
      </div>`;

/** Shown while the first answer of the server is awaited. */
export const loading = (what: string) =>
  html`<p class="loading"><span class="spinner" aria-hidden="true"></span>${what}</p>`;
