// What went wrong on a page of the console, in a sentence, and something to press.
import { html, type TemplateResult } from 'lit';
import { ConsoleError } from './console-api.ts';

export const sentenceFor = (error: unknown): string =>
  error instanceof ConsoleError ? error.message : 'Something went wrong on this page. Reload it, then try again.';

/** A failure in place of content. */
export const failure = (error: unknown, again: () => void): TemplateResult => html`
  <section class="panel panel-failure" role="alert">
    <p>${sentenceFor(error)}</p>
    <div class="row"><button type="button" class="button" @click=${again}>Try again</button></div>
  </section>`;
