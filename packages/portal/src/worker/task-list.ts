// The queue: what the worker holds, what is due soon, what waits, and one button for what comes next.
import type { PortalWorker, TaskSummary, TaskWish } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { keyHint, keyShortcut } from '../components/key-hint.ts';
import { failurePanel, loading, notice } from '../components/message.ts';
import { createRowWindow } from '../components/row-window.ts';
import { taskTable } from '../components/task-table.ts';
import { onShortcut } from '../keys.ts';
import { onLive } from '../live.ts';
import { goTo, signInPath, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import type { LoadedTasks } from '../task-pages.ts';
import { addressOf, isFiltered, keepWish, wishOf, withChange } from '../task-wish.ts';
import { words } from '../words/words.ts';
import { queueFilter } from './queue-filter.ts';
import { createQueueLoader, type QueueState } from './queue-loader.ts';
import { count, doneToday, emptyQueue, noneIsNext, nothingFits, searchedOnly, whatIsNext } from './queue-states.ts';

const settle = 250;
/** Milliseconds after the last letter until the list follows. */
const typingPause = 250;
const freshTimesEvery = 30_000;

class TaskList extends PageElement {
  static override properties = { notice: {}, worker: {} };
  /** What became of the task before, told by the page that led here. */
  declare notice: string | undefined;
  declare worker: PortalWorker | undefined;
  #wish: TaskWish = wishOf(new URL(location.href).searchParams);
  /** What stands in the search; the list follows when the typing pauses. */
  #text = this.#wish.text ?? '';
  #state: QueueState = {};
  #warning: string | undefined;
  #busyTask: string | undefined;
  #busyNext = false;
  #showsAllKeywords = false;
  #stopLive: (() => void) | undefined;
  #stopKeys: (() => void)[] = [];
  #settleTimer: ReturnType<typeof setTimeout> | undefined;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #timesTimer: ReturnType<typeof setInterval> | undefined;
  #rows = createRowWindow(() => {
    this.requestUpdate();
    this.#loader.follow();
  });
  #loader = createQueueLoader(
    {
      show: (state) => this.#show(state),
      isNear: this.#rows.isNear,
      isEndNear: this.#rows.isEndNear,
      lookAgain: this.#rows.lookAgain,
    },
    this.#wish,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopLive = onLive((event) => {
      if (event.type !== 'tasks') return;
      this.#settleTimer ??= setTimeout(() => {
        this.#settleTimer = undefined;
        this.#loader.changed();
      }, settle);
    });
    this.#timesTimer = setInterval(() => this.requestUpdate(), freshTimesEvery);
    this.#stopKeys = [onShortcut('search', () => this.#searchByKey()), onShortcut('next', () => void this.#openNext())];
    keepWish(this.#wish);
    this.#loader.follow();
  }

  override disconnectedCallback(): void {
    this.#stopLive?.();
    clearTimeout(this.#settleTimer);
    clearTimeout(this.#typingTimer);
    clearInterval(this.#timesTimer);
    for (const stop of this.#stopKeys) stop();
    this.#loader.stop();
    this.#rows.stop();
    super.disconnectedCallback();
  }

  protected override updated(): void {
    this.#rows.watch(this);
  }

  async #show(state: QueueState): Promise<void> {
    if (this.#isSignedOut(state.failure)) return;
    this.#state = state;
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
    if (error === undefined || codeOf(error) !== 'signed-out') return false;
    if (this.isConnected) goTo(signInPath(addressOf(this.#wish)), { replace: true });
    return true;
  }

  #searchByKey(): void {
    this.#search()?.focus();
    this.#search()?.select();
  }

  #search = () => this.querySelector<HTMLInputElement>('input[type="search"]');

  #want(wish: TaskWish, { replace = false } = {}): void {
    clearTimeout(this.#typingTimer);
    this.#wish = wish;
    keepWish(wish);
    if (!replace) this.#text = wish.text ?? '';
    if (replace) history.replaceState(null, '', addressOf(wish));
    else history.pushState(null, '', addressOf(wish));
    this.#loader.wish(wish);
    this.requestUpdate();
  }

  #typed(text: string): void {
    clearTimeout(this.#typingTimer);
    this.#text = text;
    this.#typingTimer = setTimeout(() => this.#wantTyped(), typingPause);
  }

  /** What stands in the search is wished for, also when the pause after typing is not over. */
  #wantTyped(): void {
    const wish = withChange(this.#wish, { text: this.#text });
    if (addressOf(wish) !== addressOf(this.#wish)) this.#want(wish, { replace: true });
  }

  /** What is typed and not yet in the wish comes along. */
  #choose(change: Parameters<typeof withChange>[1]): void {
    this.#want(withChange(this.#wish, { text: this.#text, ...change }));
  }

  /** The button that is pressed goes with what it takes away. */
  #leaveOut(wish: TaskWish): void {
    this.#want(wish);
    this.#search()?.focus();
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
    this.#wantTyped();
    this.#busyNext = true;
    await this.#lead(async () => {
      const { assignmentId } = await api.nextTask(this.#wish);
      if (assignmentId === null) this.#warning = noneIsNext(this.#wish, this.#state.loaded?.searched);
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
    this.#loader.changed();
  }

  protected override render() {
    const { loaded, queue, failure } = this.#state;
    const isCurrent = loaded?.wish === this.#wish;
    return html`
      <div class="page">
        <div class="page-top">
          <div class="page-head">
            <div>
              <h1 tabindex="-1">${words.pages.tasks}</h1>
              ${queue === undefined ? nothing : html`<p class="today">${doneToday(queue)}</p>`}
            </div>
            <button type="button" class="button button-primary button-large" aria-describedby="what-is-next"
              aria-keyshortcuts=${keyShortcut('next')}
              aria-disabled=${this.#busyNext ? 'true' : nothing} @click=${this.#openNext}>${words.queue.startNext}${keyHint('next')}</button>
          </div>
          <p id="what-is-next" class="what-is-next">
            ${isCurrent ? whatIsNext(this.#wish, loaded.pages[0]?.tasks[0], Date.now()) : nothing}
          </p>
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
        ${failure === undefined ? nothing : failurePanel(failure, () => this.#loader.follow())}
        ${loaded === undefined ? (failure === undefined ? loading(words.queue.loading) : nothing) : this.#renderLoaded(loaded)}
      </div>`;
  }

  #renderLoaded(loaded: LoadedTasks) {
    const { mine, waiting } = loaded;
    const table = { now: Date.now(), busyTask: this.#busyTask, open: (task: TaskSummary) => void this.#open(task) };
    const section = (id: string, name: string, tasks: readonly TaskSummary[], isMine: boolean) =>
      tasks.length === 0
        ? nothing
        : html`<section class="section">
          <h2 id=${id}>${name}</h2>
          ${taskTable({ ...table, groups: [{ key: -1, tasks, awayHeight: undefined }], mine: isMine, labelledBy: id })}
        </section>`;
    const isNarrowed = this.#wish.sort !== undefined || isFiltered(this.#wish);
    return html`
      ${section('mine-heading', words.queue.yours, mine, true)}
      ${waiting > 0 || loaded.next !== undefined || isNarrowed ? this.#renderFilter() : nothing}
      ${section('due-heading', words.queue.dueSoon, loaded.wish.sort === 'due' ? [] : loaded.dueSoon, false)}
      <section class="section" aria-busy=${loaded.wish === this.#wish ? 'false' : 'true'}>
        <div class="section-head">
          <h2 id="waiting-heading" tabindex="-1">${words.queue.waiting}</h2>
          <span class="count">${count(waiting, loaded.isMore)}</span>
          <span class="visually-hidden" role="status">${waiting > 0 ? words.queue.someWait : words.queue.noneWait}</span>
        </div>
        ${this.#renderWaiting(loaded, table)}
      </section>`;
  }

  #renderWaiting(loaded: LoadedTasks, table: Pick<Parameters<typeof taskTable>[0], 'now' | 'busyTask' | 'open'>) {
    const { wish, waiting, isMore, next, searched } = loaded;
    const { queue, without = [] } = this.#state;
    const isEmpty = loaded.pages.every(({ tasks }) => tasks.length === 0);
    if (isEmpty && next === undefined && !isFiltered(wish)) return emptyQueue(queue, this.worker);
    if (isEmpty && next === undefined)
      return nothingFits(wish, without, (part) => this.#leaveOut(withChange(this.#wish, { [part]: undefined })));
    const above = new Set(wish.sort === 'due' ? [] : loaded.dueSoon.map(({ taskId }) => taskId));
    const focused = Number(document.activeElement?.closest<HTMLElement>('[data-page]')?.dataset.page ?? -1);
    const groups = loaded.pages.map((page) => {
      const tasks = page.tasks.filter(({ taskId }) => !above.has(taskId));
      const isDrawn = this.#rows.isDrawn(page.key) || page.key === focused;
      return { key: page.key, tasks, awayHeight: isDrawn ? undefined : this.#rows.heightOf(page.key, tasks.length) };
    });
    const shown = groups.reduce((sum, { tasks }) => sum + tasks.length, 0);
    const all = isMore || searched !== undefined ? -1 : waiting - above.size;
    return html`
      ${
        shown === 0
          ? html`<p class="panel muted">${isEmpty ? words.queue.noneFound : words.queue.noOthers}</p>`
          : taskTable({ ...table, groups, count: all, mine: false, labelledBy: 'waiting-heading' })
      }
      ${searched === undefined ? nothing : html`<p class="muted">${searchedOnly(wish, searched)}</p>`}
      ${
        next === undefined
          ? nothing
          : html`<div class="more" data-end=${searched === undefined ? '' : nothing}>
            <span class="muted">${words.queue.loaded(shown + above.size, count(waiting, isMore))}</span>
            <button type="button" class="button" @click=${this.#loader.more}>
              ${searched === undefined || wish.sort === 'due' ? words.queue.loadMore : words.queue.searchFurther}
            </button>
          </div>`
      }`;
  }

  #renderFilter() {
    return queueFilter({
      wish: this.#wish,
      text: this.#text,
      queue: this.#state.queue,
      showsAllKeywords: this.#showsAllKeywords,
      showAllKeywords: () => {
        this.#showsAllKeywords = true;
        this.requestUpdate();
      },
      typed: (text) => this.#typed(text),
      choose: (change) => this.#choose(change),
      clear: () => this.#leaveOut({}),
    });
  }
}

customElements.define('holdpoint-task-list', TaskList);
