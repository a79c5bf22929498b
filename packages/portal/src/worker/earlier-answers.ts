// What others have answered, side by side and drawn over each other, for whoever decides about it.
import type { JsonObject } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { fieldRows, isDrawn, valueText } from '../components/answer-fields.ts';
import { drawnField } from '../components/drawn-field.ts';
import { onlyPicture } from '../components/only-picture.ts';
import { PageElement } from '../page.ts';
import { words } from '../words/words.ts';

class EarlierAnswers extends PageElement {
  static override properties = { answers: { attribute: false }, frameUrl: { attribute: false } };

  declare answers: readonly JsonObject[];
  /** Of the task's page, which says what was drawn on. */
  declare frameUrl: string;
  #picture: string | undefined;
  #lookedAt: string | undefined;

  protected override willUpdate(): void {
    if (this.#lookedAt === this.frameUrl || !fieldRows(this.answers).some(isDrawn)) return;
    this.#lookedAt = this.frameUrl;
    void this.#findPicture();
  }

  /** Without it the marks stand on a plain ground. */
  async #findPicture(): Promise<void> {
    const reply = await fetch(this.frameUrl).catch(() => undefined);
    this.#picture = reply?.ok ? onlyPicture(await reply.text().catch(() => '')) : undefined;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const rows = fieldRows(this.answers);
    const names = this.answers.map((_, index) => words.work.answerNumber(index + 1));
    const said = (counts: readonly number[]) => counts.map((count, index) => `${names[index]}: ${count}`).join(', ');
    return html`<details class="earlier-answers" open>
      <summary>${words.work.earlierAnswers}</summary>
      <div class="earlier-content">
        ${rows.map((row) =>
          drawnField(row, this.answers, {
            names,
            picture: this.#picture,
            label: (counts) => words.work.drawn(row.path, said(counts)),
          }),
        )}
        <div class="earlier-table" tabindex="0" role="region" aria-label=${words.work.sideBySide}>
          <table>
            <thead><tr>
              <th scope="col">${words.work.field}</th>
              ${names.map((name) => html`<th scope="col">${name}</th>`)}
            </tr></thead>
            <tbody>
              ${rows.map(
                ({ path, values, differs }) => html`<tr class=${differs ? 'differs' : ''}>
                  <th scope="row"><code>${path}</code>${differs ? html` <span class="differs-mark">${words.work.differs}</span>` : nothing}</th>
                  ${values.map((value) => html`<td>${shown(value)}</td>`)}
                </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </div>
    </details>`;
  }
}

function shown(value: unknown): TemplateResult | string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? valueText(value) : html`<code>${valueText(value)}</code>`;
}

customElements.define('holdpoint-earlier-answers', EarlierAnswers);
