import type { RenderFault } from './render-request.ts';

const longestReason = 1024;
const opening = 'Task failed to render: [ ';
const closing = ' ].';
const more = '; … ].';

/**
 * The FailureReason of a human loop whose page could not be made, in the form that AWS's own loops show:
 * `Task failed to render: [ UndefinedTemplateVariable: 'undefined variable url'; … ].`
 *
 * @returns at most 1024 code points; errors that do not fit are left out, a single one that is too long is cut
 */
export function failureReason(errors: readonly RenderFault[]): string {
  const entries = errors.map(({ code, message }) => `${code}: '${message}'`);
  const whole = opening + entries.join('; ') + closing;
  if (length(whole) <= longestReason) return whole;
  let reason = '';
  for (const entry of entries) {
    const longer = reason === '' ? entry : `${reason}; ${entry}`;
    if (length(opening + longer + more) > longestReason) break;
    reason = longer;
  }
  return reason === '' ? opening + cut(errors) : opening + reason + more;
}

function cut(errors: readonly RenderFault[]): string {
  const [first] = errors;
  const ending = errors.length > 1 ? `…'${more}` : `…'${closing}`;
  const text = `${first!.code}: '${first!.message}`;
  return [...text].slice(0, longestReason - length(opening + ending)).join('') + ending;
}

/** In code points, as AWS counts. */
function length(text: string): number {
  return [...text].length;
}
