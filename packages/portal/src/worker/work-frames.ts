// The frames of the work page: that of the task in work, and behind it that of the task which comes next, loaded ahead. A frame
// that moved would load its page anew, so the one behind comes to the front where it is.
import type { AssignmentView } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { FrameEvent } from '../components/task-frame.ts';
import '../components/task-frame.ts';
import { words } from '../words/words.ts';
import { type LookAhead, lookAhead, type NextTask } from './look-ahead.ts';

interface Frame {
  /** Tells frames apart, so that "load again" makes a new one and one that was loaded ahead stays what it is. */
  readonly key: number;
  /** Undefined for the page that the assignment names. */
  readonly url: string | undefined;
  isReady: boolean;
}

export interface WorkFrames {
  /** Looks what comes next: when this task can be worked on, since that must not make it slower. */
  look(): void;
  lookNoFurther(): void;
  /** What comes next, as far as it is known. From then on nothing else is looked for, and its frame stays. */
  fixNext(): NextTask | undefined;
  /** Whether the page of a task is loaded ahead. */
  isAhead(taskId: string): boolean;
  /** Brings the frame of a task that was loaded ahead to the front. @returns whether there is one */
  bringForward(taskId: string): boolean;
  /** Whether the page of the task in work is there. */
  readonly isReady: boolean;
  /** Loads the page of the task in work anew, as it was sent. */
  loadAnew(): void;
  render(view: AssignmentView): TemplateResult;
}

/** @param page is told when something else is to be drawn, and what the frame of the task in work tells */
export function workFrames(page: { changed: () => void; hear: (event: FrameEvent) => void }): WorkFrames {
  let made = 0;
  const newFrame = (url?: string): Frame => {
    made += 1;
    return { key: made, url, isReady: false };
  };
  let inWork = newFrame();
  let isLost = false;
  let ahead: { readonly taskId: string; readonly frame: Frame } | undefined;
  let looking: LookAhead | undefined;

  function follow(): void {
    const { taskId, frameUrl } = looking?.next ?? {};
    if (taskId === undefined || frameUrl === undefined) ahead = undefined;
    else if (ahead?.taskId !== taskId) ahead = { taskId, frame: newFrame(frameUrl) };
    page.changed();
  }

  /** A frame that was loaded ahead may be that of the task in work since it was drawn. */
  function hear(frame: Frame, detail: FrameEvent): void {
    if (detail.kind === 'ready') frame.isReady = true;
    if (frame === inWork) {
      if (detail.kind === 'lost' || detail.kind === 'ready') isLost = detail.kind === 'lost';
      page.hear(detail);
    } else if (frame === ahead?.frame && detail.kind === 'lost') {
      const { taskId } = ahead;
      ahead = undefined;
      looking?.refused(taskId);
      page.changed();
    }
  }

  function loadAnew(): void {
    inWork = newFrame();
    isLost = false;
    page.changed();
  }

  const renderLost = () => html`<div class="notice notice-warning" role="alert">
    <p>${words.work.frameLost}</p>
    <button type="button" class="button button-quiet" @click=${loadAnew}>${words.work.loadAgain}</button>
  </div>`;

  return {
    look() {
      looking ??= lookAhead(follow);
    },
    lookNoFurther() {
      looking?.close();
      looking = undefined;
      ahead = undefined;
    },
    fixNext() {
      const next = looking?.next;
      looking?.close();
      return next;
    },
    isAhead: (taskId) => ahead?.taskId === taskId,
    bringForward(taskId) {
      if (ahead?.taskId !== taskId) return false;
      inWork = ahead.frame;
      ahead = undefined;
      looking = undefined;
      isLost = false;
      return true;
    },
    get isReady() {
      return inWork.isReady;
    },
    loadAnew,
    render(view) {
      return html`${isLost ? renderLost() : nothing}
        <div class="frame-bar ${inWork.isReady || isLost ? '' : 'frame-bar-busy'}"></div>
        <div class="frames">
          ${repeat(
            ahead ? [inWork, ahead.frame] : [inWork],
            ({ key }) => key,
            (frame) => html`<holdpoint-task-frame .src=${frame.url ?? view.frameUrl} .ahead=${frame !== inWork}
              @frame=${({ detail }: CustomEvent<FrameEvent>) => hear(frame, detail)}></holdpoint-task-frame>`,
          )}
        </div>`;
    },
  };
}
