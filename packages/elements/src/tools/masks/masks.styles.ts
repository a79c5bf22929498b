import { css } from '../../base.ts';

export const masksStyles = css`
  .mask {
    forced-color-adjust: none;
    height: 100%;
    left: 0;
    opacity: var(--mark-opacity);
    pointer-events: none;
    position: absolute;
    top: 0;
    width: 100%;
    /* In a layer of its own: the image below it is not painted anew with each stroke. */
    will-change: transform;
  }
  .ring {
    border: 1.5px solid #fff;
    border-radius: 50%;
    box-shadow: 0 0 0 1.5px #000;
    box-sizing: border-box;
    forced-color-adjust: none;
    left: 0;
    pointer-events: none;
    position: absolute;
    top: 0;
    visibility: hidden;
    will-change: transform;
  }
  .ring.erasing {
    border-style: dashed;
  }
  .ring.down {
    border-color: #ffd400;
  }
  .sketch {
    forced-color-adjust: none;
    height: 100%;
    left: 0;
    pointer-events: none;
    position: absolute;
    top: 0;
    width: 100%;
  }
  .sketch polyline {
    fill: none;
    stroke-linejoin: round;
  }
  .sketch .halo {
    stroke: rgb(0 0 0 / 65%);
    stroke-width: 4.5px;
  }
  .sketch .stroke {
    stroke-width: 2px;
  }
  .sketch circle {
    fill: #fff;
    stroke: #18212b;
    stroke-width: 1.5px;
  }
  .sketch circle.closing {
    fill: #35d04f;
  }
  .size input {
    accent-color: var(--crowd-accent);
    width: 120px;
  }
  .pixels {
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
    min-width: 3.5em;
  }
`;
