// Starts a test loop with a flow definition, and shows how programs do it. Fires `started` (CustomEvent of the loop's name).
import { html, nothing } from 'lit';
import { PageElement } from '../../page.ts';
import { apiCall } from '../api-call.ts';
import { createForm } from '../checked-form.ts';
import { call } from '../console-api.ts';
import { problemsOf } from '../field-errors.ts';
import { textField } from '../fields.ts';
import { nameIn } from '../names.ts';
import { exampleInput } from '../templates/example-input.ts';
import '../templates/sample-input.ts';
import { problemOf, type SampleInput } from '../templates/sample-input.ts';
import { templateText } from '../templates/template-text.ts';
import type { LoadedFlow } from './load-flow.ts';

class StartLoop extends PageElement {
  static override properties = { flow: { attribute: false } };

  declare flow: LoadedFlow;
  #name = '';
  #sample = '{}';
  #sources: readonly string[] = [];
  #prepared: string | undefined;
  readonly #form = createForm(this);

  protected override willUpdate(): void {
    const arn = this.flow.flow.FlowDefinitionArn;
    if (arn === this.#prepared) return;
    this.#prepared = arn;
    this.#sources = [arn];
    this.#name = freshName(this.flow.flow.FlowDefinitionName);
    void this.#prepare();
  }

  /** The newest input there is, else one that the template could have. */
  async #prepare(): Promise<void> {
    await this.updateComplete;
    const picker = this.querySelector<SampleInput>('holdpoint-sample-input');
    if (picker && (await picker.takeNewest())) return;
    const ui = this.flow.flow.HumanLoopConfig?.HumanTaskUiArn;
    if (ui === undefined || !this.flow.uiExists) return;
    const template = await templateText(nameIn(ui)).catch(() => '');
    if (this.#sample === '{}') this.#sample = exampleInput(template);
    this.requestUpdate();
  }

  #input() {
    return {
      HumanLoopName: this.#name.trim(),
      FlowDefinitionArn: this.flow.flow.FlowDefinitionArn,
      HumanLoopInput: { InputContent: compact(this.#sample) },
    };
  }

  #start(event: Event): void {
    const input = this.#input();
    void this.#form.submit(event, {
      problems: {
        ...problemsOf('StartHumanLoop', input),
        ...(problemOf(this.#sample) !== undefined && { input: 'The input is not valid JSON.' }),
      },
      work: async () => {
        await call('StartHumanLoop', input);
        this.#name = freshName(this.flow.flow.FlowDefinitionName);
        this.dispatchEvent(new CustomEvent<string>('started', { detail: input.HumanLoopName }));
      },
      fieldOf: ({ message }) => (/HumanLoop '/.test(message) ? 'HumanLoopName' : ''),
    });
  }

  protected override render() {
    const problem = this.#form.errors[''] ?? this.#form.errors.input;
    return html`<section class="section" aria-labelledby="start-title">
      <h2 id="start-title">Start a test loop</h2>
      <p class="muted">It is a loop like any other: its task waits for the workteam, and its output is written.</p>
      <form class="form-group" @submit=${this.#start} novalidate>
        ${textField({
          id: 'loop-name',
          label: 'Name of the loop',
          value: this.#name,
          error: this.#form.errors.HumanLoopName,
          required: true,
          changed: (value) => {
            this.#name = value;
            this.requestUpdate();
          },
        })}
        <holdpoint-sample-input
          .flows=${this.#sources}
          .value=${this.#sample}
          @sample=${({ detail }: CustomEvent<string>) => {
            this.#sample = detail;
            this.requestUpdate();
          }}
        ></holdpoint-sample-input>
        ${problem === undefined ? nothing : html`<p class="field-error" role="alert">${problem}</p>`}
        <div class="row">
          <button type="submit" class="button" aria-disabled=${this.#form.isBusy ? 'true' : nothing}>Start the loop</button>
        </div>
      </form>
      <h3>By program</h3>
      ${apiCall('StartHumanLoop', this.#input())}
      <details class="api-call">
        <summary>The same on the command line</summary>
        <pre tabindex="0" aria-label="Commands">${commands(this.#input())}</pre>
      </details>
    </section>`;
  }
}

interface Started {
  readonly HumanLoopName: string;
  readonly FlowDefinitionArn: string;
  readonly HumanLoopInput: { readonly InputContent: string };
}

/** By our own command line, and by AWS's. */
function commands({ HumanLoopName, FlowDefinitionArn, HumanLoopInput }: Started): string {
  return `holdpoint loop start ${nameIn(FlowDefinitionArn)} --name ${quoted(HumanLoopName)} --input ${quoted(HumanLoopInput.InputContent)}

aws sagemaker-a2i-runtime start-human-loop --endpoint-url ${location.origin} \\
  --human-loop-name ${quoted(HumanLoopName)} \\
  --flow-definition-arn ${FlowDefinitionArn} \\
  --human-loop-input ${quoted(JSON.stringify(HumanLoopInput))}`;
}

/** For a shell. */
const quoted = (text: string): string => (/^[\w-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Names of loops are unique; the time makes one that is likely free. */
const freshName = (flow: string): string => `test-${Date.now().toString(36)}-${flow}`.slice(0, 63).replace(/-+$/, '');

/** As short as JSON is. What is none stays. */
function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

customElements.define('holdpoint-start-loop', StartLoop);
