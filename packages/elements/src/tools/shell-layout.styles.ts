import { css } from '../base.ts';

/**
 * Where the parts around a work area stand. What counts is the room that the element has, which in a portal or beside other
 * content has little to do with the window. The work area never gets less than about 55 % of it while something stands beside it:
 * below 700 px all parts stand one above the other; then the side pane stands beside the work area, with the instructions above
 * it; from 1400 px on the instructions have a column of their own. A tool whose side pane is worked in sets `--side-width`.
 */
export const shellLayout = css`
  :host {
    container: crowd-tool / inline-size;
    /* Without it the element would have no width of its own where it is not stretched. */
    contain-intrinsic-inline-size: min(60rem, 90vw);
    --side-width: clamp(220px, 21cqi, 280px);
  }
  .layout {
    align-items: stretch;
    display: flex;
    flex-direction: column;
    gap: 16px;
  }
  .content {
    flex: none;
  }
  .awsui-app-layout__navigation {
    max-height: none;
    max-width: 100%;
    position: static;
    resize: none;
    width: auto;
  }
  /* There is room for one of them only. */
  #instructions:has(+ .shortcuts:not([hidden])) {
    display: none;
  }
  .side {
    display: contents;
  }
  /* The labels are needed before the work area, all else after it. */
  .side > * {
    order: 3;
  }
  .side > .label-part {
    order: 1;
  }
  .content {
    order: 2;
  }
  @container crowd-tool (width < 700px) {
    .label-pane-content {
      flex-flow: row wrap;
      max-height: 30vh;
      overflow: auto;
      padding: 3px;
    }
    .label-button {
      width: auto;
    }
  }
  @container crowd-tool (width >= 700px) {
    .layout {
      align-items: start;
      display: grid;
      grid-template: 'content side' auto / minmax(0, 1fr) var(--side-width);
    }
    .content {
      grid-area: content;
    }
    .side {
      display: flex;
      flex-direction: column;
      gap: 8px;
      grid-area: side;
      max-height: calc(100vh - 24px);
      min-width: 0;
      overflow: auto;
      padding: 3px;
      position: sticky;
      top: 12px;
    }
    .mark-part {
      margin-top: 12px;
    }
    .awsui-app-layout__navigation {
      grid-area: instructions;
      max-height: 32vh;
    }
    .layout:has(> .awsui-app-layout__navigation:not([hidden])) {
      grid-template:
        'content instructions' auto
        'content side' 1fr / minmax(0, 1fr) var(--side-width);
      /* Together they are no higher than the window. */
      .side {
        max-height: calc(68vh - 40px);
      }
    }
  }
  @container crowd-tool (700px <= width < 1400px) {
    /* Templates set the width of the instructions by script: their column becomes as wide, as far as there is room. */
    .awsui-app-layout__navigation[style*='width'] {
      max-width: calc(45cqi - 16px);
    }
    .layout:has(> .awsui-app-layout__navigation[style*='width']:not([hidden])) {
      grid-template-columns: minmax(0, 1fr) minmax(var(--side-width), max-content);
      .side {
        min-width: 100%;
        width: 0;
      }
    }
  }
  @container crowd-tool (width >= 1400px) {
    .awsui-app-layout__navigation {
      max-height: calc(100vh - 24px);
      max-width: calc(45cqi - 32px - var(--side-width));
      position: sticky;
      resize: horizontal;
      top: 12px;
      width: clamp(240px, 19cqi, 300px);
    }
    .layout:has(> .awsui-app-layout__navigation:not([hidden])) {
      grid-template: 'instructions content side' auto / auto minmax(0, 1fr) var(--side-width);
      .side {
        max-height: calc(100vh - 24px);
      }
    }
  }
`;
