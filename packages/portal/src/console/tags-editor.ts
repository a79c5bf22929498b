// The tags of a resource: looked at, added, changed, removed.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { loading } from '../components/message.ts';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { confirm, failurePanel } from './english.ts';
import { submitButton, textField, valuesOf } from './form-fields.ts';
import { listAll } from './list-all.ts';
import { table } from './parts.ts';

type Tag = NonNullable<OperationOutput<'ListTags'>['Tags']>[number];

class TagsEditor extends ConsolePage {
  static override properties = { arn: { attribute: false } };

  declare arn: string;
  #tags: readonly Tag[] | undefined;

  protected override async load(): Promise<void> {
    this.#tags = await listAll('ListTags', { ResourceArn: this.arn, MaxResults: 50 }, ({ Tags }) => Tags);
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { Key = '', Value = '' } = valuesOf(form);
    const done = await this.send(
      form,
      () => call('AddTags', { ResourceArn: this.arn, Tags: [{ Key, Value }] }),
      `The tag ${Key} is set.`,
    );
    if (done) form.reset();
  }

  async #remove(key: string): Promise<void> {
    const input = { ResourceArn: this.arn, TagKeys: [key] };
    const isSure = await confirm({
      title: 'Remove the tag?',
      text: `${key} is removed from this resource.`,
      action: 'Remove',
      more: apiCall('DeleteTags', input),
    });
    if (isSure) await this.act(() => call('DeleteTags', input), 'Removed.');
  }

  protected override render() {
    if (this.failure !== undefined) return failurePanel(this.failure, () => void this.reload());
    if (!this.#tags) return loading('Loading the tags…');
    return html`<section class="section" aria-label="Tags">
      <h2>Tags</h2>
      ${this.said()}
      ${
        this.#tags.length === 0
          ? html`<p class="muted">It has no tags.</p>`
          : table(
              'Tags',
              ['Key', 'Value', ''],
              this.#tags.map(({ Key, Value }) => [
                html`<code>${Key}</code>`,
                html`<code>${Value}</code>`,
                html`<button type="button" class="button" aria-label="Remove tag ${Key}" @click=${() => void this.#remove(Key)}>Remove</button>`,
              ]),
            )
      }
      <form name="tags" class="form inline-form" novalidate @submit=${this.#add}>
        ${this.formRefusal('tags')}
        ${textField({ form: 'tags', name: 'Key', label: 'Key', required: true, words: 'tag key,tags.1.member.key', error: this.fieldRefusal('tags', 'Key') })}
        ${textField({ form: 'tags', name: 'Value', label: 'Value', error: this.fieldRefusal('tags', 'Value') })}
        <div>${submitButton('Add tag', this.busy)}</div>
      </form>
      ${this.#tags === undefined ? nothing : apiCall('ListTags', { ResourceArn: this.arn })}
    </section>`;
  }
}

customElements.define('holdpoint-tags', TagsEditor);
