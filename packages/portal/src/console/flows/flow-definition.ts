// One flow definition: all of its configuration, its tags, its recent loops, how programs start loops with it, and a test loop.
import type { OperationOutput } from '@holdpoint/protocol';
import { html } from 'lit';
import { apiCall } from '../api-call.ts';
import { call } from '../console-api.ts';
import { ConsolePage } from '../console-page.ts';
import { duration } from '../english.ts';
import { flowsPath, loopPath, nameIn, uiPath } from '../names.ts';
import { activityLink, ago, detail, moment } from '../parts.ts';
import { askToDeleteFlow } from './delete-flow.ts';
import './flow-gold.ts';
import './flow-tags.ts';
import { countText } from './flow-count.ts';
import { type LoadedFlow, loadFlow } from './load-flow.ts';
import './start-loop.ts';
import './try-conditions.ts';

type Loops = OperationOutput<'ListHumanLoops'>['HumanLoopSummaries'];

class FlowDefinition extends ConsolePage {
  static override properties = { name: { attribute: false } };

  declare name: string;
  #flow: LoadedFlow | undefined;
  #loops: Loops = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  protected override async load(): Promise<void> {
    const loaded = await loadFlow(this.name);
    const { FlowDefinitionArn, FlowDefinitionStatus } = loaded.flow;
    this.#loops = (await call('ListHumanLoops', { FlowDefinitionArn, MaxResults: 10 })).HumanLoopSummaries;
    this.#flow = loaded;
    // It is Initializing for a moment only.
    clearTimeout(this.#timer);
    if (FlowDefinitionStatus === 'Initializing' && this.isConnected)
      this.#timer = setTimeout(() => void this.reload(), 1_000);
  }

  async #delete(): Promise<void> {
    const { name } = this;
    if (await askToDeleteFlow(name, this.#flow?.unfinished ?? 0))
      await this.act(
        () => call('DeleteFlowDefinition', { FlowDefinitionName: name }),
        `${name} is being deleted.`,
        flowsPath,
      );
  }

  protected override render() {
    return this.page(this.name, () => this.#renderFlow(this.#flow!), {
      back: [flowsPath, 'All flow definitions'],
      kind: 'flow definition',
      beside: html`<a class="button" href="${flowsPath}/new?from=${encodeURIComponent(this.name)}">Clone</a>
        <button type="button" class="button" @click=${() => void this.#delete()}>Delete</button>`,
    });
  }

  #renderFlow(loaded: LoadedFlow) {
    const { flow, tags } = loaded;
    return html`
      ${this.#renderConfiguration(loaded)}
      ${this.#renderLoops(loaded)}
      <holdpoint-start-loop
        .flow=${loaded}
        @started=${({ detail }: CustomEvent<string>) => {
          this.say(`The loop ${detail} is started.`);
          void this.reload();
        }}
      ></holdpoint-start-loop>
      <holdpoint-try-conditions .flow=${loaded}></holdpoint-try-conditions>
      <holdpoint-flow-tags .arn=${flow.FlowDefinitionArn} .tags=${tags} @changed=${() => void this.reload()}></holdpoint-flow-tags>
      <holdpoint-flow-gold .flow=${this.name}></holdpoint-flow-gold>
      ${apiCall('DescribeFlowDefinition', { FlowDefinitionName: this.name })}`;
  }

  #renderConfiguration({ flow, uiExists }: LoadedFlow) {
    const asked = flow.HumanLoopConfig!;
    const ui = nameIn(asked.HumanTaskUiArn);
    const team = nameIn(asked.WorkteamArn);
    const conditions =
      flow.HumanLoopActivationConfig?.HumanLoopActivationConditionsConfig.HumanLoopActivationConditions;
    const source = flow.HumanLoopRequestSource?.AwsManagedHumanLoopRequestSource;
    const reason = flow.FailureReason === undefined ? '' : `: ${flow.FailureReason}`;
    const rows: readonly (readonly [string, unknown] | false)[] = [
      ['Status', `${flow.FlowDefinitionStatus}${reason}`],
      ['ARN', html`<code>${flow.FlowDefinitionArn}</code>`],
      ['Created', moment(flow.CreationTime)],
      ['Workteam', html`<a href="/console/workteams/${encodeURIComponent(team)}">${team}</a>`],
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
      ['Output path', html`<code>${flow.OutputConfig.S3OutputPath}</code>`],
      flow.OutputConfig.KmsKeyId !== undefined && ['Key', flow.OutputConfig.KmsKeyId],
      ['Role', html`<code>${flow.RoleArn}</code>`],
      source !== undefined && ['Managed task type', source],
      conditions !== undefined && [
        'Activation conditions',
        html`<pre tabindex="0" aria-label="Activation conditions">${conditions}</pre>`,
      ],
      ['What was changed', activityLink('flow-definition', flow.FlowDefinitionName)],
    ];
    return html`<section class="section" aria-labelledby="configuration">
      <h2 id="configuration">Configuration</h2>
      ${detail(rows.filter((row) => row !== false))}
    </section>`;
  }

  #renderLoops({ flow, unfinished }: LoadedFlow) {
    return html`<section class="section" aria-labelledby="loops">
      <h2 id="loops">Recent loops</h2>
      <p class="muted">${unfinished === 0 ? 'No unfinished loops.' : `${countText(unfinished)} unfinished.`}</p>
      ${
        this.#loops.length === 0
          ? html`<p>No loop was started with it yet.</p>`
          : html`<ul class="plain-list">
              ${this.#loops.map(
                ({ HumanLoopName = '', HumanLoopStatus, CreationTime }) =>
                  html`<li><a href=${loopPath(HumanLoopName)}>${HumanLoopName}</a> ${HumanLoopStatus}
                    <span class="muted small">${CreationTime && ago(CreationTime)}</span></li>`,
              )}
            </ul>`
      }
      <p><a href="/console/human-loops?flow=${encodeURIComponent(flow.FlowDefinitionName)}">All loops of this flow</a></p>
    </section>`;
  }
}

customElements.define('holdpoint-flow-definition', FlowDefinition);
