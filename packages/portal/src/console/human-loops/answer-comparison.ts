// The answers to a loop beside each other, differences marked; what was drawn on images over each other in the colours of who drew them.
import { html, nothing, type TemplateResult } from 'lit';
import { type FieldRow, fieldRows, type LoopAnswer, valueText } from '../../components/answer-fields.ts';
import { drawnField } from '../../components/drawn-field.ts';
import { swatches } from '../../components/drawn-shapes.ts';
import { duration, exactTime } from '../english.ts';

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
                    ${values.map((value) => html`<td>${shown(value)}</td>`)}
                  </tr>`,
                )
          }
        </tbody>
      </table>
    </div>`;
}

const nameOf = ({ WorkerName, WorkerEmail, WorkerId }: LoopAnswer): string => WorkerName ?? WorkerEmail ?? WorkerId;

function shown(value: unknown): TemplateResult {
  if (value === undefined) return html`<span class="muted">not there</span>`;
  if (value === '') return html`<span class="muted">empty</span>`;
  return typeof value === 'string'
    ? html`<span class="wrap">${valueText(value)}</span>`
    : html`<code>${valueText(value)}</code>`;
}

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
