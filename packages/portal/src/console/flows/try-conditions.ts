// Tries activation conditions out: those of the flow definition or others, on an input or on the last inputs; nothing is changed.
import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { PageElement } from '../../page.ts';
import { apiCall } from '../api-call.ts';
import { createForm } from '../checked-form.ts';
import { activationPicture, inputsPicture } from '../condition-tree.ts';
import { call } from '../console-api.ts';
import { areaField, selectField } from '../fields.ts';
import { indented } from '../parts.ts';
import { isJson } from './flow-draft.ts';
import type { LoadedFlow } from './load-flow.ts';

type Input = OperationInput<'EvaluateActivationConditions'>;
type Output = OperationOutput<'EvaluateActivationConditions'>;

const lasts = [10, 100, 1000, 5000];

class TryConditions extends PageElement {
  static override properties = { flow: { attribute: false } };

  declare flow: LoadedFlow;
  #conditions = '';
  #content = '';
  /** How many inputs, or `one`. */
  #wanted = '100';
  #found: Output | undefined;
  #prepared: string | undefined;
  readonly #form = createForm(this);

  protected override willUpdate(): void {
    const { FlowDefinitionArn, HumanLoopRequestSource } = this.flow.flow;
    if (FlowDefinitionArn === this.#prepared) return;
    this.#prepared = FlowDefinitionArn;
    this.#conditions = indented(conditionsOf(this.flow) ?? '');
    this.#wanted = HumanLoopRequestSource ? 'one' : '100';
    this.#found = undefined;
  }

  #input(): Input {
    const isOwn = this.#conditions.trim() === indented(conditionsOf(this.flow) ?? '').trim();
    return {
      FlowDefinitionName: this.flow.flow.FlowDefinitionName,
      ...(!isOwn && { HumanLoopActivationConditions: this.#conditions }),
      ...(this.#wanted === 'one' ? { InputContent: this.#content } : { LastInputs: Number(this.#wanted) }),
    };
  }

  #try(event: Event): void {
    const input = this.#input();
    void this.#form.submit(event, {
      problems: {
        ...(this.#conditions.trim() === '' && { conditions: 'There are no conditions.' }),
        ...(this.#wanted === 'one' && !isJson(this.#content) && { content: 'The input is not valid JSON.' }),
      },
      work: async () => {
        this.#found = undefined;
        this.#found = await call('EvaluateActivationConditions', input);
      },
      fieldOf: ({ message }) => (/HumanLoopActivationConditions/.test(message) ? 'conditions' : ''),
    });
  }

  #set(change: () => void): void {
    change();
    this.requestUpdate();
  }

  protected override render() {
    const isManaged = this.flow.flow.HumanLoopRequestSource !== undefined;
    const { errors, isBusy } = this.#form;
    return html`<section class="section" aria-labelledby="try-title">
      <h2 id="try-title">Try activation conditions</h2>
      <p class="muted">Which inputs would go to people, and why. Nothing is started, and the flow definition stays as it is.</p>
      <form class="form-group" @submit=${this.#try} novalidate>
        ${areaField({
          id: 'tried-conditions',
          label: 'Conditions (JSON)',
          hint: conditionsOf(this.flow) === undefined ? 'The flow definition has none: write some to try.' : undefined,
          value: this.#conditions,
          rows: 8,
          mono: true,
          error: errors.conditions,
          changed: (value) => this.#set(() => (this.#conditions = value)),
        })}
        ${
          isManaged
            ? nothing
            : selectField({
                id: 'tried-inputs',
                label: 'Inputs',
                value: this.#wanted,
                choices: [
                  ...lasts.map((count) => ({ value: `${count}`, text: `the last ${count.toLocaleString('en-US')}` })),
                  { value: 'one', text: 'one that I write' },
                ],
                changed: (value) => this.#set(() => (this.#wanted = value)),
              })
        }
        ${
          this.#wanted !== 'one'
            ? nothing
            : areaField({
                id: 'tried-content',
                label: isManaged ? 'Response of the service (JSON)' : 'Input content (JSON)',
                value: this.#content,
                rows: 6,
                mono: true,
                error: errors.content,
                changed: (value) => this.#set(() => (this.#content = value)),
              })
        }
        ${errors[''] === undefined ? nothing : html`<p class="field-error" role="alert">${errors['']}</p>`}
        <div class="row">
          <button type="submit" class="button" aria-disabled=${isBusy ? 'true' : nothing}>Try</button>
        </div>
      </form>
      <div role="status" aria-label="What the conditions say">${this.#renderFound()}</div>
      ${apiCall('EvaluateActivationConditions', this.#input())}
    </section>`;
  }

  #renderFound(): TemplateResult | typeof nothing {
    if (this.#found?.Activation) return activationPicture(this.#found.Activation);
    return this.#found?.Inputs ? inputsPicture(this.#found.Inputs) : nothing;
  }
}

const conditionsOf = ({ flow }: LoadedFlow): string | undefined =>
  flow.HumanLoopActivationConfig?.HumanLoopActivationConditionsConfig.HumanLoopActivationConditions;

customElements.define('holdpoint-try-conditions', TryConditions);
