// What others have answered, side by side, for whoever decides about it.
import type { JsonObject } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { fieldRows } from '../components/answer-fields.ts';
import { words } from '../words/words.ts';

/** As much of a value as is read at once; masks are no reading matter. */
const mostText = 2000;

export const earlierAnswers = (answers: readonly JsonObject[]) => html`<details class="earlier-answers" open>
  <summary>${words.work.earlierAnswers}</summary>
  <div class="earlier-table" tabindex="0" role="region" aria-label=${words.work.sideBySide}>
    <table>
      <thead><tr>
        <th scope="col">${words.work.field}</th>
        ${answers.map((_, index) => html`<th scope="col">${words.work.answerNumber(index + 1)}</th>`)}
      </tr></thead>
      <tbody>
        ${fieldRows(answers).map(
          ({ path, values, differs }) => html`<tr class=${differs ? 'differs' : ''}>
            <th scope="row">${path}${differs ? html` <span class="differs-mark">${words.work.differs}</span>` : nothing}</th>
            ${values.map((value) => html`<td>${textOf(value)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>
</details>`;

/** One line for each item of a list: boxes are read beside each other so. */
function textOf(value: unknown): string {
  if (value === undefined) return '–';
  const text =
    typeof value === 'string'
      ? value
      : Array.isArray(value)
        ? value.map((item) => JSON.stringify(item)).join('\n')
        : JSON.stringify(value);
  return text.length <= mostText ? text : `${text.slice(0, mostText)}…`;
}
