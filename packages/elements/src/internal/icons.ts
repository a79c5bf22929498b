import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

/** The icon names in use, drawn on a 24 × 24 grid with strokes. */
const shapes: Readonly<Record<string, SVGTemplateResult>> = {
  add: svg`<path d="M12 5v14M5 12h14" />`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7" />`,
  close: svg`<path d="m6 6 12 12M18 6 6 18" />`,
  delete: svg`<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13" />`,
  edit: svg`<path d="m5 19 1-4L16 5l3 3L9 18zM14 7l3 3" />`,
  error: svg`<circle cx="12" cy="12" r="9" /><path d="m9 9 6 6M15 9l-6 6" />`,
  info: svg`<circle cx="12" cy="12" r="9" /><path d="M12 11v6M12 7.2v.6" />`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16" />`,
  'question-answer': svg`<path d="M3 4h12v9H7l-4 3zM17 9h4v11l-4-3H9v-1" />`,
  'report-problem': svg`<path d="M12 4 2.5 20h19zM12 10v4.5M12 16.8v.6" />`,
  search: svg`<circle cx="10.5" cy="10.5" r="6" /><path d="m15 15 5.5 5.5" />`,
  settings: svg`<circle cx="12" cy="12" r="3" /><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2" />`,
  star: svg`<path d="m12 3.5 2.6 5.6 6.1.7-4.5 4.2 1.2 6.1-5.4-3-5.4 3 1.2-6.1-4.5-4.2 6.1-.7z" />`,
  success: svg`<circle cx="12" cy="12" r="9" /><path d="m8 12.5 2.8 2.8L16 9.5" />`,
};

/** A decorative drawing, or nothing when the name is not known. */
export function icon(name: string): TemplateResult | typeof nothing {
  const shape = shapes[name.replace(/^icons:/, '')];
  if (!shape) return nothing;
  return html`<svg
    width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
  >${shape}</svg>`;
}
