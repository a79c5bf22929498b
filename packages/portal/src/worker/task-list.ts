import type { TaskSummary } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { failurePanel, loading, notice } from '../components/message.ts';
import { taskTable } from '../components/task-table.ts';
import { onLive } from '../live.ts';
import { goTo, signInPath, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { type LoadedTasks, loadMore, loadTasks } from '../task-pages.ts';

const settle = 250;
const freshTimesEvery = 30_000;

class TaskList extends PageElement {
  static override properties = { notice: {} };
  /** What became of the task before, told by the page that led here. */
  declare notice: string | undefined;
  #loaded: LoadedTasks | undefined;
  #failure: unknown;
  #warning: string | undefined;
  #filter = '';
  #busyTask: string | undefined;
  #busyNext = false;
  #refreshing = false;
  #refreshAgain = false;
  #stopLive: (() => void) | undefined;
  #settleTimer: ReturnType<typeof setTimeout> | undefined;
  #timesTimer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopLive = onLive((event) => {
      if (event.type !== 'tasks') return;
      this.#settleTimer ??= setTimeout(() => this.#refreshSoon(), settle);
    });
    this.#timesTimer = setInterval(() => this.requestUpdate(), freshTimesEvery);
    void this.#refresh();
  }

  override disconnectedCallback(): void {
    this.#stopLive?.();
    clearTimeout(this.#settleTimer);
    clearInterval(this.#timesTimer);
    super.disconnectedCallback();
  }

  #refreshSoon(): void {
    this.#settleTimer = undefined;
    void this.#refresh();
  }

  /** One at a time; a change during a refresh asks for one more. */
  async #refresh(): Promise<void> {
    this.#refreshAgain = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    while (this.#refreshAgain && this.isConnected) {
      this.#refreshAgain = false;
      await this.#take(() => loadTasks(this.#loaded?.tasks.length ?? 0));
    }
    this.#refreshing = false;
  }

  async #take(load: () => Promise<LoadedTasks>): Promise<void> {
    try {
      this.#loaded = await load();
      this.#failure = undefined;
    } catch (error) {
      if (this.#isSignedOut(error)) return;
      this.#failure = error;
    }
    const focusedTask = document.activeElement?.closest<HTMLElement>('[data-task]')?.dataset.task;
    this.requestUpdate();
    await this.updateComplete;
    if (focusedTask !== undefined) this.#focusTask(focusedTask);
  }

  /** A row that moves loses the focus, and one that goes takes it along. */
  #focusTask(taskId: string): void {
    const row = this.querySelector(`[data-task="${CSS.escape(taskId)}"]`);
    if (row?.contains(document.activeElement)) return;
    const heading = this.querySelector<HTMLElement>('#waiting-heading');
    (row?.querySelector('button') ?? heading)?.focus({ preventScroll: true });
  }

  #isSignedOut(error: unknown): boolean {
    if (codeOf(error) !== 'signed-out') return false;
    if (this.isConnected) goTo(signInPath('/portal'), { replace: true });
    return true;
  }

  async #open(task: TaskSummary): Promise<void> {
    if (this.#busyTask !== undefined) return;
    this.#busyTask = task.taskId;
    await this.#lead(async () => {
      if (task.assignmentId === undefined) return (await api.accept(task.taskId)).assignmentId;
      if (task.status === 'stopped') await api.resume(task.assignmentId);
      return task.assignmentId;
    });
    this.#busyTask = undefined;
  }

  async #openNext(): Promise<void> {
    if (this.#busyNext) return;
    this.#busyNext = true;
    await this.#lead(async () => {
      const { assignmentId } = await api.nextTask();
      if (assignmentId === null) this.#warning = 'No task is waiting for you at the moment.';
      return assignmentId;
    });
    this.#busyNext = false;
  }

  /** Goes to the assignment that `find` comes back with, or says why not and shows the list as it is now. */
  async #lead(find: () => Promise<string | null>): Promise<void> {
    this.#warning = undefined;
    this.notice = undefined;
    this.requestUpdate();
    try {
      const assignmentId = await find();
      if (assignmentId !== null && this.isConnected) return goTo(workPath(assignmentId));
    } catch (error) {
      if (this.#isSignedOut(error)) return;
      this.#warning = sentenceOf(error);
    }
    this.requestUpdate();
    void this.#refresh();
  }

  #matches(task: TaskSummary): boolean {
    const text = [task.title, task.description, task.flowDefinitionName, task.humanLoopName, ...task.keywords];
    const all = text.join('\n').toLocaleLowerCase();
    return this.#filter
      .trim()
      .toLocaleLowerCase()
      .split(/\s+/)
      .every((word) => all.includes(word));
  }

  protected override render() {
    return html`
      <div class="page">
        <div class="page-top"><div class="page-head">
          <h1 tabindex="-1">Tasks</h1>
          <button type="button" class="button button-primary button-large" aria-disabled=${this.#busyNext ? 'true' : nothing}
            @click=${this.#openNext}>Work on next task</button>
        </div>
        <div role="status">
          ${notice(this.notice, () => {
            this.notice = undefined;
          })}
          ${notice(
            this.#warning,
            () => {
              this.#warning = undefined;
              this.requestUpdate();
            },
            'warning',
          )}
        </div>
        </div>
        ${this.#failure === undefined ? nothing : failurePanel(this.#failure, () => void this.#refresh())}
        ${this.#loaded === undefined ? this.#renderUnloaded() : this.#renderLoaded(this.#loaded)}
      </div>`;
  }

  #renderUnloaded() {
    return this.#failure === undefined ? loading('Loading the tasks…') : nothing;
  }

  #renderLoaded({ tasks, next, total }: LoadedTasks) {
    const mine = tasks.filter((task) => task.assignmentId !== undefined);
    const waiting = tasks.filter((task) => task.assignmentId === undefined && this.#matches(task));
    const waitingTotal = Math.max(total - mine.length, 0);
    const table = { now: Date.now(), busyTask: this.#busyTask, open: (task: TaskSummary) => void this.#open(task) };
    return html`
      ${
        mine.length === 0
          ? nothing
          : html`<section class="section">
            <h2 id="mine-heading">Your tasks</h2>
            ${taskTable({ ...table, tasks: mine, mine: true, labelledBy: 'mine-heading' })}
          </section>`
      }
      <section class="section">
        <div class="section-head">
          <h2 id="waiting-heading" tabindex="-1">Waiting tasks</h2>
          <span class="count">${count(waitingTotal)}</span>
          <span class="visually-hidden" role="status">${waitingTotal > 0 ? 'Tasks are waiting.' : 'No tasks are waiting.'}</span>
          ${waitingTotal === 0 && this.#filter === '' ? nothing : this.#renderFilter()}
        </div>
        ${
          waitingTotal === 0
            ? this.#renderEmpty()
            : waiting.length > 0
              ? taskTable({ ...table, tasks: waiting, mine: false, labelledBy: 'waiting-heading' })
              : html`<p class="panel muted">None of the ${tasks.length - mine.length} loaded tasks matches “${this.#filter}”.</p>`
        }
        ${next === undefined ? nothing : this.#renderMore(tasks.length, total)}
      </section>`;
  }

  #renderFilter() {
    return html`<label class="filter">
      <span class="visually-hidden">Filter tasks</span>
      <input type="search" placeholder="Filter tasks"
        @input=${(event: InputEvent) => {
          this.#filter = (event.target as HTMLInputElement).value;
          this.requestUpdate();
        }} />
    </label>`;
  }

  #renderMore(shown: number, total: number) {
    const more = () => {
      const loaded = this.#loaded;
      if (loaded !== undefined) void this.#take(() => loadMore(loaded));
    };
    return html`<div class="more">
      <span class="muted">${shown} of ${total} loaded</span>
      <button type="button" class="button" @click=${more}>Load more</button>
    </div>`;
  }

  #renderEmpty() {
    return html`<div class="panel empty">
      <p class="empty-title">No tasks are waiting for you.</p>
      <p class="muted">New ones appear here by themselves the moment they start. You can leave this page open.</p>
    </div>`;
  }
}

const count = (total: number) => (total === 1 ? '1 task' : `${new Intl.NumberFormat().format(total)} tasks`);

customElements.define('holdpoint-task-list', TaskList);
