// The teams: some of the workers, by group.
import { html } from 'lit';
import { goTo } from '../navigation.ts';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { submitButton, textField, valuesOf } from './form-fields.ts';
import { allWorkteams } from './list-all.ts';
import { empty, moment, table } from './parts.ts';
import { groupsOf, theWorkforce, type Workforce, type Workteam } from './people.ts';
import { memberDefinitions } from './workteam-members.ts';

class Workteams extends ConsolePage {
  #workteams: readonly Workteam[] = [];
  #workforce: Workforce | undefined;

  protected override async load(): Promise<void> {
    [this.#workteams, this.#workforce] = await Promise.all([allWorkteams(), theWorkforce()]);
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { WorkteamName = '', Description = '', Groups } = valuesOf(form);
    const MemberDefinitions = memberDefinitions(
      this.#workforce,
      (Groups ?? WorkteamName).split(/[\s,]+/).filter(Boolean),
    );
    const work = () => call('CreateWorkteam', { WorkteamName, Description, MemberDefinitions });
    if (await this.send(form, work, 'The team is made.'))
      goTo(`/console/workteams/${encodeURIComponent(WorkteamName)}`);
  }

  protected override render() {
    return this.page('Workteams', () => html`${this.#renderList()}${this.#renderForm()}`);
  }

  #renderList() {
    if (this.#workteams.length === 0)
      return empty('There are no teams.', 'A flow definition asks one: create the first below.');
    return html`${table(
      'Workteams',
      ['Name', 'Description', 'Groups', 'Changed'],
      this.#workteams.map((workteam) => [
        html`<a href="/console/workteams/${encodeURIComponent(workteam.WorkteamName)}">${workteam.WorkteamName}</a>`,
        workteam.Description,
        groupsOf(workteam).join(', '),
        moment(workteam.LastUpdatedDate),
      ]),
    )}${apiCall('ListWorkteams', { SortBy: 'Name', SortOrder: 'Ascending' })}`;
  }

  #renderForm() {
    const isOidc = this.#workforce?.OidcConfig !== undefined;
    return html`<section class="section">
      <h2>Create a workteam</h2>
      <form name="create" class="form" novalidate @submit=${this.#create}>
        ${this.formRefusal('create')}
        ${textField({ form: 'create', name: 'WorkteamName', label: 'Name', required: true, hint: 'Letters, digits and hyphens.', words: 'work team,workteam', error: this.fieldRefusal('create', 'WorkteamName') })}
        ${textField({ form: 'create', name: 'Description', label: 'Description', required: true, error: this.fieldRefusal('create', 'Description') })}
        ${textField({
          form: 'create',
          name: 'Groups',
          label: 'Groups',
          words: 'MemberDefinitions,UserGroup',
          hint: `${isOidc ? 'Groups of the identity provider' : 'Groups of the built-in directory'}, with spaces between; without any, one of the team's name.`,
          error: this.fieldRefusal('create', 'Groups'),
        })}
        <div>${submitButton('Create workteam', this.busy)}</div>
      </form>
      ${apiCall('CreateWorkteam', { WorkteamName: 'team', Description: 'Who they are', MemberDefinitions: memberDefinitions(this.#workforce, ['team']) })}
    </section>`;
  }
}

customElements.define('holdpoint-workteams', Workteams);
