// The work page. Its phases: loading → working, and from there
//   working → submitted   the server took the answer
//   working → ended       the turn ended otherwise: time over, loop stopped or deleted, submitted in another window
//   loading → stopped     the worker put the task aside; Resume leads to working
//   loading → failed      the server could not be asked; Try again leads to loading
import type { AssignmentView } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { api } from '../api.ts';
import { confirm } from '../components/confirm.ts';
import '../components/countdown.ts';
import { loading, notice } from '../components/message.ts';
import type { FrameEvent, TaskFrame } from '../components/task-frame.ts';
import '../components/task-frame.ts';
import { onLive } from '../live.ts';
import { goTo, signInPath, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { type Ending, endingOf, endingOfError, timeOver } from './ending.ts';
import { decline, type Leaving, release, stop } from './leave-task.ts';
import { submitAnswer } from './submission.ts';
import { endedPage, endingAboveFrame, failedPage, stoppedPage } from './work-panels.ts';
import './submitted.ts';

type Phase = 'loading' | 'failed' | 'working' | 'stopped' | 'submitted' | 'ended';

class Work extends PageElement {
  static override properties = { assignmentId: {}, continued: { type: Boolean } };
  declare assignmentId: string;
  /** Came by itself from the task before. */
  declare continued: boolean;
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
  /** Counts loads of the frame, so that "load again" makes a new one. */
  #frameTurn = 0;
  #stopLive: (() => void) | undefined;

  constructor() {
    super();
    this.assignmentId = '';
    this.continued = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopLive = onLive((event) => {
      if (event.type !== 'assignment' || (event.assignmentId ?? this.assignmentId) !== this.assignmentId) return;
      if (this.#phase === 'working' && !this.#sending && !this.#leaving) void this.#check();
    });
    void this.#load();
  }

  override disconnectedCallback(): void {
    this.#stopLive?.();
    super.disconnectedCallback();
  }

  async #load(resume = false): Promise<void> {
    this.#enter('loading');
    try {
      this.#take(resume ? await api.resume(this.assignmentId) : await api.assignment(this.assignmentId));
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
    this.requestUpdate();
  }

  async #end(ending: Ending): Promise<void> {
    this.#ending = ending;
    this.#enter('ended');
    await this.updateComplete;
    this.querySelector<HTMLElement>('.ending :is(h1, h2)')?.focus();
  }

  /** Another phase has another heading; the focus that was on the old one went with it. */
  protected override updated(): void {
    if (document.activeElement === document.body) this.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  #timeOver(): void {
    if (this.#phase === 'working' && !this.#sending) void this.#end(timeOver);
  }

  #frame(): TaskFrame | null {
    return this.querySelector<TaskFrame>('holdpoint-task-frame');
  }

  #hear({ detail }: CustomEvent<FrameEvent>): void {
    if (detail.kind === 'answer') void this.#submit(detail.answerContent);
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
      if (this.continued && (focused === document.body || focused?.tagName === 'H1')) this.#frame()?.enter();
    }
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
      await submitAnswer(this.assignmentId, answerContent, {
        lost: (tryNow) => {
          this.#tryNow = tryNow;
          this.requestUpdate();
        },
      });
      this.#frame()?.accepted();
      this.#signedOut = false;
      this.#sending = false;
      this.#enter('submitted');
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

  async #leave(leaving: Leaving): Promise<void> {
    const view = this.#view;
    if (view === undefined || this.#sending || this.#leaving) return;
    if (!(await confirm(leaving.question(view))) || this.#phase !== 'working' || this.#sending) return;
    this.#leaving = true;
    this.#warning = undefined;
    this.requestUpdate();
    try {
      await leaving.send(this.assignmentId);
      if (this.isConnected) return goTo('/portal', { notice: leaving.done(view) });
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
    if (this.#phase === 'submitted') return html`<div class="page"><holdpoint-submitted></holdpoint-submitted></div>`;
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
          <p class="work-flow"><span class="visually-hidden">Flow: </span>${view.flowDefinitionName}</p>
        </div>
        ${over ? nothing : this.#renderActions(view)}
      </div>
      ${over ? endingAboveFrame(this.#ending) : this.#renderNotices()}
      ${this.#frameLost ? this.#renderFrameLost() : nothing}
      ${this.#renderFrame(view)}
    </div>`;
  }

  #renderActions(view: AssignmentView) {
    const leavings = view.canStop ? [decline, release, stop] : [decline, release];
    return html`
      <holdpoint-countdown .deadline=${view.deadline} .ahead=${this.#ahead} @time-over=${this.#timeOver}></holdpoint-countdown>
      <div class="work-actions">
        ${leavings.map(
          (
            leaving,
          ) => html`<button type="button" class="button" aria-disabled=${this.#sending || this.#leaving ? 'true' : nothing}
            @click=${() => this.#leave(leaving)}>${leaving.button}</button>`,
        )}
      </div>`;
  }

  #renderNotices() {
    return html`<div role="status" class="work-notices">
      ${
        this.#sending && this.#tryNow !== undefined
          ? html`<div class="notice notice-warning">
            <p>Connection lost. Your answer is kept and will be sent again by itself; leave this page open.</p>
            <button type="button" class="button button-quiet" @click=${() => this.#tryNow?.()}>Try now</button>
          </div>`
          : nothing
      }
      ${this.#sending && this.#tryNow === undefined ? html`<p class="visually-hidden">Sending your answer…</p>` : nothing}
      ${
        this.#signedOut
          ? html`<div class="notice notice-warning">
            <p>You are signed out. What you entered is still here: sign in again in another tab, then submit.</p>
            <a class="button button-quiet" href="/portal/sign-in" target="_blank">Sign in again</a>
          </div>`
          : nothing
      }
      ${notice(
        this.#warning,
        () => {
          this.#warning = undefined;
          this.requestUpdate();
        },
        'warning',
      )}
      ${
        this.#trouble === undefined || this.#trouble === ''
          ? nothing
          : notice(`The page of this task reported a problem: ${this.#trouble}`, () => {
              this.#trouble = '';
              this.requestUpdate();
            })
      }
    </div>`;
  }

  #renderFrameLost() {
    const again = () => {
      this.#frameTurn += 1;
      this.#frameLost = false;
      this.#frameLoading = true;
      this.requestUpdate();
    };
    return html`<div class="notice notice-warning" role="alert">
      <p>The page of this task did not load as it should.</p>
      <button type="button" class="button button-quiet" @click=${again}>Load it again</button>
    </div>`;
  }

  #renderFrame(view: AssignmentView) {
    return html`<div class="frame-bar ${this.#frameLoading && !this.#frameLost ? 'frame-bar-busy' : ''}"></div>
      ${keyed(
        this.#frameTurn,
        html`<holdpoint-task-frame .src=${view.frameUrl} @frame=${this.#hear}></holdpoint-task-frame>`,
      )}`;
  }
}

customElements.define('holdpoint-work', Work);
