// The side pane of an image tool: labels and marks.
import { guard, html } from '../../base.ts';
import { type LabelPane, renderLabelPane } from '../label-pane.ts';
import { type MarkList, renderMarkList } from '../mark-list.ts';

/** Long lists are rendered only when they have changed, not on each move of a pointer. */
export function renderSide(labels: LabelPane, marks: MarkList): unknown {
  const labelParts = [labels.labels, labels.chosen, labels.isDisabled, labels.filter, labels.below && Symbol()];
  const markParts = [marks.marks, marks.selected, marks.isDisabled];
  return html`${guard(labelParts, () => renderLabelPane(labels))}${guard(markParts, () => renderMarkList(marks))}`;
}
