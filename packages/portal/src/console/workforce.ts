// The workforce: where its people come from, and from which networks they may.
import type { OperationInput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { confirm } from './english.ts';
import { areaField, submitButton, textField, valuesOf } from './form-fields.ts';
import { activityLink, detail, empty, moment } from './parts.ts';
import { theWorkforce, type Workforce } from './people.ts';

type OidcConfig = NonNullable<Workforce['OidcConfig']>;
/** With the secret, as an update takes it. */
type WholeConfig = NonNullable<OperationInput<'UpdateWorkforce'>['OidcConfig']>;

const endpoints = [
  ['Issuer', 'Issuer'],
  ['AuthorizationEndpoint', 'Authorization endpoint'],
  ['TokenEndpoint', 'Token endpoint'],
  ['UserInfoEndpoint', 'UserInfo endpoint'],
  ['LogoutEndpoint', 'Logout endpoint'],
  ['JwksUri', 'Keys (JWKS)'],
] as const;

class WorkforcePage extends ConsolePage {
  #workforce: Workforce | undefined;

  protected override async load(): Promise<void> {
    this.#workforce = await theWorkforce();
  }

  async #saveNetworks(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const Cidrs = (valuesOf(form).SourceIpConfig ?? '').split(/[\s,]+/).filter(Boolean);
    if (Cidrs.length > 0) {
      const isSure = await confirm({
        title: 'Close the portal to other networks?',
        text: `Whoever comes from elsewhere than ${Cidrs.join(', ')} gets no portal and no console any more, at once.`,
        action: 'Close',
      });
      if (!isSure) return;
    }
    const input = { WorkforceName: this.#workforce!.WorkforceName, SourceIpConfig: { Cidrs } };
    await this.send(form, () => call('UpdateWorkforce', input), 'The networks are saved.');
  }

  async #saveProvider(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const isSure = await confirm({
      title: 'Change the identity provider?',
      text: 'People of another issuer are signed out at once, you too. Access keys and the command line go on working.',
      action: 'Change',
    });
    if (!isSure) return;
    const { AuthenticationRequestExtraParams: extra, ...values } = valuesOf(form);
    const OidcConfig = {
      ...values,
      ...(extra !== undefined && { AuthenticationRequestExtraParams: paramsOf(extra) }),
    } as unknown as WholeConfig;
    const input = { WorkforceName: this.#workforce!.WorkforceName, OidcConfig };
    await this.send(form, () => call('UpdateWorkforce', input), 'The identity provider is saved.');
  }

  protected override render() {
    return this.page('Workforce', () => this.#renderContent());
  }

  #renderContent() {
    const workforce = this.#workforce;
    if (!workforce)
      return empty(
        'There is no workforce.',
        'Nobody can be asked. CreateWorkforce makes one, by program or by the command line.',
      );
    const { WorkforceName, OidcConfig } = workforce;
    return html`${detail([
      ['Name', WorkforceName],
      ['ARN', html`<code>${workforce.WorkforceArn}</code>`],
      ['People', OidcConfig ? `from ${OidcConfig.Issuer}` : 'in the built-in directory'],
      ['Portal', workforce.SubDomain ?? ''],
      ['Made', moment(workforce.CreateDate)],
      ['Changed', moment(workforce.LastUpdatedDate)],
      ['What was changed', activityLink('workforce', WorkforceName)],
    ])}
    ${apiCall('DescribeWorkforce', { WorkforceName })}
    ${this.#renderNetworks(workforce)} ${OidcConfig ? this.#renderProvider(workforce, OidcConfig) : nothing}`;
  }

  #renderNetworks({ WorkforceName, SourceIpConfig }: Workforce) {
    const cidrs = SourceIpConfig?.Cidrs ?? [];
    return html`<section class="section"><h2>Networks</h2>
      <form name="networks" class="form" novalidate @submit=${this.#saveNetworks}>
        ${this.formRefusal('networks')}
        ${areaField({
          form: 'networks',
          name: 'SourceIpConfig',
          label: 'Address blocks that people may come from',
          value: cidrs.join('\n'),
          words: 'Cidrs,CIDR',
          hint: 'One in each line, such as 192.0.2.0/24 or 2001:db8::/32, at most ten. Without any they may come from everywhere. Your own address must be in one of them.',
          error: this.fieldRefusal('networks', 'SourceIpConfig'),
        })}
        <div>${submitButton('Save networks', this.busy)}</div>
      </form>
      ${apiCall('UpdateWorkforce', { WorkforceName, SourceIpConfig: { Cidrs: cidrs } })}
    </section>`;
  }

  #renderProvider({ WorkforceName }: Workforce, config: OidcConfig) {
    const form = 'provider';
    const text = (name: string, label: string, value: string | undefined, required = true) =>
      textField({ form, name, label, value, required, error: this.fieldRefusal(form, name) });
    return html`<section class="section"><h2>Identity provider</h2>
      <p class="hint">It can change only while there are no workteams.</p>
      <form name=${form} class="form" novalidate @submit=${this.#saveProvider}>
        ${this.formRefusal(form)}
        ${text('ClientId', 'Client id', config.ClientId)}
        ${textField({ form, name: 'ClientSecret', label: 'Client secret', type: 'password', required: true, hint: 'It is never shown; every change needs it again.', error: this.fieldRefusal(form, 'ClientSecret') })}
        ${endpoints.map(([name, label]) => text(name, label, config[name]))}
        ${text('Scope', 'Scopes', config.Scope, false)}
        ${areaField({ form, name: 'AuthenticationRequestExtraParams', label: 'Further parameters', rows: 2, value: textOfParams(config.AuthenticationRequestExtraParams), hint: 'One in each line, such as prompt=login.', error: this.fieldRefusal(form, 'AuthenticationRequestExtraParams') })}
        <div>${submitButton('Save identity provider', this.busy)}</div>
      </form>
      ${apiCall('UpdateWorkforce', { WorkforceName, OidcConfig: { ...config, ClientSecret: '…' } as WholeConfig })}
    </section>`;
  }
}

const textOfParams = (params: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(params ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');

const paramsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const at = line.indexOf('=');
        return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
  );

customElements.define('holdpoint-workforce', WorkforcePage);
