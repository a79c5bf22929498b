// The work page. Its phases: loading → working, and from there
//   working → submitted   the server took the answer
//   working → working     the server took the answer, and the next task was found ahead: it is taken and shown in its place
//   working → ended       the turn ended otherwise: time over, loop stopped or deleted, submitted in another window
//   loading → stopped     the worker put the task aside; Resume leads to working
//   loading → failed      the server could not be asked; Try again leads to loading
import type { AssignmentView, Draft, TaskKey } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { api } from '../api.ts';
import '../components/countdown.ts';
import { keyHint, keyShortcut } from '../components/key-hint.ts';
import { loading } from '../components/message.ts';
import type { FrameEvent, TaskFrame } from '../components/task-frame.ts';
import '../components/task-frame.ts';
import { onShortcut } from '../keys.ts';
import { onLive } from '../live.ts';
import { goTo, signInPath, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { continuesByItself } from '../settings.ts';
import { addressOf, keptWish } from '../task-wish.ts';
import { offerUndo } from '../undo.ts';
import { type DraftKeeper, type DraftState, findDraft, forgetLocally, keepDrafts } from './draft-keeper.ts';
import { type Ending, endingOf, endingOfError, timeOver } from './ending.ts';
import { decline, type Leaving, release, stop } from './leave-task.ts';
import { type LookAhead, lookAhead, type NextTask, takeNext } from './look-ahead.ts';
import { submitAnswer } from './submission.ts';
import { draftStatus, type WorkNotices, workNotices } from './work-notices.ts';
import { continueChoice, endedPage, endingAboveFrame, failedPage, stoppedPage } from './work-panels.ts';
import './submitted.ts';

type Phase = 'loading' | 'failed' | 'working' | 'stopped' | 'submitted' | 'ended';

export class Work extends PageElement {
  static override properties = { assignmentId: {}, continued: { type: Boolean }, reopened: { type: Boolean } };
  declare assignmentId: string;
  /** Came by itself from the task before. */
  declare continued: boolean;
  /** Its answer was taken back a moment ago. */
  declare reopened: boolean;
  #phase: Phase = 'loading';
  #view: AssignmentView | undefined;
  /** Milliseconds that the server's clock is ahead. */
  #ahead = 0;
  #ending: Ending | undefined;
  #failure: unknown;
  #sending = false;
  #tryNow: (() => void) | undefined;
  #leaving = false;
  #signedOut = false;
  #warning: string | undefined;
  #trouble: string | undefined;
  #frameLoading = true;
  #frameLost = false;
  /** Tells frames apart, so that "load again" makes a new one and one that was loaded ahead stays what it is. */
  #frameKey = 0;
  /** Where the page was loaded from. */
  #frameUrl: string | undefined;
  #looking: LookAhead | undefined;
  /** The frame that is loaded ahead, and whether its page is there. */
  #aheadFrame: { readonly key: number; readonly taskId: string; readonly url: string; isReady: boolean } | undefined;
  #framesMade = 0;
  /** What came of going on, when no other task could be shown. */
  #found: { readonly ahead: NextTask | undefined; readonly failure?: unknown } | undefined;
  #stopLive: (() => void) | undefined;
  #stopKeys: (() => void)[] = [];
  /** What was entered last, as far as is known. */
  #draft: Draft | undefined;
  #draftState: DraftState = 'none';
  #keeper: DraftKeeper | undefined;
  /** What was put back into the page is said, until the worker has seen it. */
  #restored: WorkNotices['restored'];
  #extending = false;
  /** The frame that got the draft. */
  #filled: TaskFrame | undefined;

  constructor() {
    super();
    this.assignmentId = '';
    this.continued = false;
    this.reopened = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopLive = onLive((event) => {
      if (event.type !== 'assignment' || (event.assignmentId ?? this.assignmentId) !== this.assignmentId) return;
      if (this.#phase === 'working' && !this.#sending && !this.#leaving) void this.#check();
    });
    this.#stopKeys = [
      ...[decline, release, stop].map((leaving) => onShortcut(leaving.shortcut, () => void this.#leaveByKey(leaving))),
      onShortcut('enter', () => void this.#frame()?.enter()),
    ];
    void this.#load();
  }

  override disconnectedCallback(): void {
    this.#stopLive?.();
    for (const stopKey of this.#stopKeys) stopKey();
    this.#keeper?.close();
    this.#looking?.close();
    super.disconnectedCallback();
  }

  async #load(resume = false): Promise<void> {
    this.#enter('loading');
    try {
      const view = resume ? await api.resume(this.assignmentId) : await api.assignment(this.assignmentId);
      if (view.status === 'open') this.#keepDrafts(await findDraft(this.assignmentId));
      this.#take(view);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'signed-out') return goTo(signInPath(workPath(this.assignmentId)), { replace: true });
      this.#failure = error;
      const ending = endingOfError(code, error);
      if (ending === undefined) this.#enter('failed');
      else void this.#end({ ...ending, keepsFrame: false });
    }
  }

  #keepDrafts(draft: Draft | undefined): void {
    this.#draft = draft;
    this.#restored = this.reopened ? 'reopened' : this.#draft && 'draft';
    this.#keeper?.close();
    this.#keeper = keepDrafts(this.assignmentId, (state) => {
      this.#draftState = state;
      this.requestUpdate();
    });
  }

  /** Something happened to the assignment: looks what, without disturbing the work if it goes on. */
  async #check(): Promise<void> {
    try {
      const view = await api.assignment(this.assignmentId);
      this.#signedOut = false;
      if (this.#phase === 'working' && !this.#sending && !this.#leaving) this.#take(view);
    } catch (error) {
      if (codeOf(error) === 'signed-out') this.#signedOut = true;
      const ending = endingOfError(codeOf(error), error);
      if (ending !== undefined && this.#phase === 'working' && !this.#sending) void this.#end(ending);
      this.requestUpdate();
    }
  }

  #take(view: AssignmentView): void {
    this.#view = view;
    this.#ahead = Date.parse(view.serverTime) - Date.now();
    document.title = `${view.title} – Holdpoint`;
    const ending = endingOf(view.status);
    if (ending !== undefined) void this.#end(this.#phase === 'working' ? ending : { ...ending, keepsFrame: false });
    else this.#enter(view.status === 'stopped' ? 'stopped' : 'working');
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    if (phase !== 'working') this.#lookNoFurther();
    this.requestUpdate();
  }

  async #end(ending: Ending): Promise<void> {
    this.#keeper?.close();
    this.#ending = ending;
    this.#enter('ended');
    await this.updateComplete;
    this.querySelector<HTMLElement>('.ending :is(h1, h2)')?.focus();
  }

  /** Another phase has another heading; the focus that was on the old one went with it. */
  protected override updated(): void {
    const frame = this.#frame();
    if (frame && frame !== this.#filled) {
      this.#filled = frame;
      frame.restore(this.#draft ?? null);
    }
    if (document.activeElement === document.body) this.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  #timeOver(): void {
    if (this.#phase === 'working' && !this.#sending) void this.#end(timeOver);
  }

  #frame(): TaskFrame | null {
    return [...this.querySelectorAll<TaskFrame>('holdpoint-task-frame')].find(({ ahead }) => !ahead) ?? null;
  }

  /** What comes next is looked for when this task can be worked on: it must not make that slower. */
  #look(): void {
    if (this.#phase === 'working') this.#looking ??= lookAhead(() => this.#followAhead());
  }

  #lookNoFurther(): void {
    this.#looking?.close();
    this.#looking = undefined;
    this.#aheadFrame = undefined;
  }

  #followAhead(): void {
    const { taskId, frameUrl: url } = this.#looking?.next ?? {};
    if (taskId === undefined || url === undefined) this.#aheadFrame = undefined;
    else if (this.#aheadFrame?.taskId !== taskId) {
      this.#framesMade += 1;
      this.#aheadFrame = { key: this.#framesMade, taskId, url, isReady: false };
    }
    this.requestUpdate();
  }

  /** A frame that was loaded ahead may have become that of the task in work since it was drawn. */
  #hearFrame({ key, taskId }: { key: number; taskId: string }, { detail }: CustomEvent<FrameEvent>): void {
    if (key === this.#frameKey) this.#hear(detail);
    if (key !== this.#aheadFrame?.key) return;
    if (detail.kind === 'ready') this.#aheadFrame.isReady = true;
    if (detail.kind === 'lost') this.#looking?.refused(taskId);
  }

  /** The answer is in: the task that was found ahead follows at once, whichever is first otherwise. */
  async #goOn(ahead: NextTask): Promise<void> {
    try {
      const taken = await takeNext(ahead);
      if (!this.isConnected) return;
      if (taken === undefined) {
        this.#found = { ahead: undefined };
        return this.#enter('submitted');
      }
      const { assignmentId, isAhead } = taken;
      const frame = this.#aheadFrame;
      if (!isAhead || frame?.taskId !== ahead.taskId)
        return goTo(workPath(assignmentId), { replace: true, continued: true });
      const [view, draft] = await Promise.all([api.assignment(assignmentId), findDraft(assignmentId)]);
      if (!this.isConnected) return;
      if (view.status !== 'open') return goTo(workPath(assignmentId), { replace: true, continued: true });
      this.#becomes(view, draft, frame);
    } catch (failure) {
      if (!this.isConnected) return;
      if (codeOf(failure) === 'signed-out') return goTo(signInPath('/portal'), { replace: true });
      this.#found = { ahead, failure };
      this.#enter('submitted');
    }
  }

  /** This page is now that of another task, whose frame is there already. */
  #becomes(
    view: AssignmentView,
    draft: Draft | undefined,
    frame: { key: number; url: string; isReady: boolean },
  ): void {
    this.#lookNoFurther();
    this.assignmentId = view.assignmentId;
    this.continued = true;
    this.reopened = false;
    [this.#frameKey, this.#frameUrl, this.#frameLoading] = [frame.key, frame.url, !frame.isReady];
    [this.#frameLost, this.#trouble, this.#warning, this.#ending] = [false, undefined, undefined, undefined];
    [this.#sending, this.#extending, this.#draftState] = [false, false, 'none'];
    this.#keepDrafts(draft);
    this.#take(view);
    goTo(workPath(view.assignmentId), { replace: true, stays: true });
    if (frame.isReady) void this.#showContinued();
  }

  /** Work goes on inside the frame. */
  async #showContinued(): Promise<void> {
    await this.updateComplete;
    window.scrollTo(0, 0);
    await this.#frame()?.enter();
    this.#look();
  }

  #hear(detail: FrameEvent): void {
    if (detail.kind === 'answer') void this.#submit(detail.answerContent);
    if (detail.kind === 'draft') this.#keep(detail.draft);
    if (detail.kind === 'trouble') this.#trouble ??= detail.message;
    if (detail.kind === 'lost') {
      this.#frameLost = true;
      // The likeliest reason is a session that ended meanwhile; then a way to sign in is offered too.
      void this.#check();
    }
    if (detail.kind === 'ready') {
      this.#frameLoading = false;
      this.#frameLost = false;
      const focused = document.activeElement;
      if (this.continued && (focused === document.body || focused?.tagName === 'H1')) void this.#frame()?.enter();
      this.#look();
    }
    this.requestUpdate();
  }

  #keep(draft: Draft): void {
    if (this.#phase !== 'working') return;
    this.#draft = draft;
    this.#restored = undefined;
    this.#keeper?.take(draft);
  }

  async #extend(): Promise<void> {
    if (this.#extending) return;
    this.#extending = true;
    try {
      this.#take(await api.extend(this.assignmentId));
    } catch (error) {
      const ending = endingOfError(codeOf(error), error);
      if (ending !== undefined) void this.#end(ending);
      else this.#warning = sentenceOf(error);
    }
    this.#extending = false;
    this.requestUpdate();
  }

  async #submit(answerContent: unknown): Promise<void> {
    if (this.#sending || this.#leaving || this.#phase === 'submitted') return;
    if (this.#phase === 'ended')
      return this.#frame()?.rejected(`${this.#ending?.title}. This answer can no longer be submitted.`);
    this.#sending = true;
    this.#warning = undefined;
    this.requestUpdate();
    try {
      const { undoMs } = await submitAnswer(this.assignmentId, answerContent, {
        lost: (tryNow) => {
          this.#tryNow = tryNow;
          this.requestUpdate();
        },
      });
      this.#frame()?.accepted();
      this.#keeper?.close();
      forgetLocally(this.assignmentId);
      this.#signedOut = false;
      const next = continuesByItself() ? this.#looking?.next : undefined;
      offerUndo({ assignmentId: this.assignmentId, title: this.#view?.title ?? 'Task', undoMs }, next !== undefined);
      // It stays "sending" until the next task is there, so that nothing is done to this one any more.
      if (next !== undefined) await this.#goOn(next);
      else this.#enter('submitted');
      this.#sending = false;
    } catch (error) {
      this.#sending = false;
      this.#refused(error);
    }
    this.#tryNow = undefined;
    this.requestUpdate();
  }

  /** The worker keeps what was entered, whatever the reason. */
  #refused(error: unknown): void {
    const code = codeOf(error);
    this.#signedOut = code === 'signed-out';
    this.#frame()?.rejected(
      this.#signedOut ? 'You are signed out. Sign in again in another tab, then submit.' : sentenceOf(error),
    );
    const ending = endingOfError(code, error);
    if (ending !== undefined) void this.#end(ending);
    else if (!this.#signedOut) this.#warning = sentenceOf(error);
  }

  /** What has no button has no key. */
  async #leaveByKey(leaving: Leaving): Promise<void> {
    if (this.#phase === 'working' && this.#leavings().includes(leaving)) await this.#leave(leaving);
  }

  #leavings(): readonly Leaving[] {
    return this.#view?.canStop ? [decline, release, stop] : [decline, release];
  }

  /** Those of the task, for the list of all keys. */
  async taskKeys(): Promise<readonly TaskKey[]> {
    return (await this.#frame()?.keys()) ?? [];
  }

  async #leave(leaving: Leaving): Promise<void> {
    const view = this.#view;
    if (view === undefined || this.#sending || this.#leaving) return;
    const departure = await leaving.ask(view);
    if (departure === undefined || this.#phase !== 'working' || this.#sending) return;
    this.#leaving = true;
    this.#warning = undefined;
    this.requestUpdate();
    try {
      await this.#keeper?.settled();
      await departure.send();
      this.#keeper?.close();
      forgetLocally(this.assignmentId);
      if (this.isConnected) return goTo(addressOf(keptWish()), { notice: departure.done });
    } catch (error) {
      const ending = endingOfError(codeOf(error), error);
      if (ending !== undefined) void this.#end(ending);
      else if (codeOf(error) === 'signed-out') this.#signedOut = true;
      else this.#warning = sentenceOf(error);
    }
    this.#leaving = false;
    this.requestUpdate();
  }

  protected override render() {
    if (this.#phase === 'loading')
      return html`<div class="page"><h1 tabindex="-1" class="visually-hidden">Task</h1>${loading('Opening the task…')}</div>`;
    if (this.#phase === 'submitted')
      return html`<div class="page">
        <holdpoint-submitted .found=${this.#found}></holdpoint-submitted>
      </div>`;
    if (this.#phase === 'failed') return failedPage(this.#failure, () => void this.#load());
    if (this.#phase === 'stopped' && this.#view !== undefined)
      return stoppedPage(this.#view, () => void this.#load(true));
    if (this.#view === undefined || (this.#phase === 'ended' && !this.#ending?.keepsFrame))
      return endedPage(this.#ending, this.#view?.title);
    return this.#renderWork(this.#view);
  }

  #renderWork(view: AssignmentView) {
    const over = this.#phase === 'ended';
    return html`<div class="work">
      <div class="work-head">
        <div class="work-what">
          <h1 tabindex="-1">${view.title}</h1>
          ${view.description === '' ? nothing : html`<p class="work-description">${view.description}</p>`}
          <p class="work-flow"><span class="visually-hidden">Flow: </span>${view.flowDefinitionName}${over ? nothing : draftStatus(this.#draftState)}${over ? nothing : continueChoice()}</p>
        </div>
        ${over ? nothing : this.#renderActions(view)}
      </div>
      ${over ? endingAboveFrame(this.#ending) : this.#renderNotices()}
      ${this.#frameLost ? this.#renderFrameLost() : nothing}
      ${this.#renderFrame(view)}
    </div>`;
  }

  #renderActions(view: AssignmentView) {
    return html`
      <holdpoint-countdown .deadline=${view.deadline} .ahead=${this.#ahead} .extendSeconds=${view.extendSeconds}
        @time-over=${this.#timeOver} @extend=${() => void this.#extend()}></holdpoint-countdown>
      <div class="work-actions">
        ${this.#leavings().map(
          (leaving) => html`<button type="button" class="button" aria-keyshortcuts=${keyShortcut(leaving.shortcut)}
            aria-disabled=${this.#sending || this.#leaving ? 'true' : nothing}
            @click=${() => this.#leave(leaving)}>${leaving.button}${keyHint(leaving.shortcut)}</button>`,
        )}
      </div>`;
  }

  #renderNotices() {
    const close = (what: 'warning' | 'trouble' | 'restored') => () => {
      if (what === 'warning') this.#warning = undefined;
      if (what === 'trouble') this.#trouble = '';
      if (what === 'restored') this.#restored = undefined;
      this.requestUpdate();
    };
    return workNotices({
      tryNow: this.#sending ? this.#tryNow : undefined,
      isSending: this.#sending,
      isSignedOut: this.#signedOut,
      draftState: this.#draftState,
      restored: this.#restored,
      warning: this.#warning,
      trouble: this.#trouble,
      startAnew: () => this.#startAnew(),
      close,
    });
  }

  /** The page as it was sent, without what was entered. */
  #startAnew(): void {
    this.#draft = undefined;
    this.#restored = undefined;
    this.#loadFrame();
  }

  #loadFrame(): void {
    this.#framesMade += 1;
    this.#frameKey = this.#framesMade;
    this.#frameUrl = undefined;
    this.#frameLost = false;
    this.#frameLoading = true;
    this.requestUpdate();
  }

  #renderFrameLost() {
    return html`<div class="notice notice-warning" role="alert">
      <p>The page of this task did not load as it should.</p>
      <button type="button" class="button button-quiet" @click=${() => this.#loadFrame()}>Load it again</button>
    </div>`;
  }

  #renderFrame(view: AssignmentView) {
    const ahead = this.#aheadFrame;
    const frames = [
      { key: this.#frameKey, taskId: view.taskId, url: this.#frameUrl ?? view.frameUrl, isAhead: false },
      ...(ahead ? [{ ...ahead, isAhead: true }] : []),
    ];
    return html`<div class="frame-bar ${this.#frameLoading && !this.#frameLost ? 'frame-bar-busy' : ''}"></div>
      <div class="frames">
        ${repeat(
          frames,
          ({ key }) => key,
          (frame) => html`<holdpoint-task-frame .src=${frame.url} .ahead=${frame.isAhead}
            @frame=${(event: CustomEvent<FrameEvent>) => this.#hearFrame(frame, event)}></holdpoint-task-frame>`,
        )}
      </div>`;
  }
}

customElements.define('holdpoint-work', Work);
