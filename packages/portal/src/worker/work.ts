// The work page. Its phases: loading → working, and from there
//   working → submitted   the server took the answer
//   working → working     the server took the answer, and the next task was found ahead: it is taken and shown in its place
//   working → ended       the turn ended otherwise: time over, loop stopped or deleted, submitted in another window
//   loading → stopped     the worker put the task aside; Resume leads to working
//   loading → failed      the server could not be asked; Try again leads to loading
import type { AssignmentView, TaskKey } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { loading } from '../components/message.ts';
import type { FrameEvent, TaskFrame } from '../components/task-frame.ts';
import { onShortcut } from '../keys.ts';
import { onLive } from '../live.ts';
import { goTo, signInPath, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { continuesByItself } from '../settings.ts';
import { addressOf, keptWish } from '../task-wish.ts';
import { offerUndo } from '../undo.ts';
import { words } from '../words/words.ts';
import { findDraft } from './draft-keeper.ts';
import './earlier-answers.ts';
import { type Ending, endingOf, endingOfError, timeOver } from './ending.ts';
import { type Leaving, leavings, leavingsOf } from './leave-task.ts';
import { type NextTask, takeNext } from './look-ahead.ts';
import { submitAnswer } from './submission.ts';
import './submitted.ts';
import { taskDraft } from './task-draft.ts';
import { workFrames } from './work-frames.ts';
import { endedHead, workHead } from './work-head.ts';
import { workNotices } from './work-notices.ts';
import { endedPage, endingAboveFrame, failedPage, stoppedPage } from './work-panels.ts';

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
  #extending = false;
  #signedOut = false;
  #warning: string | undefined;
  #trouble: string | undefined;
  /** What came of going on, when no other task could be shown. */
  #found: { readonly ahead: NextTask | undefined; readonly failure?: unknown } | undefined;
  #stops: (() => void)[] = [];
  readonly #frames = workFrames({
    changed: () => this.requestUpdate(),
    hear: (event) => this.#hear(event),
  });
  readonly #draft = taskDraft(() => this.requestUpdate());

  constructor() {
    super();
    this.assignmentId = '';
    this.continued = false;
    this.reopened = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stops = [
      onLive((event) => {
        if (event.type !== 'assignment' || (event.assignmentId ?? this.assignmentId) !== this.assignmentId) return;
        if (this.#isAtWork()) void this.#check();
      }),
      ...leavings.map((leaving) => onShortcut(leaving.shortcut, () => void this.#leaveByKey(leaving))),
      onShortcut('enter', () => void this.#frame()?.enter()),
    ];
    void this.#load();
  }

  override disconnectedCallback(): void {
    for (const stopHearing of this.#stops) stopHearing();
    this.#draft.close();
    this.#frames.lookNoFurther();
    super.disconnectedCallback();
  }

  /** Nothing is on its way that ends it. */
  #isAtWork(): boolean {
    return this.#phase === 'working' && !this.#sending && !this.#leaving;
  }

  async #load(resume = false): Promise<void> {
    this.#enter('loading');
    try {
      const view = resume ? await api.resume(this.assignmentId) : await api.assignment(this.assignmentId);
      if (view.status === 'open')
        this.#draft.begin(this.assignmentId, await findDraft(this.assignmentId), this.reopened);
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

  /** Something happened to the assignment: looks what, without disturbing the work if it goes on. */
  async #check(): Promise<void> {
    try {
      const view = await api.assignment(this.assignmentId);
      this.#signedOut = false;
      if (this.#isAtWork()) this.#take(view);
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
    if (phase !== 'working') this.#frames.lookNoFurther();
    this.requestUpdate();
  }

  async #end(ending: Ending): Promise<void> {
    this.#draft.close();
    this.#ending = ending;
    this.#enter('ended');
    await this.updateComplete;
    this.querySelector<HTMLElement>('.ending :is(h1, h2)')?.focus();
  }

  /** What was asked for is refused: the turn is over, or the session, or else it is said. */
  #refused(error: unknown): void {
    const ending = endingOfError(codeOf(error), error);
    // No answer says nothing about the session.
    if (codeOf(error) !== 'unreachable') this.#signedOut = codeOf(error) === 'signed-out';
    if (ending !== undefined) void this.#end(ending);
    else if (codeOf(error) !== 'signed-out') this.#warning = sentenceOf(error);
  }

  /** Another phase has another heading; the focus that was on the old one went with it. */
  protected override updated(): void {
    this.#draft.fill(this.#frame());
    if (document.activeElement === document.body) this.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  #timeOver(): void {
    if (this.#phase === 'working' && !this.#sending) void this.#end(timeOver);
  }

  #frame(): TaskFrame | null {
    return [...this.querySelectorAll<TaskFrame>('holdpoint-task-frame')].find(({ ahead }) => !ahead) ?? null;
  }

  #hear(event: FrameEvent): void {
    if (event.kind === 'answer') void this.#submit(event.answerContent);
    if (event.kind === 'draft' && this.#phase === 'working') this.#draft.take(event.draft);
    if (event.kind === 'trouble') this.#trouble ??= event.message;
    // The likeliest reason is a session that ended meanwhile; then a way to sign in is offered too.
    if (event.kind === 'lost') void this.#check();
    if (event.kind === 'ready') {
      const focused = document.activeElement;
      if (this.continued && (focused === document.body || focused?.tagName === 'H1')) void this.#frame()?.enter();
      if (this.#phase === 'working') this.#frames.look();
    }
    this.requestUpdate();
  }

  async #extend(): Promise<void> {
    if (this.#extending) return;
    this.#extending = true;
    try {
      this.#take(await api.extend(this.assignmentId));
    } catch (error) {
      this.#refused(error);
    }
    this.#extending = false;
    this.requestUpdate();
  }

  async #submit(answerContent: unknown): Promise<void> {
    if (this.#sending || this.#leaving || this.#phase === 'submitted') return;
    if (this.#phase === 'ended')
      return this.#frame()?.rejected(words.ended.noLongerSubmitted(this.#ending?.title ?? ''));
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
      this.#draft.forget();
      this.#signedOut = false;
      const next = continuesByItself() ? this.#frames.fixNext() : undefined;
      offerUndo(
        { assignmentId: this.assignmentId, title: this.#view?.title ?? words.work.task, undoMs },
        next !== undefined,
      );
      // It stays "sending" until the next task is there, so that nothing is done to this one any more.
      if (next !== undefined) await this.#goOn(next);
      else this.#enter('submitted');
    } catch (error) {
      // The worker keeps what was entered, whatever the reason.
      this.#frame()?.rejected(codeOf(error) === 'signed-out' ? words.work.signedOutSubmit : sentenceOf(error));
      this.#refused(error);
    }
    this.#sending = false;
    this.#tryNow = undefined;
    this.requestUpdate();
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
      if (
        taken.isAhead &&
        this.#frames.isAhead(ahead.taskId) &&
        (await this.#becomes(taken.assignmentId, ahead.taskId))
      )
        return;
      if (this.isConnected) goTo(workPath(taken.assignmentId), { replace: true, continued: true });
    } catch (failure) {
      if (!this.isConnected) return;
      if (codeOf(failure) === 'signed-out') return goTo(signInPath('/portal'), { replace: true });
      this.#found = { ahead, failure };
      this.#enter('submitted');
    }
  }

  /** This page becomes that of another task, if its frame is there already. */
  async #becomes(assignmentId: string, taskId: string): Promise<boolean> {
    const [view, draft] = await Promise.all([api.assignment(assignmentId), findDraft(assignmentId)]);
    if (!this.isConnected || view.status !== 'open' || !this.#frames.bringForward(taskId)) return false;
    this.assignmentId = assignmentId;
    this.continued = true;
    this.reopened = false;
    [this.#trouble, this.#warning, this.#ending] = [undefined, undefined, undefined];
    [this.#sending, this.#extending] = [false, false];
    this.#draft.begin(assignmentId, draft, false);
    this.#take(view);
    goTo(workPath(assignmentId), { replace: true, stays: true });
    if (this.#frames.isReady) void this.#showContinued();
    return true;
  }

  /** Work goes on inside the frame. */
  async #showContinued(): Promise<void> {
    await this.updateComplete;
    window.scrollTo(0, 0);
    await this.#frame()?.enter();
    if (this.#phase === 'working') this.#frames.look();
  }

  /** What has no button has no key. */
  async #leaveByKey(leaving: Leaving): Promise<void> {
    if (this.#phase === 'working' && this.#view && leavingsOf(this.#view).includes(leaving)) await this.#leave(leaving);
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
    // Its page may have submitted by itself meanwhile, and another task be here.
    if (view.assignmentId !== this.assignmentId) return;
    this.#leaving = true;
    this.#warning = undefined;
    this.requestUpdate();
    try {
      await this.#draft.settled();
      await departure.send();
      this.#draft.forget();
      if (this.isConnected) return goTo(addressOf(keptWish()), { notice: departure.done });
    } catch (error) {
      this.#refused(error);
    }
    this.#leaving = false;
    this.requestUpdate();
  }

  protected override render() {
    if (this.#phase === 'loading')
      return html`<div class="page"><h1 tabindex="-1" class="visually-hidden">${words.work.task}</h1>${loading(words.work.opening)}</div>`;
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
    const isOver = this.#phase === 'ended';
    return html`<div class="work">
      ${isOver ? endedHead(view) : this.#renderHead(view)}
      ${isOver ? endingAboveFrame(this.#ending) : this.#renderNotices()}
      ${
        view.earlierAnswers
          ? html`<holdpoint-earlier-answers .answers=${view.earlierAnswers} .frameUrl=${view.frameUrl}></holdpoint-earlier-answers>`
          : nothing
      }
      ${this.#frames.render(view)}
    </div>`;
  }

  #renderHead(view: AssignmentView) {
    return workHead({
      view,
      serverIsAhead: this.#ahead,
      draftState: this.#draft.state,
      isBusy: this.#sending || this.#leaving,
      leave: (leaving) => void this.#leave(leaving),
      extend: () => void this.#extend(),
      timeOver: () => this.#timeOver(),
    });
  }

  #renderNotices() {
    return workNotices({
      tryNow: this.#sending ? this.#tryNow : undefined,
      isSending: this.#sending,
      isSignedOut: this.#signedOut,
      draftState: this.#draft.state,
      restored: this.#draft.restored,
      warning: this.#warning,
      trouble: this.#trouble,
      startAnew: () => {
        this.#draft.startAnew();
        this.#frames.loadAnew();
      },
      close: {
        restored: () => this.#draft.seen(),
        warning: () => {
          this.#warning = undefined;
          this.requestUpdate();
        },
        trouble: () => {
          this.#trouble = '';
          this.requestUpdate();
        },
      },
    });
  }
}

customElements.define('holdpoint-work', Work);
