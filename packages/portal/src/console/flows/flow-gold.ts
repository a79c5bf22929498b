// The gold items of a flow definition, and how workers answer them.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { PageElement } from '../../page.ts';
import { apiCall } from '../api-call.ts';
import { createForm } from '../checked-form.ts';
import { call } from '../console-api.ts';
import { sentenceOf } from '../english.ts';
import { areaField } from '../fields.ts';
import { moment, table } from '../parts.ts';

type Item = OperationOutput<'ListGoldItems'>['GoldItems'][number];
type Judged = OperationOutput<'ListGoldWorkers'>['Workers'][number];

class FlowGold extends PageElement {
  static override properties = { flow: { attribute: false } };

  declare flow: string;
  #items: readonly Item[] = [];
  #workers: readonly Judged[] = [];
  #input = '';
  #answer = '';
  #said = '';
  readonly #form = createForm(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#act(async () => undefined, '');
  }

  /** Does something, says what came of it, and looks again. */
  async #act(work: () => Promise<unknown>, done: string): Promise<void> {
    const FlowDefinitionName = this.flow;
    try {
      await work();
      const [{ GoldItems }, { Workers }] = await Promise.all([
        call('ListGoldItems', { FlowDefinitionName }),
        call('ListGoldWorkers', { FlowDefinitionName }),
      ]);
      [this.#items, this.#workers, this.#said] = [GoldItems, Workers, done];
    } catch (error) {
      this.#said = sentenceOf(error);
    }
    this.requestUpdate();
  }

  #wanted() {
    return { FlowDefinitionName: this.flow, InputContent: this.#input, ExpectedAnswer: this.#answer };
  }

  #add(event: Event): void {
    void this.#form.submit(event, {
      problems: {},
      work: async () => {
        await call('CreateGoldItem', this.#wanted());
        [this.#input, this.#answer] = ['', ''];
        await this.#act(async () => undefined, 'The gold item is added.');
      },
      fieldOf: ({ message }) => (/ExpectedAnswer/.test(message) ? 'ExpectedAnswer' : 'InputContent'),
    });
  }

  protected override render() {
    return html`<section class="section" aria-labelledby="gold-title">
      <h2 id="gold-title">Gold items</h2>
      <p class="muted">Inputs whose answer is known. With the tag <code>holdpoint:gold-rate</code> workers get them among the others.</p>
      <p role="status">${this.#said}</p>
      ${this.#renderWorkers()} ${this.#renderItems()} ${this.#renderForm()}
      ${apiCall('CreateGoldItem', this.#wanted())}
    </section>`;
  }

  #renderWorkers() {
    if (this.#workers.length === 0) return nothing;
    return html`${table(
      'How workers answer them',
      ['Worker', 'Right', 'Lately', 'By day', ''],
      this.#workers.map((one) => [
        html`<a href="/console/workers/${encodeURIComponent(one.Email)}">${one.Name}</a>`,
        `${one.RightAnswers} of ${one.Answers}`,
        one.Accuracy === undefined ? '–' : `${Math.floor(one.Accuracy * 100)} %`,
        one.Days.slice(-7)
          .map(({ Answers, RightAnswers }) => `${RightAnswers}/${Answers}`)
          .join(', '),
        one.BarredTime
          ? html`<span class="row">gets no more since ${moment(one.BarredTime)}
              <button type="button" class="button" aria-label="Readmit ${one.Email}" @click=${() => void this.#readmit(one)}>Readmit</button></span>`
          : nothing,
      ]),
    )}${apiCall('ListGoldWorkers', { FlowDefinitionName: this.flow })}`;
  }

  async #readmit({ Email }: Judged): Promise<void> {
    const FlowDefinitionName = this.flow;
    await this.#act(() => call('ReadmitWorker', { FlowDefinitionName, Email }), `${Email} gets tasks again.`);
  }

  #renderItems() {
    if (this.#items.length === 0) return html`<p>There are none.</p>`;
    return html`${table(
      'Gold items',
      ['Input', 'Known answer', 'Last used', 'Right', ''],
      this.#items.map((item) => [
        html`<code class="wrap">${item.InputContent.slice(0, 200)}</code>`,
        html`<code class="wrap">${item.ExpectedAnswer.slice(0, 200)}</code>`,
        item.LastUsedTime ? moment(item.LastUsedTime) : 'never',
        `${item.RightAnswers} of ${item.Answers}`,
        html`<button type="button" class="button" aria-label="Delete the gold item ${item.GoldItemId}" @click=${() => void this.#delete(item)}>Delete</button>`,
      ]),
    )}${apiCall('ListGoldItems', { FlowDefinitionName: this.flow })}`;
  }

  async #delete({ GoldItemId }: Item): Promise<void> {
    await this.#act(() => call('DeleteGoldItem', { GoldItemId }), 'The gold item is deleted.');
  }

  #renderForm() {
    const field = (name: 'InputContent' | 'ExpectedAnswer', label: string, hint: string, value: string) =>
      areaField({
        id: `gold-${name}`,
        label,
        hint,
        value,
        error: this.#form.errors[name],
        mono: true,
        changed: (text) => {
          if (name === 'InputContent') this.#input = text;
          else this.#answer = text;
          this.requestUpdate();
        },
      });
    return html`<form class="form" novalidate @submit=${this.#add}>
      ${field('InputContent', 'Input content', 'JSON, as StartHumanLoop takes it.', this.#input)}
      ${field('ExpectedAnswer', 'Known answer', 'JSON: the fields that a right answer has.', this.#answer)}
      <div><button type="submit" class="button" aria-disabled=${this.#form.isBusy ? 'true' : nothing}>Add gold item</button></div>
    </form>`;
  }
}

customElements.define('holdpoint-flow-gold', FlowGold);
