import { html, nothing, svg } from '../base.ts';

/** What the buttons of tools show, drawn on a 24 × 24 grid with strokes. */
const shapes: Readonly<Record<string, unknown>> = {
  auto: svg`<path d="M12 4c4 0 7 3 7 8s-3 8-7 8-7-3-7-8 3-8 7-8" stroke-dasharray="3 3" /><path d="M12 3v3M12 18v3M3.500 12h3M17.500 12h3" />`,
  brush: svg`<path d="M20 4c-5 2-9 5-11 9l2 2c4-2 7-6 9-11zM9 13c-3 0-4 2-4 4 0 1-1 2-2 2 2 2 8 2 8-4" />`,
  cross: svg`<path d="m7 7 10 10M17 7 7 17" />`,
  delete: svg`<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13" />`,
  down: svg`<path d="m6 10 6 6 6-6" />`,
  duplicate: svg`<path d="M9 9h11v11H9zM15 9V4H4v11h5" />`,
  eraser: svg`<path d="M4 15 14 5l6 6-9 9H8zM9 10l6 6M11 20h9" />`,
  fill: svg`<path d="m4 12 8-8 8 8-8 8zM4 12h16M10 6 8 4M20 16c1 2 1.500 3 1.500 3.500a1.500 1.500 0 0 1-3 0C18.500 19 19 18 20 16z" />`,
  fit: svg`<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" />`,
  grip: svg`<path d="M9 6v.01M9 12v.01M9 18v.01M15 6v.01M15 12v.01M15 18v.01" />`,
  keypoint: svg`<circle cx="12" cy="12" r="3" /><path d="M12 3v4M12 17v4M3 12h4M17 12h4" />`,
  line: svg`<path d="M6.5 17.5l11-11" /><circle cx="5" cy="19" r="2" /><circle cx="19" cy="5" r="2" />`,
  merge: svg`<path d="M9 4a6 6 0 1 0 0 12 6 6 0 1 0 0-12M15 8a6 6 0 1 1-6 6" />`,
  move: svg`<path d="M12 3v18M3 12h18M9.5 5.5 12 3l2.5 2.5M9.5 18.5 12 21l2.5-2.5M5.5 9.5 3 12l2.5 2.5M18.5 9.5 21 12l-2.5 2.5" />`,
  polygon: svg`<path d="m12 4 8 6-3 10H7L4 10z" />`,
  polyline: svg`<path d="m4 18 5-9 6 5 5-9" />`,
  rectangle: svg`<path d="M4 6h16v12H4z" />`,
  redo: svg`<path d="m15 5 4 4-4 4M19 9H10a5 5 0 0 0 0 10h3" />`,
  select: svg`<path d="m6 4 12 8-5.5 1L10 19z" />`,
  undo: svg`<path d="M9 5 5 9l4 4M5 9h9a5 5 0 0 1 0 10h-3" />`,
  up: svg`<path d="m6 14 6-6 6 6" />`,
  'zoom-in': svg`<circle cx="10.5" cy="10.5" r="6" /><path d="m15 15 5.5 5.5M8 10.5h5M10.5 8v5" />`,
  'zoom-out': svg`<circle cx="10.5" cy="10.5" r="6" /><path d="m15 15 5.5 5.5M8 10.5h5" />`,
};

/** A decorative drawing, or nothing when the name is not known. */
export function toolIcon(name: string): unknown {
  const shape = shapes[name];
  if (shape === undefined) return nothing;
  return html`<svg
    width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
  >${shape}</svg>`;
}
