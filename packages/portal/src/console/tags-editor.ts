// The tags of a resource: looked at, added, changed, removed.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { confirm } from '../components/confirm.ts';
import { loading } from '../components/message.ts';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { submitButton, textField, valuesOf } from './form-fields.ts';
import { table } from './parts.ts';
import { ResourcePage, sentenceOf } from './resource-page.ts';

type Tag = NonNullable<OperationOutput<'ListTags'>['Tags']>[number];

class TagsEditor extends ResourcePage {
  static override properties = { arn: { attribute: false } };

  declare arn: string;
  #tags: readonly Tag[] | undefined;

  protected override async load(): Promise<void> {
    const tags: Tag[] = [];
    for (let NextToken: string | undefined; ; ) {
      const page = await call('ListTags', { ResourceArn: this.arn, MaxResults: 50, ...(NextToken && { NextToken }) });
      tags.push(...(page.Tags ?? []));
      NextToken = page.NextToken;
      if (NextToken === undefined) break;
    }
    this.#tags = tags;
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { Key = '', Value = '' } = valuesOf(form);
    const done = await this.send(form, () => call('AddTags', { ResourceArn: this.arn, Tags: [{ Key, Value }] }), '');
    if (done) form.reset();
  }

  async #remove(key: string): Promise<void> {
    const isSure = await confirm({ title: 'Remove the tag?', text: `${key} is removed from this resource.` });
    if (isSure) await this.act(() => call('DeleteTags', { ResourceArn: this.arn, TagKeys: [key] }), 'Removed.');
  }

  protected override render() {
    if (this.failure !== undefined) return html`<p class="form-error" role="alert">${sentenceOf(this.failure)}</p>`;
    if (!this.#tags) return loading('Loading the tags…');
    return html`<section class="section" aria-label="Tags">
      <h2>Tags</h2>
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
