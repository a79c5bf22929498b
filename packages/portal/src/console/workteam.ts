// One team: description, groups, members, tags.
import { html } from 'lit';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { confirm } from './english.ts';
import { areaField, submitButton, textField, valuesOf } from './form-fields.ts';
import { activityLink, detail, moment, table } from './parts.ts';
import { groupsOf, theWorkforce, type Worker, type Workforce, type Workteam } from './people.ts';
import './tags-editor.ts';
import { memberDefinitions } from './workteam-members.ts';

const listPath = '/console/workteams';

class WorkteamPage extends ConsolePage {
  static override properties = { name: { attribute: false } };

  declare name: string;
  #workteam: Workteam | undefined;
  #workforce: Workforce | undefined;
  #workers: readonly Worker[] = [];

  protected override async load(): Promise<void> {
    const [{ Workteam }, workforce, { Workers }] = await Promise.all([
      call('DescribeWorkteam', { WorkteamName: this.name }),
      theWorkforce(),
      call('ListWorkers', {}),
    ]);
    this.#workteam = Workteam;
    this.#workforce = workforce;
    this.#workers = Workers;
  }

  async #update(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { Description = '', Groups = '' } = valuesOf(form);
    const MemberDefinitions = memberDefinitions(this.#workforce, Groups.split(/[\s,]+/).filter(Boolean));
    const work = () => call('UpdateWorkteam', { WorkteamName: this.name, Description, MemberDefinitions });
    await this.send(form, work, 'The team is saved.');
  }

  async #delete(): Promise<void> {
    const input = { WorkteamName: this.name };
    const isSure = await confirm({
      title: `Delete the team ${this.name}?`,
      text: 'Its workers stay. It cannot be undone; a team that a flow definition asks cannot be deleted.',
      action: 'Delete',
      isHarsh: true,
      more: apiCall('DeleteWorkteam', input),
    });
    if (isSure) await this.act(() => call('DeleteWorkteam', input), `The team ${this.name} is deleted.`, listPath);
  }

  #change(worker: Worker, Workteams: readonly string[], done: string): void {
    void this.act(() => call('SetWorkerWorkteams', { Email: worker.Email, Workteams }), done);
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { Email = '' } = valuesOf(form);
    const worker = this.#workers.find((one) => one.Email.toLowerCase() === Email.toLowerCase());
    const Workteams = [...(worker?.Workteams ?? []), this.name];
    const work = () => call('SetWorkerWorkteams', { Email, Workteams });
    if (await this.send(form, work, `${Email} is in the team.`)) form.reset();
  }

  protected override render() {
    return this.page(this.name, () => this.#renderContent(), { back: [listPath, 'All workteams'], kind: 'workteam' });
  }

  #renderContent() {
    const workteam = this.#workteam!;
    const { WorkteamName } = workteam;
    return html`${detail([
      ['ARN', html`<code>${workteam.WorkteamArn}</code>`],
      ['Made', moment(workteam.CreateDate)],
      ['Changed', moment(workteam.LastUpdatedDate)],
      ['What was changed', activityLink('workteam', WorkteamName)],
    ])}
    <section class="section"><h2>Description and groups</h2>
      <form name="update" class="form" novalidate @submit=${this.#update}>
        ${this.formRefusal('update')}
        ${textField({ form: 'update', name: 'Description', label: 'Description', required: true, value: workteam.Description, error: this.fieldRefusal('update', 'Description') })}
        ${areaField({ form: 'update', name: 'Groups', label: 'Groups', required: true, rows: 2, value: groupsOf(workteam).join(' '), words: 'MemberDefinitions,UserGroup', hint: 'Whoever is in one of these groups is in the team.', error: this.fieldRefusal('update', 'Groups') })}
        <div class="row">${submitButton('Save', this.busy)}<button type="button" class="button" @click=${() => void this.#delete()}>Delete workteam</button></div>
      </form>
      ${apiCall('UpdateWorkteam', { WorkteamName, Description: workteam.Description, MemberDefinitions: workteam.MemberDefinitions })}
    </section>
    ${this.#renderMembers()}
    <holdpoint-tags .arn=${workteam.WorkteamArn}></holdpoint-tags>`;
  }

  #renderMembers() {
    const members = this.#workers.filter(({ Workteams }) => Workteams.includes(this.name));
    const issuer = this.#workforce?.OidcConfig?.Issuer;
    return html`<section class="section"><h2>Members</h2>
      ${
        members.length === 0
          ? html`<p class="muted">Nobody is in this team: its tasks wait.</p>`
          : table(
              'Members',
              ['Name', 'Email', 'State', ''],
              members.map((worker) => [
                html`<a href="/console/workers/${encodeURIComponent(worker.Email)}">${worker.Name}</a>`,
                worker.Email,
                worker.Status,
                issuer === undefined
                  ? html`<button type="button" class="button" aria-label="Take out ${worker.Name}"
                      @click=${() =>
                        this.#change(
                          worker,
                          worker.Workteams.filter((team) => team !== this.name),
                          `${worker.Name} is out of the team.`,
                        )}>Take out</button>`
                  : '',
              ]),
            )
      }
      ${
        issuer === undefined
          ? html`<form name="add" class="form inline-form" novalidate @submit=${this.#add}>
              ${this.formRefusal('add')}
              ${textField({ form: 'add', name: 'Email', label: 'Email of a worker', type: 'email', required: true, words: 'e-mail address', error: this.fieldRefusal('add', 'Email') })}
              <div>${submitButton('Add to team', this.busy)}</div>
            </form>`
          : html`<p class="hint">Members follow the groups that ${issuer} says at each sign-in.</p>`
      }
    </section>`;
  }
}

customElements.define('holdpoint-workteam', WorkteamPage);
