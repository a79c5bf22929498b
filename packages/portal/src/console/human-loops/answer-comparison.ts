// The answers to a loop beside each other, differences marked; what was drawn on images over each other in the colours of who drew them.
import { html, nothing, type TemplateResult } from 'lit';
import { type FieldRow, fieldRows, type LoopAnswer } from '../../components/answer-fields.ts';
import { drawnField } from '../../components/drawn-field.ts';
import { swatches } from '../../components/drawn-shapes.ts';
import { duration, exactTime } from '../english.ts';

/** As much of a value as is read at once; masks are no reading matter. */
const mostText = 2000;

/** @param picture the address of the picture that was drawn on, where its size is known */
export function answerComparison(answers: readonly LoopAnswer[], picture: string | undefined): TemplateResult {
  if (answers.length === 0)
    return html`<p class="muted">No answer is there: none was given yet, or they are not kept any more.</p>`;
  const contents = answers.map(({ AnswerContent }) => JSON.parse(AnswerContent) as unknown);
  const rows = fieldRows(contents);
  const differing = rows.filter(({ differs }) => differs).length;
  return html`
    ${
      answers.length < 2
        ? nothing
        : html`<p role="note">${differing === 0 ? 'All answers say the same.' : `${differing} of ${rows.length} ${rows.length === 1 ? 'field differs' : 'fields differ'}.`}</p>`
    }
    ${rows.map((row) => drawing(row, contents, answers, picture))}
    <div class="comparison" tabindex="0" role="region" aria-label="Answers side by side">
      <table>
        <thead><tr>
          <th scope="col">Field</th>
          ${answers.map(
            (
              answer,
              index,
            ) => html`<th scope="col"><span class="swatch swatch-${index % swatches}" aria-hidden="true"></span>${nameOf(answer)}
              ${answer.IsAdjudication ? html`<span class="differs-mark">final</span>` : nothing}
              <span class="small muted">${duration(answer.TimeSpentInSeconds)}, ${exactTime(answer.SubmissionTime)}</span></th>`,
          )}
        </tr></thead>
        <tbody>
          ${
            rows.length === 0
              ? html`<tr><td colspan=${answers.length + 1} class="muted">Nothing was entered.</td></tr>`
              : rows.map(
                  ({ path, values, differs }) => html`<tr class=${differs ? 'differs' : ''}>
                    <th scope="row">${path}${differs ? html` <span class="differs-mark">differs</span>` : nothing}</th>
                    ${values.map((value) => html`<td>${valueText(value)}</td>`)}
                  </tr>`,
                )
          }
        </tbody>
      </table>
    </div>`;
}

const nameOf = ({ WorkerName, WorkerEmail, WorkerId }: LoopAnswer): string => WorkerName ?? WorkerEmail ?? WorkerId;

function valueText(value: unknown): TemplateResult {
  if (value === undefined) return html`<span class="muted">not there</span>`;
  if (typeof value === 'string')
    return html`<span class="wrap">${value === '' ? html`<span class="muted">empty</span>` : shortened(value)}</span>`;
  // One line for each item of a list: boxes are read beside each other so.
  const text = Array.isArray(value) ? value.map((item) => JSON.stringify(item)).join('\n') : JSON.stringify(value);
  return html`<code>${shortened(text)}</code>`;
}

const shortened = (text: string): string => (text.length <= mostText ? text : `${text.slice(0, mostText)}…`);

function drawing(
  row: FieldRow,
  contents: readonly unknown[],
  answers: readonly LoopAnswer[],
  picture: string | undefined,
): TemplateResult | typeof nothing {
  if (answers.length < 2) return nothing;
  const counts = (all: readonly number[]): string =>
    all.map((count, index) => `${nameOf(answers[index]!)} ${count}`).join(', ');
  return drawnField(row, contents, {
    picture,
    label: (all) => `Marks of ${row.path} over each other: ${counts(all)}`,
    names: answers.map(nameOf),
  });
}
