import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const tick = svg`<path d="m5 12.5 4.5 4.5L19 7" />`;
const disc = svg`<circle cx="12" cy="12" r="9" />`;
const lens = svg`<circle cx="10.5" cy="10.5" r="6" /><path d="m15 15 5.5 5.5" />`;

/** The icon names in use, and usual ones beside them, drawn on a 24 × 24 grid with strokes. */
const shapes: Readonly<Record<string, SVGTemplateResult>> = {
  add: svg`<path d="M12 5v14M5 12h14" />`,
  'arrow-back': svg`<path d="M20 12H4M11 5l-7 7 7 7" />`,
  'arrow-forward': svg`<path d="M4 12h16M13 5l7 7-7 7" />`,
  check: tick,
  'chevron-left': svg`<path d="m15 5-7 7 7 7" />`,
  'chevron-right': svg`<path d="m9 5 7 7-7 7" />`,
  done: tick,
  'expand-less': svg`<path d="m5 15 7-7 7 7" />`,
  'expand-more': svg`<path d="m5 9 7 7 7-7" />`,
  favorite: svg`<path d="M12 20 4 12a5 5 0 0 1 8-6 5 5 0 0 1 8 6z" />`,
  flag: svg`<path d="M5 21V4h13l-3 5 3 5H5" />`,
  help: svg`${disc}<path d="M9.2 9.2a2.8 2.8 0 1 1 4.3 2.4c-1 .6-1.5 1.1-1.5 2.2M12 16.8v.4" />`,
  home: svg`<path d="m3 12 9-8 9 8M6 10v10h12V10" />`,
  'open-in-new': svg`<path d="M11 5H5v14h14v-6M14 4h6v6M20 4l-9 9" />`,
  refresh: svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9M20 4v5h-5" />`,
  remove: svg`<path d="M5 12h14" />`,
  save: svg`<path d="M4 4h13l3 3v13H4zM8 4v5h7V4M8 20v-6h8v6" />`,
  send: svg`<path d="m3 4 18 8-18 8 3-8zM6 12h15" />`,
  visibility: svg`<path d="M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12z" /><circle cx="12" cy="12" r="3" />`,
  'zoom-in': svg`${lens}<path d="M10.5 8v5M8 10.5h5" />`,
  'zoom-out': svg`${lens}<path d="M8 10.5h5" />`,
  close: svg`<path d="m6 6 12 12M18 6 6 18" />`,
  delete: svg`<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13" />`,
  edit: svg`<path d="m5 19 1-4L16 5l3 3L9 18zM14 7l3 3" />`,
  error: svg`${disc}<path d="m9 9 6 6M15 9l-6 6" />`,
  info: svg`${disc}<path d="M12 11v6M12 7.2v.6" />`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16" />`,
  'question-answer': svg`<path d="M3 4h12v9H7l-4 3zM17 9h4v11l-4-3H9v-1" />`,
  'report-problem': svg`<path d="M12 4 2.5 20h19zM12 10v4.5M12 16.8v.6" />`,
  search: lens,
  settings: svg`<circle cx="12" cy="12" r="3" /><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2" />`,
  star: svg`<path d="m12 3.5 2.6 5.6 6.1.7-4.5 4.2 1.2 6.1-5.4-3-5.4 3 1.2-6.1-4.5-4.2 6.1-.7z" />`,
  success: svg`${disc}<path d="m8 12.5 2.8 2.8L16 9.5" />`,
};

/** A decorative drawing, or nothing when the name is not known. */
export function icon(name: string): TemplateResult | typeof nothing {
  const shape = shapeOf(name);
  return shape ? draw(shape) : nothing;
}

/** What stands for a button or a mark: an icon by its name, a picture by its address, a disc where there is no such icon. */
export function iconOrPicture(value: string): TemplateResult | typeof nothing {
  if (value === '') return nothing;
  if (!/^(?:[\w-]+:)?[\w-]+$/.test(value) && /[/.:]/.test(value)) {
    return html`<img src=${value} alt="" width="20" height="20" />`;
  }
  return draw(shapeOf(value) ?? disc);
}

/** A name in words for what has no other: of an icon, or of the file of a picture. */
export const nameOf = (value: string): string => value.replace(/^.*[:/]/, '').replaceAll('-', ' ');

/** Names may stand with the name of their set: `icons:star`. */
const shapeOf = (name: string): SVGTemplateResult | undefined => {
  const bare = name.replace(/^[\w-]+:/, '');
  return Object.hasOwn(shapes, bare) ? shapes[bare] : undefined;
};

function draw(shape: SVGTemplateResult): TemplateResult {
  return html`<svg
    width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
  >${shape}</svg>`;
}
