// What a worker answered lately: the list, and one answer as it was given.
import { type AnswerResponse, type AnswerSummary, type Draft, isDraft } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { failurePanel, loading } from '../components/message.ts';
import type { FrameEvent, TaskFrame } from '../components/task-frame.ts';
import '../components/task-frame.ts';
import { answerPath, goTo, signInPath, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { duration, exactTime, relativeTime } from '../time.ts';
import { withdrawUndo } from '../undo.ts';
import { words } from '../words/words.ts';

/** Milliseconds for which an answer can still be taken back, by the server's clock. */
const left = (finalAt: string | undefined, serverTime: string): number =>
  finalAt === undefined ? 0 : Math.max(0, Date.parse(finalAt) - Date.parse(serverTime));

class Answers extends PageElement {
  #answers: readonly AnswerSummary[] = [];
  #next: string | undefined;
  #failure: unknown;
  #isLoading = true;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(cursor?: string): Promise<void> {
    this.#isLoading = true;
    this.#failure = undefined;
    this.requestUpdate();
    try {
      const page = await api.answers(cursor);
      this.#answers = cursor === undefined ? page.answers : [...this.#answers, ...page.answers];
      this.#next = page.next;
    } catch (error) {
      if (codeOf(error) === 'signed-out') return goTo(signInPath('/portal/answers'), { replace: true });
      this.#failure = error;
    }
    this.#isLoading = false;
    this.requestUpdate();
  }

  protected override render() {
    return html`<div class="page">
      <h1 tabindex="-1">${words.answers.heading}</h1>
      ${this.#failure === undefined ? nothing : failurePanel(this.#failure, () => void this.#load(this.#next))}
      ${this.#renderList()}
    </div>`;
  }

  #renderList() {
    if (this.#answers.length === 0)
      return this.#isLoading
        ? loading(words.answers.loading)
        : this.#failure === undefined
          ? html`<p class="panel">${words.answers.none} <a href="/portal">${words.app.goToTasks}</a></p>`
          : nothing;
    const now = Date.now();
    return html`<ul class="answers">
        ${this.#answers.map(
          (answer) => html`<li>
            <a href=${answerPath(answer.assignmentId)}>${answer.title}</a>
            <span class="muted wrap">${answer.flowDefinitionName} · ${answer.humanLoopName}</span>
            <span class="muted"><time datetime=${answer.submittedAt} title=${exactTime(answer.submittedAt)}>${relativeTime(answer.submittedAt, now)}</time>,
              ${words.answers.took(duration(answer.timeSpentInSeconds))}</span>
          </li>`,
        )}
      </ul>
      ${
        this.#next === undefined
          ? nothing
          : html`<div class="row"><button type="button" class="button" aria-disabled=${this.#isLoading ? 'true' : nothing}
              @click=${() => this.#isLoading || void this.#load(this.#next)}>${words.answers.older}</button></div>`
      }`;
  }
}

class OneAnswer extends PageElement {
  static override properties = { assignmentId: {} };
  declare assignmentId: string;
  #answer: AnswerResponse | undefined;
  #draft: Draft | undefined;
  #failure: unknown;
  #undoUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #trouble: string | undefined;
  #isFrameLost = false;
  #isRestored = false;

  constructor() {
    super();
    this.assignmentId = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  async #load(): Promise<void> {
    this.#failure = undefined;
    this.requestUpdate();
    try {
      const [answer, { draft }] = await Promise.all([api.answer(this.assignmentId), api.draft(this.assignmentId)]);
      this.#answer = answer;
      this.#draft = isDraft(draft) ? draft : undefined;
      const undoMs = left(answer.finalAt, answer.serverTime);
      this.#undoUntil = Date.now() + undoMs;
      if (undoMs > 0) this.#timer = setTimeout(() => this.requestUpdate(), undoMs);
      document.title = `${answer.title} – Holdpoint`;
    } catch (error) {
      if (codeOf(error) === 'signed-out') return goTo(signInPath(answerPath(this.assignmentId)), { replace: true });
      this.#failure = error;
    }
    this.requestUpdate();
  }

  async #undo(): Promise<void> {
    try {
      await api.undo(this.assignmentId);
      withdrawUndo();
      return goTo(workPath(this.assignmentId), { reopened: true });
    } catch (error) {
      this.#trouble = sentenceOf(error);
      this.#undoUntil = 0;
    }
    this.requestUpdate();
  }

  #hear({ detail }: CustomEvent<FrameEvent>): void {
    if (detail.kind !== 'lost') return;
    this.#isFrameLost = true;
    this.requestUpdate();
  }

  protected override updated(): void {
    const frame = this.querySelector<TaskFrame>('holdpoint-task-frame');
    if (!frame || !this.#draft || this.#isRestored) return;
    this.#isRestored = true;
    frame.restore(this.#draft, { readOnly: true });
  }

  protected override render() {
    const answer = this.#answer;
    if (this.#failure !== undefined)
      return html`<div class="page">
        <h1 tabindex="-1">${words.answers.one}</h1>
        ${failurePanel(this.#failure, () => void this.#load())}
        <p><a href="/portal/answers">${words.answers.all}</a></p>
      </div>`;
    if (answer === undefined)
      return html`<div class="page"><h1 tabindex="-1" class="visually-hidden">${words.answers.one}</h1>${loading(words.answers.opening)}</div>`;
    return html`<div class="page">
        <p><a href="/portal/answers">${words.answers.all}</a></p>
        <h1 tabindex="-1">${answer.title}</h1>
        <p class="muted wrap">${answer.flowDefinitionName} · ${answer.humanLoopName} ·
          ${words.answers.submitted(exactTime(answer.submittedAt), duration(answer.timeSpentInSeconds))}</p>
        <div role="status">
          ${this.#trouble === undefined ? nothing : html`<p class="notice notice-warning">${this.#trouble}</p>`}
          ${
            this.#undoUntil > Date.now()
              ? html`<button type="button" class="button" @click=${() => void this.#undo()}>${words.answers.takeBack}</button>`
              : html`<p>${words.answers.final}</p>`
          }
        </div>
        ${answerTable(answer.answerContent)}
      </div>
      ${this.#renderPage()}`;
  }

  /** The task's page with what was entered, where both are still kept. */
  #renderPage() {
    if (this.#draft === undefined || this.#isFrameLost) return nothing;
    return html`<section class="answer-page" aria-label=${words.answers.asAnswered}>
      <holdpoint-task-frame .src=${`/portal/frame/${this.assignmentId}`} @frame=${this.#hear}></holdpoint-task-frame>
    </section>`;
  }
}

const answerTable = (content: AnswerResponse['answerContent']) => {
  const members = Object.entries(content);
  if (members.length === 0) return html`<p class="muted">${words.answers.nothingEntered}</p>`;
  return html`<table class="answer">
    <caption class="visually-hidden">${words.answers.caption}</caption>
    <tbody>
      ${members.map(
        ([name, value]) => html`<tr>
          <th scope="row">${name}</th>
          <td>${typeof value === 'string' ? value : html`<code>${shortened(JSON.stringify(value))}</code>`}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
};

/** Masks and the like are no reading matter. */
const shortened = (text: string): string => (text.length <= 2000 ? text : `${text.slice(0, 2000)}…`);

customElements.define('holdpoint-answers', Answers);
customElements.define('holdpoint-answer', OneAnswer);
