import type { Json } from '@holdpoint/protocol';
import type { Consolidation } from './consolidate-answers.ts';
import { isRecord } from './field-kind.ts';

/**
 * What answers come to where an adjudicator has decided: the value of each field is that of the adjudicator, whatever most say.
 * How sure the values of all answers together would have been, and how far workers agree, stays as it is.
 *
 * @param content of the adjudicator's answer
 */
export function decidedBy(content: Json, consolidation: Consolidation): Consolidation {
  const fields = Object.entries(consolidation.fields).map(([name, { value: _merged, ...field }]) => {
    const value = isRecord(content) ? content[name] : content;
    return [name, { ...field, method: 'adjudication', ...(value !== undefined && { value }) }] as const;
  });
  return { ...consolidation, answerContent: content, fields: Object.fromEntries(fields) };
}
