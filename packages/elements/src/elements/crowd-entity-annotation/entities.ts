// Spans as the answer and `initial-value` have them.
import { isPlainObject } from '../../base.ts';
import type { CodePoints } from '../../tools/text/code-points.ts';
import type { Span } from '../../tools/text/spans.ts';

/** Offsets count code points; the start is in the span, the end is not. */
export interface Entity {
  readonly endOffset: number;
  readonly label: string;
  readonly startOffset: number;
}

export interface EntityAnswer {
  entities: Entity[];
  initialValueModified?: boolean;
}

/** The list in a value of `initial-value`: the bare list, or an answer that holds it. Undefined for anything else. */
export function entityList(value: unknown): readonly unknown[] | undefined {
  const list = isPlainObject(value) ? value.entities : value;
  return Array.isArray(list) ? list : undefined;
}

/** The spans of the entities that can be read and lie in the text, each once. */
export function spansOf(entities: readonly unknown[], points: CodePoints): Span[] {
  const seen = new Set<string>();
  return entities.flatMap((entity, id) => {
    if (!isPlainObject(entity)) return [];
    const { startOffset, endOffset, label } = entity;
    if (!isOffset(startOffset) || !isOffset(endOffset) || typeof label !== 'string') return [];
    if (startOffset >= endOffset || endOffset > points.length) return [];
    const key = JSON.stringify([startOffset, endOffset, label]);
    if (seen.size === seen.add(key).size) return [];
    return [{ id, start: points.positionAt(startOffset), end: points.positionAt(endOffset), label }];
  });
}

/** Spans as JSON has them, in a text of this length. Undefined where they are in a longer one, or are none. */
export function readSpans(value: unknown, length: number): Span[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const spans = value
    .filter(isPlainObject)
    .map(({ start, end, label }, id) => ({ id, start: Number(start), end: Number(end), label: String(label) }));
  return spans.every(({ start, end }) => start >= 0 && start < end && end <= length) ? spans : undefined;
}

const isOffset = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

export const entitiesOf = (spans: readonly Span[], points: CodePoints): Entity[] =>
  spans.map(({ start, end, label }) => ({
    endOffset: points.offsetAt(end),
    label,
    startOffset: points.offsetAt(start),
  }));

/** Whether both hold the same spans, whatever their age; neither holds one twice. */
export function areSameSpans(some: readonly Span[], others: readonly Span[]): boolean {
  if (some.length !== others.length) return false;
  const keyOf = ({ start, end, label }: Span) => `${start} ${end} ${label}`;
  const wanted = new Set(others.map(keyOf));
  return some.every((span) => wanted.has(keyOf(span)));
}
