// One human loop: what happened to it, what was asked, what was answered, and what can be done about it.
import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import type { FrameEvent, TaskFrame } from '../../components/task-frame.ts';
import '../../components/task-frame.ts';
import { areDrawn, type LoopAnswer } from '../../components/answer-fields.ts';
import { words } from '../../words/words.ts';
import { apiCall } from '../api-call.ts';
import { activationPicture } from '../condition-tree.ts';
import { call, isMissing } from '../console-api.ts';
import { ConsolePage } from '../console-page.ts';
import { confirm, exactTime, preciseTime, relativeTime } from '../english.ts';
import { flowPath, loopPath, nameIn } from '../names.ts';
import { activityLink, copy, detail, indented } from '../parts.ts';
import { answerComparison } from './answer-comparison.ts';
import { type Consolidated, consolidated, type Method } from './consolidated.ts';
import { eventText, jobText, type LoopEvent, type LoopJob, stopText, toneOf } from './event-words.ts';
import { watchHumanLoops } from './live.ts';
import { statusBadge } from './loop-table.ts';
import { askStartAgain } from './start-again.ts';
import { taskPicture } from './task-picture.ts';
import { timelinePicture } from './timeline-picture.ts';

const listPath = '/console/human-loops';

type Loop = OperationOutput<'GetHumanLoop'>;

class OneHumanLoop extends ConsolePage {
  static override properties = { name: { attribute: false } };
  declare name: string;
  #loop: Loop | undefined;
  #events: readonly LoopEvent[] = [];
  #jobs: readonly LoopJob[] = [];
  #answers: readonly LoopAnswer[] = [];
  #consolidated: Consolidated | undefined;
  /** As asked for; by the flow's tags without it. */
  #method: Method | undefined;
  /** The address of what workers drew on, looked for once. */
  #picture: string | undefined;
  #hasLooked = false;
  #frameTrouble: string | undefined;
  #stopWatching: (() => void) | undefined;

  override disconnectedCallback(): void {
    this.#stopWatching?.();
    super.disconnectedCallback();
  }

  protected override async load(): Promise<void> {
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
    await this.#consolidate();
    if (!this.#hasLooked && areDrawn(this.#answers)) void this.#findPicture();
    if (this.isConnected) this.#stopWatching ??= watchHumanLoops(() => this.reload(), this.name);
  }

  /** Of one answer there is nothing to consolidate. */
  async #consolidate(): Promise<void> {
    const method = this.#method;
    const found =
      this.#answers.length < 2
        ? undefined
        : await call('DescribeConsolidation', { HumanLoopName: this.name, ...(method && { Method: method }) });
    // Another method may be wanted by now.
    if (method === this.#method) this.#consolidated = found;
  }

  #choose(method: Method): void {
    this.#method = method;
    void this.reload();
  }

  async #findPicture(): Promise<void> {
    this.#hasLooked = true;
    this.#picture = await taskPicture(this.name);
    this.requestUpdate();
  }

  protected override fail(error: unknown): void {
    if (isMissing(error)) this.#stopWatching?.();
    super.fail(error);
  }

  async #stop(): Promise<void> {
    const input = { HumanLoopName: this.name };
    const isSure = await confirm({
      title: 'Stop this human loop?',
      text: 'Nobody is asked any more. Whoever is working may finish; the answers that are in are written.',
      action: 'Stop',
      isHarsh: true,
      more: apiCall('StopHumanLoop', input),
    });
    if (isSure) await this.act(() => call('StopHumanLoop', input), 'Stopped: nobody is asked any more.');
  }

  async #delete(): Promise<void> {
    const input = { HumanLoopName: this.name };
    const isSure = await confirm({
      title: 'Delete this human loop?',
      text: 'It goes for good, with its answers and its timeline, and its name is free again. Its output stays in its bucket.',
      action: 'Delete',
      isHarsh: true,
      more: apiCall('DeleteHumanLoop', input),
    });
    if (isSure) await this.act(() => call('DeleteHumanLoop', input), `${this.name} is deleted.`, listPath);
  }

  async #retry(): Promise<void> {
    const input = { HumanLoopName: this.name };
    const isSure = await confirm({
      title: 'Retry failed jobs?',
      text: 'What failed and waits for its next try is tried at once; events that were given up are queued again.',
      action: 'Retry',
      more: apiCall('RetryJobs', input),
    });
    if (!isSure) return;
    await this.act(
      () => call('RetryJobs', input),
      ({ Jobs }) =>
        Jobs.length === 0
          ? 'Nothing of this loop has failed and waits for another try.'
          : `Tried again now: ${Jobs.map((job) => jobText(job).toLowerCase()).join(', ')}.`,
    );
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
    await this.act(() => call('StartHumanLoop', inputFor(name)), 'Started.', loopPath(name));
  }

  #hear({ detail }: CustomEvent<FrameEvent>): void {
    if (detail.kind === 'lost') this.#frameTrouble = 'The page says what is wrong with it.';
    if (detail.kind === 'trouble') this.#frameTrouble = detail.message;
    if (detail.kind === 'ready') this.#frameTrouble = undefined;
    this.requestUpdate();
  }

  protected override updated(): void {
    super.updated();
    // Shown as it is, and nothing comes of it.
    this.querySelector<TaskFrame>('holdpoint-task-frame')?.restore(null, { readOnly: true });
  }

  protected override render() {
    return this.page(this.name, () => this.#renderLoop(this.#loop!), {
      back: [listPath, 'All human loops'],
      kind: 'human loop',
      beside: this.#loop && statusBadge(this.#loop.HumanLoopStatus),
    });
  }

  #renderLoop(loop: Loop) {
    return html`
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
        ${answerComparison(this.#answers, this.#picture)}
        ${apiCall('ListHumanLoopAnswers', { HumanLoopName: loop.HumanLoopName })}
      </section>
      ${this.#consolidated ? consolidated(this.#consolidated, (method) => this.#choose(method), this.#picture) : nothing}
      ${this.#renderActivation(loop)}
      ${this.#renderTask(loop)}
      ${this.#renderInput(loop)}`;
  }

  #renderFacts(loop: Loop) {
    const flow = nameIn(loop.FlowDefinitionArn);
    const when = (time: Date) => html`<time datetime=${time.toISOString()}>${exactTime(time)}</time>
      <span class="muted">(${relativeTime(time)})</span>`;
    const { AnswersNeeded, AnswersDone = 0, AnswersInProgress, MostAnswers, StopReason } = loop;
    const facts: readonly (readonly [string, unknown] | false | undefined)[] = [
      loop.TaskTitle !== undefined && ['Task', loop.TaskTitle],
      ['Flow definition', html`<a href=${flowPath(flow)}>${flow}</a>`],
      ['Started', when(loop.CreationTime)],
      loop.FinishTime
        ? ['Ended', when(loop.FinishTime)]
        : loop.ExpirationTime && ['Available until', when(loop.ExpirationTime)],
      AnswersNeeded !== undefined && [
        'Answers',
        `${AnswersDone} of ${AnswersNeeded}${AnswersInProgress ? `, ${AnswersInProgress} at work` : ''}${MostAnswers !== undefined && MostAnswers > AnswersNeeded && StopReason === undefined ? `, at most ${MostAnswers}` : ''}`,
      ],
      loop.IsAdjudication && StopReason === undefined && ['Waits for', 'an adjudicator: the answers do not suffice'],
      StopReason !== undefined && ['No more are asked', stopText(StopReason, loop.Confidence)],
      loop.OutputS3Uri !== undefined && ['Output', html`<code>${loop.OutputS3Uri}</code>`],
      ['What was changed', activityLink('human-loop', loop.HumanLoopName)],
    ];
    return detail(facts.filter((fact) => fact !== false && fact !== undefined));
  }

  #renderActions(loop: Loop) {
    const isOver = loop.FinishTime !== undefined;
    const disabled = this.busy ? 'true' : nothing;
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
          html`<li>${jobText(job.Job)}: <time datetime=${job.DueTime.toISOString()}>${exactTime(job.DueTime)}</time>${
            job.FailedTries > 0
              ? html`, failed ${job.FailedTries} ${job.FailedTries === 1 ? 'time' : 'times'}${job.LastError ? `: ${job.LastError}` : ''}`
              : nothing
          }</li>`,
      )}</ul>`;
  }

  #renderActivation({ Activation, HumanLoopName }: Loop) {
    if (!Activation) return nothing;
    return html`<section class="section" aria-labelledby="activation-heading">
      <h2 id="activation-heading">Activation conditions</h2>
      ${activationPicture(Activation)}
      ${apiCall('GetHumanLoop', { HumanLoopName })}
    </section>`;
  }

  #renderTask(loop: Loop) {
    return html`<section class="section" aria-labelledby="task-heading">
      <h2 id="task-heading">The task as workers see it</h2>
      ${
        loop.InputContent === undefined
          ? html`<p class="muted">The input is not kept any more, so that the page cannot be shown.</p>`
          : html`${this.#frameTrouble === undefined ? nothing : html`<p class="notice notice-warning">${this.#frameTrouble}</p>`}
            <holdpoint-task-frame class="loop-frame" lang=${words.language} .src=${`/console/frame/human-loops/${encodeURIComponent(loop.HumanLoopName)}`} @frame=${this.#hear}></holdpoint-task-frame>
            ${apiCall('PreviewHumanLoop', { HumanLoopName: loop.HumanLoopName })}`
      }
    </section>`;
  }

  #renderInput({ InputContent }: Loop) {
    if (InputContent === undefined) return nothing;
    return html`<section class="section" aria-labelledby="input-heading">
      <div class="section-head"><h2 id="input-heading">Input content</h2>
        <button type="button" class="button" @click=${copy(InputContent)}>Copy</button></div>
      <pre class="loop-input" tabindex="0" aria-label="Input content">${indented(InputContent)}</pre>
    </section>`;
  }
}

customElements.define('holdpoint-human-loop', OneHumanLoop);
