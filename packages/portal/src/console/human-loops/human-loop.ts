// One human loop: what happened to it, what was asked, what was answered, and what can be done about it.
import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { loading } from '../../components/message.ts';
import type { FrameEvent, TaskFrame } from '../../components/task-frame.ts';
import '../../components/task-frame.ts';
import { goTo } from '../../navigation.ts';
import { PageElement } from '../../page.ts';
import { exactTime, relativeTime } from '../../time.ts';
import { apiCall } from '../api-call.ts';
import { call } from '../console-api.ts';
import { answerComparison } from './answer-comparison.ts';
import type { LoopAnswer } from './answer-fields.ts';
import { ask } from './ask.ts';
import { eventText, jobText, type LoopEvent, type LoopJob, toneOf } from './event-words.ts';
import { watchHumanLoops } from './live.ts';
import { loopPath, statusBadge } from './loop-table.ts';
import { askStartAgain } from './start-again.ts';
import { timelinePicture } from './timeline-picture.ts';
import { isMissing, leaveSignedOut, sentenceOf, troublePanel } from './trouble.ts';

type Loop = OperationOutput<'GetHumanLoop'>;

class OneHumanLoop extends PageElement {
  static override properties = { name: {} };
  declare name: string;
  #loop: Loop | undefined;
  #events: readonly LoopEvent[] = [];
  #jobs: readonly LoopJob[] = [];
  #answers: readonly LoopAnswer[] = [];
  #failure: unknown;
  #said: { readonly text: string; readonly isTrouble: boolean } | undefined;
  #isBusy = false;
  #frameTrouble: string | undefined;
  #stopWatching: (() => void) | undefined;

  constructor() {
    super();
    this.name = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#begin();
  }

  override disconnectedCallback(): void {
    this.#stopWatching?.();
    super.disconnectedCallback();
  }

  async #begin(): Promise<void> {
    document.title = `${this.name} – Holdpoint`;
    this.#failure = undefined;
    try {
      await this.#load();
    } catch (error) {
      if (leaveSignedOut(error)) return;
      this.#failure = error;
      return this.requestUpdate();
    }
    if (this.isConnected) this.#stopWatching ??= watchHumanLoops(() => this.#refresh(), this.name);
  }

  async #load(): Promise<void> {
    const HumanLoopName = this.name;
    const [loop, happened, answered] = await Promise.all([
      call('GetHumanLoop', { HumanLoopName }),
      call('ListHumanLoopEvents', { HumanLoopName }),
      call('ListHumanLoopAnswers', { HumanLoopName }),
    ]);
    this.#loop = loop;
    this.#events = happened.Events;
    this.#jobs = happened.Jobs;
    this.#answers = answered.Answers;
    this.requestUpdate();
  }

  async #refresh(): Promise<void> {
    try {
      await this.#load();
    } catch (error) {
      if (leaveSignedOut(error) || !isMissing(error)) return;
      this.#stopWatching?.();
      this.#failure = error;
      this.requestUpdate();
    }
  }

  #say(text: string, isTrouble = false): void {
    this.#said = { text, isTrouble };
    this.requestUpdate();
  }

  /** Does one thing at a time, and says what became of it. */
  async #act(act: () => Promise<string>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.requestUpdate();
    try {
      this.#say(await act());
      await this.#refresh();
    } catch (error) {
      if (leaveSignedOut(error)) return;
      this.#say(sentenceOf(error), true);
    } finally {
      this.#isBusy = false;
      this.requestUpdate();
    }
  }

  async #stop(): Promise<void> {
    const input = { HumanLoopName: this.name };
    const isSure = await ask({
      title: 'Stop this human loop?',
      text: 'Nobody is asked any more. Whoever is working may finish; the answers that are in are written.',
      action: 'Stop',
      isHarsh: true,
      operation: 'StopHumanLoop',
      input,
    });
    if (!isSure) return;
    await this.#act(async () => {
      await call('StopHumanLoop', input);
      return 'Stopped: nobody is asked any more.';
    });
  }

  async #delete(): Promise<void> {
    const input = { HumanLoopName: this.name };
    const isSure = await ask({
      title: 'Delete this human loop?',
      text: 'It goes for good, with its answers and its timeline, and its name is free again. Its output stays in its bucket.',
      action: 'Delete',
      isHarsh: true,
      operation: 'DeleteHumanLoop',
      input,
    });
    if (!isSure) return;
    await this.#act(async () => {
      await call('DeleteHumanLoop', input);
      this.#stopWatching?.();
      goTo('/console/human-loops', { replace: true });
      return 'Deleted.';
    });
  }

  async #retry(): Promise<void> {
    const input = { HumanLoopName: this.name };
    const isSure = await ask({
      title: 'Retry failed jobs?',
      text: 'What failed and waits for its next try is tried at once; events that were given up are queued again.',
      action: 'Retry',
      operation: 'RetryJobs',
      input,
    });
    if (!isSure) return;
    await this.#act(async () => {
      const { Jobs } = await call('RetryJobs', input);
      if (Jobs.length === 0) return 'Nothing of this loop has failed and waits for another try.';
      return `Tried again now: ${Jobs.map((job) => jobText(job).toLowerCase()).join(', ')}.`;
    });
  }

  async #startAgain(loop: Loop): Promise<void> {
    const inputFor = (HumanLoopName: string): OperationInput<'StartHumanLoop'> => ({
      HumanLoopName,
      FlowDefinitionArn: loop.FlowDefinitionArn,
      HumanLoopInput: { InputContent: loop.InputContent ?? '' },
      ...(loop.DataAttributes?.ContentClassifiers && {
        DataAttributes: {
          ContentClassifiers: loop.DataAttributes.ContentClassifiers as NonNullable<
            OperationInput<'StartHumanLoop'>['DataAttributes']
          >['ContentClassifiers'],
        },
      }),
    });
    const name = await askStartAgain(loop.HumanLoopName, inputFor);
    if (name === undefined) return;
    await this.#act(async () => {
      await call('StartHumanLoop', inputFor(name));
      goTo(loopPath(name));
      return 'Started.';
    });
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#say('Copied.');
    } catch {
      this.#say('The browser does not let this page copy. Select the text instead.', true);
    }
  }

  #hear({ detail }: CustomEvent<FrameEvent>): void {
    if (detail.kind === 'lost') this.#frameTrouble = 'The page says what is wrong with it.';
    if (detail.kind === 'trouble') this.#frameTrouble = detail.message;
    if (detail.kind === 'ready') this.#frameTrouble = undefined;
    this.requestUpdate();
  }

  protected override updated(): void {
    // Shown as it is, and nothing comes of it.
    this.querySelector<TaskFrame>('holdpoint-task-frame')?.restore(null, { readOnly: true });
  }

  protected override render() {
    const back = html`<p><a href="/console/human-loops">All human loops</a></p>`;
    if (this.#failure !== undefined)
      return html`<div class="page">
        ${back}<h1 tabindex="-1">${isMissing(this.#failure) ? 'There is no such human loop' : this.name}</h1>
        ${
          isMissing(this.#failure)
            ? html`<p class="panel">No human loop is called “${this.name}”: it was never started, or it was deleted.</p>`
            : troublePanel(this.#failure, () => void this.#begin())
        }
      </div>`;
    const loop = this.#loop;
    if (!loop)
      return html`<div class="page">${back}<h1 tabindex="-1">${this.name}</h1>${loading('Opening the human loop…')}</div>`;
    return html`<div class="page">
      ${back}
      <div class="page-head"><h1 tabindex="-1" class="wrap">${loop.HumanLoopName}</h1>${statusBadge(loop.HumanLoopStatus)}</div>
      <div role="status">${this.#said === undefined ? nothing : html`<p class="notice notice-${this.#said.isTrouble ? 'warning' : 'info'}">${this.#said.text}</p>`}</div>
      ${this.#renderFacts(loop)}
      ${this.#renderActions(loop)}
      <section class="section" aria-labelledby="timeline-heading">
        <h2 id="timeline-heading">Timeline</h2>
        ${timelinePicture(this.#events, Date.now())}
        <ol class="timeline">${this.#events.map(
          (event) => html`<li class="timeline-item timeline-${toneOf(event)}">
            <time datetime=${event.Time.toISOString()}>${preciseTime(event.Time)}</time> <span class="wrap">${eventText(event)}</span></li>`,
        )}</ol>
        ${this.#renderJobs()}
        ${apiCall('ListHumanLoopEvents', { HumanLoopName: loop.HumanLoopName })}
      </section>
      <section class="section" aria-labelledby="answers-heading">
        <h2 id="answers-heading">Answers</h2>
        ${answerComparison(this.#answers)}
        ${apiCall('ListHumanLoopAnswers', { HumanLoopName: loop.HumanLoopName })}
      </section>
      ${this.#renderTask(loop)}
      ${this.#renderInput(loop)}
    </div>`;
  }

  #renderFacts(loop: Loop) {
    const flow = loop.FlowDefinitionArn.slice(loop.FlowDefinitionArn.lastIndexOf('/') + 1);
    const fact = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd class="wrap">${value}</dd></div>`;
    const moment = (time: Date) => {
      const iso = time.toISOString();
      return html`<time datetime=${iso}>${exactTime(iso)}</time> <span class="muted">(${relativeTime(iso, Date.now())})</span>`;
    };
    return html`<dl class="facts">
      ${loop.TaskTitle === undefined ? nothing : fact('Task', loop.TaskTitle)}
      ${fact('Flow definition', html`<a href=${`/console/human-loops?flow=${encodeURIComponent(flow)}`}>${flow}</a>`)}
      ${fact('Started', moment(loop.CreationTime))}
      ${loop.FinishTime ? fact('Ended', moment(loop.FinishTime)) : loop.ExpirationTime ? fact('Available until', moment(loop.ExpirationTime)) : nothing}
      ${loop.AnswersNeeded === undefined ? nothing : fact('Answers', `${loop.AnswersDone ?? 0} of ${loop.AnswersNeeded}${loop.AnswersInProgress ? `, ${loop.AnswersInProgress} at work` : ''}`)}
      ${loop.OutputS3Uri === undefined ? nothing : fact('Output', html`<code>${loop.OutputS3Uri}</code>`)}
    </dl>`;
  }

  #renderActions(loop: Loop) {
    const isOver = loop.FinishTime !== undefined;
    const disabled = this.#isBusy ? 'true' : nothing;
    const hasFailed =
      this.#jobs.some(({ FailedTries }) => FailedTries > 0) || this.#events.some(({ Kind }) => Kind === 'EventGivenUp');
    return html`<div class="row">
      ${isOver || loop.HumanLoopStatus === 'Stopping' ? nothing : html`<button type="button" class="button" aria-disabled=${disabled} @click=${() => void this.#stop()}>Stop</button>`}
      ${hasFailed ? html`<button type="button" class="button" aria-disabled=${disabled} @click=${() => void this.#retry()}>Retry failed jobs</button>` : nothing}
      ${isOver && loop.InputContent !== undefined ? html`<button type="button" class="button" aria-disabled=${disabled} @click=${() => void this.#startAgain(loop)}>Start again under a new name</button>` : nothing}
      ${isOver ? html`<button type="button" class="button" aria-disabled=${disabled} @click=${() => void this.#delete()}>Delete</button>` : nothing}
    </div>`;
  }

  #renderJobs() {
    if (this.#jobs.length === 0) return nothing;
    return html`<h3>What comes next</h3>
      <ul class="loop-jobs">${this.#jobs.map(
        (job) =>
          html`<li>${jobText(job.Job)}: <time datetime=${job.DueTime.toISOString()}>${exactTime(job.DueTime.toISOString())}</time>${
            job.FailedTries > 0
              ? html`, failed ${job.FailedTries} ${job.FailedTries === 1 ? 'time' : 'times'}${job.LastError ? `: ${job.LastError}` : ''}`
              : nothing
          }</li>`,
      )}</ul>`;
  }

  #renderTask(loop: Loop) {
    return html`<section class="section" aria-labelledby="task-heading">
      <h2 id="task-heading">The task as workers see it</h2>
      ${
        loop.InputContent === undefined
          ? html`<p class="muted">The input is not kept any more, so that the page cannot be shown.</p>`
          : html`${this.#frameTrouble === undefined ? nothing : html`<p class="notice notice-warning">${this.#frameTrouble}</p>`}
            <holdpoint-task-frame class="loop-frame" .src=${`/console/frame/human-loops/${encodeURIComponent(loop.HumanLoopName)}`} @frame=${this.#hear}></holdpoint-task-frame>
            ${apiCall('PreviewHumanLoop', { HumanLoopName: loop.HumanLoopName })}`
      }
    </section>`;
  }

  #renderInput({ InputContent }: Loop) {
    if (InputContent === undefined) return nothing;
    return html`<section class="section" aria-labelledby="input-heading">
      <div class="section-head"><h2 id="input-heading">Input content</h2>
        <button type="button" class="button" @click=${() => void this.#copy(InputContent)}>Copy</button></div>
      <pre class="loop-input" tabindex="0" aria-label="Input content">${pretty(InputContent)}</pre>
    </section>`;
  }
}

/** Numbers stay as they were written where that cannot be told from JSON alone: what is copied is the text as it was given. */
function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}

const precise = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const preciseTime = (time: Date): string => precise.format(time);

customElements.define('holdpoint-human-loop', OneHumanLoop);
