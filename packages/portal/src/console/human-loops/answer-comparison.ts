// The answers to a loop beside each other, differences marked; boxes drawn over each other in the colours of who drew them.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { boxesOf, type FieldRow, fieldRows, imageSize, type LoopAnswer } from '../../components/answer-fields.ts';
import { duration, exactTime } from '../english.ts';

/** As much of a value as is read at once; masks are no reading matter. */
const mostText = 2000;

/** @param picture the address of the picture that boxes are drawn on, where its size is known */
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
            ) => html`<th scope="col"><span class="swatch swatch-${index % 6}" aria-hidden="true"></span>${nameOf(answer)}
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
  { path, values }: FieldRow,
  contents: readonly unknown[],
  answers: readonly LoopAnswer[],
  picture: string | undefined,
): TemplateResult | typeof nothing {
  const boxes = values.map(boxesOf);
  if (answers.length < 2 || boxes.every((one) => one === undefined)) return nothing;
  const all = boxes.flatMap((one) => one ?? []);
  const known = contents.map((content) => imageSize(content, path)).find((one) => one !== undefined);
  const size = known ?? {
    width: Math.max(...all.map(({ left, width }) => left + width)),
    height: Math.max(...all.map(({ top, height }) => top + height)),
  };
  const unit = Math.max(size.width, size.height) / 100;
  const said = boxes.map((one, index) => `${nameOf(answers[index]!)} ${one?.length ?? 0}`).join(', ');
  return html`<figure class="overlay">
    <svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Boxes of ${path} over each other: ${said}">
      <rect x="0" y="0" width=${size.width} height=${size.height} class="overlay-ground" />
      ${known && picture ? svg`<image href=${picture} width=${size.width} height=${size.height} preserveAspectRatio="none" />` : nothing}
      ${boxes.map((one, index) =>
        (one ?? []).map(
          ({ left, top, width, height, label }) => svg`<g class="overlay-box swatch-line-${index % 6}">
            <rect class="overlay-halo" x=${left} y=${top} width=${width} height=${height} stroke-width=${unit}></rect>
            <rect x=${left} y=${top} width=${width} height=${height} stroke-width=${unit / 2}></rect>
            <text x=${left + unit / 2} y=${top + unit * (3 + 3 * index)} font-size=${unit * 2.6} stroke-width=${unit / 2}>${label}</text>
          </g>`,
        ),
      )}
    </svg>
    <figcaption class="small">${path}: ${answers.map(
      (answer, index) =>
        html`<span class="overlay-who"><span class="swatch swatch-${index % 6}" aria-hidden="true"></span>${nameOf(answer)}</span> `,
    )}</figcaption>
  </figure>`;
}
