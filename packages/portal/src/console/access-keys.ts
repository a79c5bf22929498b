// The key pairs with which programs sign.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { confirm } from './english.ts';
import { submitButton, textField, valuesOf } from './form-fields.ts';
import { activityLink, empty, moment, secret, table } from './parts.ts';

type Key = OperationOutput<'ListAccessKeys'>['AccessKeys'][number];

class AccessKeys extends ConsolePage {
  #keys: readonly Key[] = [];
  #made: OperationOutput<'CreateAccessKey'> | undefined;

  protected override async load(): Promise<void> {
    this.#keys = (await call('ListAccessKeys', {})).AccessKeys;
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { Description, OwnerEmail } = valuesOf(form);
    const done = await this.send(
      form,
      async () => {
        this.#made = await call('CreateAccessKey', {
          ...(Description !== undefined && { Description }),
          ...(OwnerEmail !== undefined && { OwnerEmail }),
        });
      },
      'The key pair is made. Its secret is shown now and never again.',
    );
    if (!done) return;
    form.reset();
    await this.updateComplete;
    this.querySelector<HTMLElement>('.made')?.focus();
  }

  async #revoke({ AccessKeyId, Description }: Key): Promise<void> {
    const isSure = await confirm({
      title: 'Revoke the key?',
      action: 'Revoke',
      isHarsh: true,
      more: apiCall('RevokeAccessKey', { AccessKeyId }),
      text: `Nothing that is signed with ${AccessKeyId}${Description ? ` (${Description})` : ''} is taken any more, at once and for good.`,
    });
    if (isSure) await this.act(() => call('RevokeAccessKey', { AccessKeyId }), `${AccessKeyId} is revoked.`);
  }

  protected override render() {
    return this.page('Access keys', () => html`${this.#renderMade()}${this.#renderList()}${this.#renderForm()}`);
  }

  #renderMade() {
    if (!this.#made) return nothing;
    const { AccessKeyId, SecretAccessKey } = this.#made;
    return html`<section class="panel made" tabindex="-1" aria-label="The new key pair">
      <h2>The new key pair</h2>
      <p>Copy the secret now: it is kept where no page shows it again.</p>
      ${secret('Access key', AccessKeyId)} ${secret('Secret access key', SecretAccessKey)}
      <button type="button" class="button" @click=${this.#forget}>Done</button>
    </section>`;
  }

  #forget(): void {
    this.#made = undefined;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('h1')?.focus());
  }

  #renderList() {
    if (this.#keys.length === 0) return empty('There are no keys.', 'Programs need one to call the API.');
    return html`${table(
      'Access keys',
      ['Key', 'For', 'Owner', 'Kind', 'Made', ''],
      this.#keys.map((key) => [
        html`<code>${key.AccessKeyId}</code>`,
        key.Description || html`<span class="muted">nothing said</span>`,
        key.OwnerEmail ?? html`<span class="muted">nobody</span>`,
        key.Kind ?? '',
        moment(key.CreationTime),
        html`<span class="row">${activityLink('access-key', key.AccessKeyId)}${
          key.Kind === 'root'
            ? html`<span class="muted small">of the data directory; stays</span>`
            : html`<button type="button" class="button" aria-label="Revoke ${key.AccessKeyId}" @click=${() => void this.#revoke(key)}>Revoke</button>`
        }</span>`,
      ]),
    )}${apiCall('ListAccessKeys', {})}`;
  }

  #renderForm() {
    return html`<section class="section">
      <h2>Make a key pair</h2>
      <form name="create" class="form" novalidate @submit=${this.#create}>
        ${this.formRefusal('create')}
        ${textField({ form: 'create', name: 'Description', label: 'What is it for?', hint: 'Such as the program that gets it.', error: this.fieldRefusal('create', 'Description') })}
        ${textField({ form: 'create', name: 'OwnerEmail', label: 'Whose is it?', hint: 'The e-mail address of a worker, if the key is for one person.', error: this.fieldRefusal('create', 'OwnerEmail') })}
        <div>${submitButton('Make key pair', this.busy)}</div>
      </form>
      ${apiCall('CreateAccessKey', { Description: 'nightly import' })}
    </section>`;
  }
}

customElements.define('holdpoint-access-keys', AccessKeys);
