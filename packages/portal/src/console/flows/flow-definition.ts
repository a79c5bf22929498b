// One flow definition: all of its configuration, its tags, its recent loops, how programs start loops with it, and a test loop.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { loading, notice } from '../../components/message.ts';
import { goTo } from '../../navigation.ts';
import { PageElement } from '../../page.ts';
import { duration, exactTime, relativeTime } from '../../time.ts';
import { apiCall } from '../api-call.ts';
import { call } from '../console-api.ts';
import { failure, sentenceFor } from '../failure.ts';
import { flowsPath, loopPath, nameIn, uiPath } from '../names.ts';
import { sayNext, takeSaid } from '../said.ts';
import { deleteFlow } from './delete-flow.ts';
import './flow-tags.ts';
import { countText } from './flow-definitions.ts';
import { type LoadedFlow, loadFlow } from './load-flow.ts';
import './start-loop.ts';

type Loops = OperationOutput<'ListHumanLoops'>['HumanLoopSummaries'];

class FlowDefinition extends PageElement {
  static override properties = { name: { attribute: false } };

  declare name: string;
  #flow: LoadedFlow | undefined;
  #loops: Loops | undefined;
  #failure: unknown;
  #said: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#said = takeSaid();
    document.title = `${this.name} – Holdpoint`;
    void this.#load();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  async #load(): Promise<void> {
    try {
      this.#flow = await loadFlow(this.name);
      this.#failure = undefined;
      // It is Initializing for a moment only.
      if (this.#flow.flow.FlowDefinitionStatus === 'Initializing' && this.isConnected)
        this.#timer = setTimeout(() => void this.#load(), 1_000);
      void this.#loadLoops();
    } catch (error) {
      this.#failure = error;
    }
    this.requestUpdate();
  }

  async #loadLoops(): Promise<void> {
    const FlowDefinitionArn = this.#flow?.flow.FlowDefinitionArn;
    if (FlowDefinitionArn === undefined) return;
    this.#loops = await call('ListHumanLoops', { FlowDefinitionArn, MaxResults: 10 }).then(
      ({ HumanLoopSummaries }) => HumanLoopSummaries,
      () => undefined,
    );
    this.requestUpdate();
  }

  async #delete(): Promise<void> {
    try {
      if (!(await deleteFlow({ FlowDefinitionName: this.name, UnfinishedHumanLoops: this.#flow?.unfinished ?? 0 })))
        return;
      sayNext(`${this.name} is being deleted.`);
      goTo(flowsPath);
    } catch (error) {
      this.#say(sentenceFor(error));
    }
  }

  #say(text: string | undefined): void {
    this.#said = text;
    this.requestUpdate();
  }

  protected override render() {
    const from = encodeURIComponent(this.name);
    return html`<div class="page">
      <p class="crumbs"><a href=${flowsPath}>Flow definitions</a></p>
      <div class="console-head">
        <h1 tabindex="-1">${this.name}</h1>
        ${
          this.#flow
            ? html`<div class="row">
                <a class="button" href="${flowsPath}/new?from=${from}">Clone</a>
                <button type="button" class="button" @click=${() => void this.#delete()}>Delete</button>
              </div>`
            : nothing
        }
      </div>
      <div role="status">${notice(this.#said, () => this.#say(undefined))}</div>
      ${
        this.#failure !== undefined
          ? failure(this.#failure, () => void this.#load())
          : this.#flow
            ? this.#renderFlow(this.#flow)
            : loading('Looking for the flow definition…')
      }
    </div>`;
  }

  #renderFlow(loaded: LoadedFlow) {
    const { flow, tags } = loaded;
    return html`
      ${this.#renderConfiguration(loaded)}
      ${this.#renderLoops(loaded)}
      <holdpoint-start-loop
        .flow=${loaded}
        @started=${({ detail }: CustomEvent<string>) => {
          this.#say(`The loop ${detail} is started.`);
          void this.#load();
        }}
      ></holdpoint-start-loop>
      <holdpoint-flow-tags .arn=${flow.FlowDefinitionArn} .tags=${tags} @changed=${() => void this.#load()}></holdpoint-flow-tags>
      ${apiCall('DescribeFlowDefinition', { FlowDefinitionName: this.name })}`;
  }

  #renderConfiguration({ flow, uiExists }: LoadedFlow) {
    const asked = flow.HumanLoopConfig!;
    const ui = nameIn(asked.HumanTaskUiArn);
    const conditions =
      flow.HumanLoopActivationConfig?.HumanLoopActivationConditionsConfig.HumanLoopActivationConditions;
    const created = flow.CreationTime.toISOString();
    const rows: readonly (readonly [string, unknown])[] = [
      [
        'Status',
        html`${flow.FlowDefinitionStatus}${flow.FailureReason === undefined ? nothing : html`: ${flow.FailureReason}`}`,
      ],
      ['ARN', html`<code class="wrap">${flow.FlowDefinitionArn}</code>`],
      ['Created', html`${exactTime(created)} <span class="muted">(${relativeTime(created, Date.now())})</span>`],
      ['Workteam', nameIn(asked.WorkteamArn)],
      [
        'Human task UI',
        uiExists
          ? html`<a href=${uiPath(ui)}>${ui}</a>`
          : html`${ui} <span class="muted">(deleted: no loops can be started any more)</span>`,
      ],
      ['Task title', asked.TaskTitle],
      ['Task description', asked.TaskDescription],
      ['Keywords', asked.TaskKeywords?.join(', ') ?? html`<span class="muted">none</span>`],
      ['Workers for each loop', asked.TaskCount],
      ['Time for one task', duration(asked.TaskTimeLimitInSeconds ?? 3600)],
      ['Offered for', duration(asked.TaskAvailabilityLifetimeInSeconds ?? 864_000)],
      ['Output path', html`<code class="wrap">${flow.OutputConfig.S3OutputPath}</code>`],
      ...(flow.OutputConfig.KmsKeyId === undefined ? [] : [['Key', flow.OutputConfig.KmsKeyId] as const]),
      ['Role', html`<code class="wrap">${flow.RoleArn}</code>`],
      ...(flow.HumanLoopRequestSource === undefined
        ? []
        : [['Managed task type', flow.HumanLoopRequestSource.AwsManagedHumanLoopRequestSource] as const]),
      ...(conditions === undefined
        ? []
        : [
            [
              'Activation conditions',
              html`<pre tabindex="0" aria-label="Activation conditions">${conditions}</pre>`,
            ] as const,
          ]),
    ];
    return html`<section class="panel panel-whole" aria-labelledby="configuration">
      <h2 id="configuration">Configuration</h2>
      <dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    </section>`;
  }

  #renderLoops({ flow, unfinished }: LoadedFlow) {
    const loops = this.#loops;
    return html`<section class="panel panel-whole" aria-labelledby="loops">
      <h2 id="loops">Recent loops</h2>
      <p class="muted">${unfinished === 0 ? 'No unfinished loops.' : `${countText(unfinished)} unfinished.`}</p>
      ${
        loops === undefined
          ? loading('Looking for loops…')
          : loops.length === 0
            ? html`<p>No loop was started with it yet.</p>`
            : html`<ul class="plain-list">
                ${loops.map(({ HumanLoopName = '', HumanLoopStatus, CreationTime }) => {
                  const at = CreationTime?.toISOString() ?? '';
                  return html`<li>
                    <a href=${loopPath(HumanLoopName)}>${HumanLoopName}</a> ${HumanLoopStatus}
                    <span class="muted small" title=${exactTime(at)}>${relativeTime(at, Date.now())}</span>
                  </li>`;
                })}
              </ul>`
      }
      <p><a href="/console/human-loops?flow=${encodeURIComponent(flow.FlowDefinitionName)}">All loops of this flow</a></p>
    </section>`;
  }
}

customElements.define('holdpoint-flow-definition', FlowDefinition);
