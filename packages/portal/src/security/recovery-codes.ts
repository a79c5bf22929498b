import { html, type TemplateResult } from 'lit';

/** Codes that are shown this once, and something to press when they are kept. */
export const recoveryCodesPanel = (codes: readonly string[], done: () => void): TemplateResult => html`
  <section class="panel" aria-labelledby="recovery-title">
    <h2 id="recovery-title" tabindex="-1">Keep your recovery codes</h2>
    <p>Each of them signs you in once, in place of the second factor. They are not shown again: print them, or keep them where you
      keep passwords.</p>
    <ul class="recovery-codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
    <div class="row">
      <button type="button" class="button" @click=${() => window.print()}>Print</button>
      <button type="button" class="button button-primary" @click=${done}>I have kept them</button>
    </div>
  </section>`;
