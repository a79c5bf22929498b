import { css } from '../../base.ts';

export const shapesStyles = css`
  .shapes {
    forced-color-adjust: none;
    opacity: var(--mark-opacity);
    /* A layer of its own: what lies under it is not painted again while a shape is dragged. */
    will-change: transform;
  }
  .shapes.handles {
    opacity: 1;
    will-change: auto;
  }
  .shape path {
    fill: none;
    stroke-linecap: round;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .shape.dense path {
    stroke-linecap: butt;
    stroke-linejoin: bevel;
  }
  .shape .halo {
    stroke: rgb(0 0 0 / 65%);
    stroke-width: 4.5px;
  }
  .shape .stroke {
    fill-opacity: 0.12;
    stroke-width: 2px;
  }
  .shape.open .stroke {
    fill: none;
  }
  .shape.emphasised .stroke {
    fill-opacity: 0.28;
    stroke-width: 3.5px;
  }
  .shape.emphasised .halo {
    stroke: #000;
    stroke-width: 6.5px;
  }
  .shape.closing .stroke {
    /* Over the label's own colour, which stands at the path. */
    stroke: #35d04f !important;
  }
  .shape circle {
    stroke: #fff;
    stroke-width: 1.5px;
  }
  .shape circle.halo {
    fill: none;
    stroke: rgb(0 0 0 / 75%);
    stroke-width: 4.5px;
  }
  .shape text {
    fill: #fff;
    font: 600 12px / 1 var(--crowd-font, system-ui, sans-serif);
    paint-order: stroke;
    stroke: rgb(0 0 0 / 85%);
    stroke-linejoin: round;
    stroke-width: 3.5px;
  }
  .handle {
    fill: #fff;
    stroke: #18212b;
    stroke-width: 1.5px;
  }
  .handle.active {
    fill: #ffd400;
    stroke-width: 2.5px;
  }
  .handle.closing {
    fill: #35d04f;
  }
  .handle.middle {
    fill: rgb(255 255 255 / 65%);
    stroke-width: 1px;
  }
`;
