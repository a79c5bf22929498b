// One event target: a test, and what becomes of events that were given up.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { apiCall } from './api-call.ts';
import { ConsoleError, call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { confirm } from './english.ts';
import { addressOf, healthOf, serviceNames } from './event-target-facts.ts';
import { activityLink, detail, indented, moment, table } from './parts.ts';

const listPath = '/console/event-targets';

type Target = OperationOutput<'ListEventTargets'>['EventTargets'][number];
type DeadLetter = OperationOutput<'ListDeadLetters'>['DeadLetters'][number];

class EventTargetPage extends ConsolePage {
  static override properties = { name: { attribute: false } };

  declare name: string;
  #target: Target | undefined;
  #letters: readonly DeadLetter[] = [];
  #next: string | undefined;

  protected override async load(): Promise<void> {
    const EventTargetId = this.name;
    const [{ EventTargets }, page] = await Promise.all([
      call('ListEventTargets', {}),
      call('ListDeadLetters', { EventTargetId, MaxResults: 20 }),
    ]);
    this.#target = EventTargets.find((target) => target.EventTargetId === EventTargetId);
    this.#letters = page.DeadLetters;
    this.#next = page.NextToken;
  }

  async #more(): Promise<void> {
    const NextToken = this.#next;
    try {
      const page = await call('ListDeadLetters', {
        EventTargetId: this.name,
        MaxResults: 20,
        ...(NextToken && { NextToken }),
      });
      // Pressed twice, it asks for the same page.
      if (NextToken !== this.#next) return;
      this.#letters = [...this.#letters, ...page.DeadLetters];
      this.#next = page.NextToken;
      this.requestUpdate();
    } catch (error) {
      this.fail(error);
    }
  }

  #test(): void {
    void this.act(async () => {
      const { StatusCode, Error: reason } = await call('TestEventTarget', { EventTargetId: this.name });
      if (reason !== undefined) throw new ConsoleError('NotTaken', `The sample event was not taken: ${reason}`);
      return `The sample event was taken${StatusCode === undefined ? '' : ` (${StatusCode})`}.`;
    }, String);
  }

  #replay(ids?: readonly string[]): void {
    const input = { EventTargetId: this.name, ...(ids && { DeliveryIds: ids }) };
    void this.act(
      () => call('ReplayEventTarget', input),
      ids ? 'The event is sent again.' : 'The events are sent again.',
    );
  }

  async #discard(ids?: readonly string[]): Promise<void> {
    const input = { EventTargetId: this.name, ...(ids && { DeliveryIds: ids }) };
    const isSure = await confirm({
      title: ids ? 'Delete the event?' : 'Delete all that were given up?',
      text: 'It is not sent any more, and cannot be brought back.',
      action: 'Delete',
      isHarsh: true,
      more: apiCall('DeleteDeadLetters', input),
    });
    if (isSure) await this.act(() => call('DeleteDeadLetters', input), 'Deleted.');
  }

  async #delete(): Promise<void> {
    const failed = this.#target?.FailedDeliveries ?? 0;
    const input = { EventTargetId: this.name, ...(failed > 0 && { Force: true }) };
    const isSure = await confirm({
      title: 'Delete the event target?',
      action: 'Delete',
      isHarsh: true,
      more: apiCall('DeleteEventTarget', input),
      text: `Nothing is sent to it any more${failed > 0 ? `, and the ${failed} events that were given up go with it` : ''}. It cannot be undone.`,
    });
    if (isSure) await this.act(() => call('DeleteEventTarget', input), 'The event target is deleted.', listPath);
  }

  protected override render() {
    return this.page('Event target', () => this.#renderContent(), {
      back: [listPath, 'All event targets'],
      kind: 'event target',
    });
  }

  #renderContent() {
    const target = this.#target;
    if (!target) return html`<p>There is no such event target.</p>`;
    const { EventTargetId } = target;
    const filter = [
      target.FlowDefinitionArn,
      target.Statuses?.join(', '),
      target.Bucket,
      target.Prefix && `${target.Prefix}…`,
      target.Suffix && `…${target.Suffix}`,
    ];
    return html`${detail([
      ['Address', html`<code>${addressOf(target)}</code>`],
      ['Service', serviceNames[target.Service]],
      ['Id', html`<code>${EventTargetId}</code>`],
      ['Hears of', target.Kind === 'human-loop' ? 'human loops that end' : 'objects that are written'],
      ['Only', filter.filter(Boolean).join(' · ') || 'all of them'],
      ['Health', healthOf(target)],
      ['Waiting', String(target.PendingDeliveries ?? 0)],
      ['Last error', target.LastError ?? 'none'],
      ['Made', moment(target.CreationTime)],
      ['What was changed', activityLink('event-target', EventTargetId)],
    ])}
    <section class="section" aria-label="Actions"><div class="row">
      <button type="button" class="button" @click=${this.#test}>Send a sample event</button>
      <button type="button" class="button" @click=${() => void this.#delete()}>Delete event target</button></div>
      ${apiCall('TestEventTarget', { EventTargetId })}
    </section>
    ${this.#renderLetters(EventTargetId)}`;
  }

  #renderLetters(EventTargetId: string) {
    return html`<section class="section"><h2>Events that were given up</h2>
      ${
        this.#letters.length === 0
          ? html`<p class="muted">None.</p>`
          : html`<div class="row"><button type="button" class="button" @click=${() => this.#replay()}>Send all again</button>
              <button type="button" class="button" @click=${() => void this.#discard()}>Delete all</button></div>
            ${table(
              'Events that were given up',
              ['Event', 'Made', 'Given up', 'Attempts', 'Last error', ''],
              this.#letters.map((letter) => this.#renderLetter(letter)),
            )}
            ${this.#next === undefined ? nothing : html`<div><button type="button" class="button" @click=${() => void this.#more()}>Show more</button></div>`}`
      }
      ${apiCall('ListDeadLetters', { EventTargetId })} ${apiCall('ReplayEventTarget', { EventTargetId })}
    </section>`;
  }

  #renderLetter(letter: DeadLetter) {
    const { DeliveryId } = letter;
    return [
      html`<details><summary>${DeliveryId}</summary><pre tabindex="0" aria-label="Event ${DeliveryId}">${indented(letter.Event)}</pre></details>`,
      moment(letter.CreationTime),
      moment(letter.FailureTime),
      String(letter.Attempts),
      letter.LastError ?? '',
      html`<span class="row"><button type="button" class="button" aria-label="Send again: ${DeliveryId}" @click=${() => this.#replay([DeliveryId])}>Send again</button>
        <button type="button" class="button" aria-label="Delete ${DeliveryId}" @click=${() => void this.#discard([DeliveryId])}>Delete</button></span>`,
    ];
  }
}

customElements.define('holdpoint-event-target', EventTargetPage);
