import { html, type TemplateResult } from 'lit';
import { words } from '../words/words.ts';

/** Codes that are shown this once, and something to press when they are kept. */
export const recoveryCodesPanel = (codes: readonly string[], done: () => void): TemplateResult => html`
  <section class="panel" aria-labelledby="recovery-title">
    <h2 id="recovery-title" tabindex="-1">${words.security.keepCodes}</h2>
    <p>${words.security.keepCodesHint}</p>
    <ul class="recovery-codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
    <div class="row">
      <button type="button" class="button" @click=${() => window.print()}>${words.security.print}</button>
      <button type="button" class="button button-primary" @click=${done}>${words.security.kept}</button>
    </div>
  </section>`;
