// Values that know how they are escaped, so that text on its way to the page is escaped exactly once.

import { Drop } from 'liquidjs';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character]!) : text;
}

/** Escapes, but leaves entities that are already there. */
export function escapeHtmlOnce(text: string): string {
  return text.replace(/&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]{0,31});)|[<>"']/gi, (match) => entities[match]!);
}

function unescapeHtml(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => characters[entity]!);
}

/**
 * A value that a filter or a `capture` has marked. Filters and comparisons see `value`.
 * - `escaped`: came from `escape` or `escape_once`; printed as it is.
 * - `edited`: an escaped value that went through another filter, e.g. `| escape | append: x`; what is not yet an
 *   entity is escaped.
 * - `plain`: from `skip_autoescape` or `to_json`; printed as it is.
 * - `captured`: from `capture`. `value` has its data unescaped, so that filters such as `grant_read_access` see real
 *   names; printing escapes it once, and `skip_autoescape` prints `html`: literal markup with its data escaped once.
 */
export class Markup extends Drop {
  readonly kind: 'escaped' | 'edited' | 'plain' | 'captured';
  readonly value: string;
  readonly html: string;

  constructor(kind: Markup['kind'], value: string, html = value) {
    super();
    this.kind = kind;
    this.value = value;
    this.html = html;
  }

  override valueOf(): string {
    return this.value;
  }

  override toString(): string {
    return this.value;
  }

  /** `{{ captured.size }}`, the one property that strings have in Liquid. */
  override liquidMethodMissing(key: string | number): number | undefined {
    return key === 'size' ? this.value.length : undefined;
  }
}

/** What one output writes: `html` to the page; `text`, the same before escaping, to a `capture`. */
export interface Piece {
  html: string;
  text: string;
}

/** Turns a printed value into what is written: objects and arrays as JSON, nil as nothing, all but marked values escaped. */
export function toPiece(value: unknown): Piece {
  if (value instanceof Markup) {
    if (value.kind === 'captured') return { html: escapeHtml(value.value), text: value.value };
    if (value.kind === 'plain') return { html: value.value, text: value.value };
    const html = value.kind === 'edited' ? escapeHtmlOnce(value.value) : value.value;
    return { html, text: unescapeHtml(html) };
  }
  const text = toText(value);
  return { html: escapeHtml(text), text };
}

/** The text of a value as `{{ }}` shows it, before escaping. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  const plain = value instanceof Drop ? value.valueOf() : value;
  if (plain === null || plain === undefined) return '';
  return typeof plain === 'object' ? JSON.stringify(plain) : String(plain);
}
