// Who is told when loops end or objects are written, and how the deliveries stand.
import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { addressOf, healthOf, serviceNames } from './event-target-facts.ts';
import { selectField, submitButton, textField, tickedOf, tickFields, valuesOf } from './form-fields.ts';
import { empty, secret, table } from './parts.ts';

type Target = OperationOutput<'ListEventTargets'>['EventTargets'][number];
type Input = OperationInput<'CreateEventTarget'>;

/** The member that says where events go, and what it is called. */
const addresses = {
  webhook: ['Url', 'URL', 'An http or https address that events are posted to.'],
  eventbridge: ['EventBus', 'Event bus', 'Its name or its ARN.'],
  sns: ['TopicArn', 'Topic ARN', 'arn:aws:sns:…'],
  sqs: ['QueueUrl', 'Queue URL', 'https://sqs.…'],
} as const;
type Service = keyof typeof addresses;
type Kind = 'human-loop' | 'object-created';

const statuses = ['Completed', 'Failed', 'Stopped'];

class EventTargets extends ConsolePage {
  #targets: readonly Target[] = [];
  #service: Service = 'webhook';
  #kind: Kind = 'human-loop';
  #made: OperationOutput<'CreateEventTarget'> | undefined;

  protected override async load(): Promise<void> {
    this.#targets = (await call('ListEventTargets', {})).EventTargets;
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { Service: _, ...values } = valuesOf(form);
    const ticked = tickedOf(form, 'Statuses');
    const { Statuses: __, ...rest } = values;
    const Statuses = ticked.length > 0 && this.#kind === 'human-loop' ? { Statuses: ticked } : {};
    const input = { ...rest, ...Statuses, Kind: this.#kind } as Input;
    const work = async () => {
      this.#made = await call('CreateEventTarget', input);
    };
    if (!(await this.send(form, work, 'The event target is made.'))) return;
    form.reset();
    await this.updateComplete;
    this.querySelector<HTMLElement>('.made')?.focus();
  }

  protected override render() {
    return this.page('Event targets', () => html`${this.#renderMade()}${this.#renderList()}${this.#renderForm()}`);
  }

  #renderMade() {
    if (!this.#made?.Secret) return nothing;
    return html`<section class="panel made" tabindex="-1" aria-label="The new event target">
      <h2>The secret of the new webhook</h2>
      <p>Its receiver checks signatures with it. It is shown now and never again.</p>
      ${secret('Signing secret', this.#made.Secret)}
    </section>`;
  }

  #renderList() {
    if (this.#targets.length === 0)
      return empty('Nobody is told.', 'Create a target for programs that want to hear when loops end.');
    return html`${table(
      'Event targets',
      ['Address', 'Service', 'Of', 'Health', 'Waiting', 'Given up', 'Last error'],
      this.#targets.map((target) => [
        html`<a href="/console/event-targets/${encodeURIComponent(target.EventTargetId)}">${addressOf(target)}</a>`,
        serviceNames[target.Service],
        target.Kind === 'human-loop' ? 'loops that end' : 'objects that are written',
        healthOf(target),
        String(target.PendingDeliveries ?? 0),
        String(target.FailedDeliveries),
        target.LastError ?? '',
      ]),
    )}${apiCall('ListEventTargets', {})}`;
  }

  #renderForm() {
    const form = 'create';
    const [member, label, hint] = addresses[this.#service];
    const text = (name: string, label: string, hint?: string, required = false) =>
      textField({
        form,
        name,
        label,
        required,
        ...(hint !== undefined && { hint }),
        error: this.fieldRefusal(form, name),
      });
    return html`<section class="section">
      <h2>Create an event target</h2>
      <form name=${form} class="form" novalidate @submit=${this.#create}>
        ${this.formRefusal(form)}
        ${selectField(
          { form, name: 'Service', label: 'Service', required: true, value: this.#service },
          Object.entries(serviceNames),
          (value) => {
            this.#service = value as Service;
            this.requestUpdate();
          },
        )}
        ${text(member, label, hint, true)}
        ${
          this.#service === 'webhook'
            ? nothing
            : html`${text('Endpoint', 'Endpoint', "Where the service is, when it is not AWS's own of the region.")}
              ${text('Region', 'Region')} ${this.#service === 'eventbridge' ? text('Source', 'Source', 'holdpoint without it.') : nothing}`
        }
        ${selectField(
          { form, name: 'Kind', label: 'It hears of', required: true, value: this.#kind },
          [
            ['human-loop', 'Human loops that end'],
            ['object-created', 'Objects that are written'],
          ],
          (value) => {
            this.#kind = value as Kind;
            this.requestUpdate();
          },
        )}
        ${
          this.#kind === 'human-loop'
            ? html`${text('FlowDefinitionArn', 'Flow definition', 'Its ARN; without it loops of all flows.')}
              ${tickFields({ form, name: 'Statuses', label: 'Only loops that are', hint: 'Without any, all of them.', error: this.fieldRefusal(form, 'Statuses') }, statuses, [])}`
            : html`${text('Bucket', 'Bucket')} ${text('Prefix', 'Key begins with')} ${text('Suffix', 'Key ends with')}`
        }
        <div>${submitButton('Create event target', this.busy)}</div>
      </form>
      ${apiCall('CreateEventTarget', { [member]: this.#service === 'webhook' ? 'https://example.com/hook' : '…', Kind: this.#kind } as Input)}
    </section>`;
  }
}

customElements.define('holdpoint-event-targets', EventTargets);
