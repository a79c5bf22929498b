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
      <h1 tabindex="-1">My answers</h1>
      ${this.#failure === undefined ? nothing : failurePanel(this.#failure, () => void this.#load(this.#next))}
      ${this.#renderList()}
    </div>`;
  }

  #renderList() {
    if (this.#answers.length === 0)
      return this.#isLoading
        ? loading('Looking for your answers…')
        : this.#failure === undefined
          ? html`<p class="panel">You have not answered anything lately. <a href="/portal">Go to the tasks</a></p>`
          : nothing;
    const now = Date.now();
    return html`<ul class="answers">
        ${this.#answers.map(
          (answer) => html`<li>
            <a href=${answerPath(answer.assignmentId)}>${answer.title}</a>
            <span class="muted wrap">${answer.flowDefinitionName} · ${answer.humanLoopName}</span>
            <span class="muted"><time datetime=${answer.submittedAt} title=${exactTime(answer.submittedAt)}>${relativeTime(answer.submittedAt, now)}</time>,
              in ${duration(answer.timeSpentInSeconds)}</span>
          </li>`,
        )}
      </ul>
      ${
        this.#next === undefined
          ? nothing
          : html`<div class="row"><button type="button" class="button" aria-disabled=${this.#isLoading ? 'true' : nothing}
              @click=${() => this.#isLoading || void this.#load(this.#next)}>Show older ones</button></div>`
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
        <h1 tabindex="-1">My answer</h1>
        ${failurePanel(this.#failure, () => void this.#load())}
        <p><a href="/portal/answers">All my answers</a></p>
      </div>`;
    if (answer === undefined)
      return html`<div class="page"><h1 tabindex="-1" class="visually-hidden">My answer</h1>${loading('Opening your answer…')}</div>`;
    return html`<div class="page">
        <p><a href="/portal/answers">All my answers</a></p>
        <h1 tabindex="-1">${answer.title}</h1>
        <p class="muted wrap">${answer.flowDefinitionName} · ${answer.humanLoopName} · submitted ${exactTime(answer.submittedAt)},
          in ${duration(answer.timeSpentInSeconds)}</p>
        <div role="status">
          ${this.#trouble === undefined ? nothing : html`<p class="notice notice-warning">${this.#trouble}</p>`}
          ${
            this.#undoUntil > Date.now()
              ? html`<button type="button" class="button" @click=${() => void this.#undo()}>Take it back and go on working</button>`
              : html`<p>This answer is final.</p>`
          }
        </div>
        ${answerTable(answer.answerContent)}
      </div>
      ${this.#renderPage()}`;
  }

  /** The task's page with what was entered, where both are still kept. */
  #renderPage() {
    if (this.#draft === undefined || this.#isFrameLost) return nothing;
    return html`<section class="answer-page" aria-label="The task as you answered it">
      <holdpoint-task-frame .src=${`/portal/frame/${this.assignmentId}`} @frame=${this.#hear}></holdpoint-task-frame>
    </section>`;
  }
}

const answerTable = (content: AnswerResponse['answerContent']) => {
  const members = Object.entries(content);
  if (members.length === 0) return html`<p class="muted">Nothing was entered.</p>`;
  return html`<table class="answer">
    <caption class="visually-hidden">What you answered</caption>
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
