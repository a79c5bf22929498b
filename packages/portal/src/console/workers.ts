// The people: found by name, address, team or state; made and invited.
import { html, nothing } from 'lit';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { submitButton, textField, tickedOf, tickFields, valuesOf } from './form-fields.ts';
import { type Invitation, invitationField, invitationPanel, invitationText } from './invitation.ts';
import { empty, table } from './parts.ts';
import { directoryProblem, namesOfWorkteams, stateBadge, type Worker } from './people.ts';
import { createSearch } from './searched-list.ts';

class Workers extends ConsolePage {
  #workers: readonly Worker[] = [];
  #workteams: readonly string[] = [];
  #provider: string | undefined;
  #invitation: Invitation | undefined;
  readonly #search = createSearch(this);

  protected override async load(): Promise<void> {
    const [{ Workers }, workteams, provider] = await Promise.all([
      call('ListWorkers', {}),
      namesOfWorkteams(),
      directoryProblem(),
    ]);
    this.#workers = Workers;
    this.#workteams = workteams;
    this.#provider = provider;
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { Email = '', Name } = valuesOf(form);
    const Workteams = tickedOf(form, 'Workteams');
    const SendInvitation = tickedOf(form, 'SendInvitation').length > 0;
    const work = async () => {
      const input = { Email, ...(Name !== undefined && { Name }), Workteams, SendInvitation };
      this.#invitation = await call('CreateWorker', input);
      return invitationText(this.#invitation);
    };
    if (!(await this.send(form, work, (text) => text))) return;
    form.reset();
    await this.updateComplete;
    this.querySelector<HTMLElement>('.made')?.focus();
  }

  protected override render() {
    return this.page(
      'Workers',
      () => html`${this.#invitation && invitationPanel(this.#invitation)}${this.#renderList()}${this.#renderForm()}`,
    );
  }

  #renderList() {
    if (this.#workers.length === 0) return empty('There are no workers yet.', 'Create the first one below.');
    return html`${this.#search({
      label: 'Search by name, address, team, role or state',
      items: this.#workers,
      textOf: ({ Name, Email, Status, Role, Workteams }) => [Name, Email, Status, Role, ...Workteams],
      draw: (found) =>
        table(
          'Workers',
          ['Name', 'Email', 'Teams', 'State'],
          found.map((worker) => [
            html`<a href="/console/workers/${encodeURIComponent(worker.Email)}">${worker.Name}</a>`,
            worker.Email,
            worker.Workteams.join(', ') || html`<span class="muted">none</span>`,
            html`<span class="row">${worker.Role === 'Operator' ? html`<span class="badge">Operator</span>` : nothing}${stateBadge(worker.Status)}</span>`,
          ]),
        ),
    })}
    ${apiCall('ListWorkers', {})}`;
  }

  #renderForm() {
    if (this.#provider !== undefined)
      return html`<section class="section"><h2>New workers</h2>
        <p>People come from ${this.#provider}: a worker is made when the person signs in for the first time.</p></section>`;
    return html`<section class="section">
      <h2>Create a worker</h2>
      <form name="create" class="form" novalidate @submit=${this.#create}>
        ${this.formRefusal('create')}
        ${textField({ form: 'create', name: 'Email', label: 'Email', type: 'email', required: true, words: 'e-mail address', error: this.fieldRefusal('create', 'Email') })}
        ${textField({ form: 'create', name: 'Name', label: 'Name', hint: 'Without it, the part of the address before its @.', error: this.fieldRefusal('create', 'Name') })}
        ${tickFields({ form: 'create', name: 'Workteams', label: 'Teams', error: this.fieldRefusal('create', 'Workteams') }, this.#workteams, [])}
        ${invitationField()}
        <div>${submitButton('Create worker', this.busy)}</div>
      </form>
      ${apiCall('CreateWorker', { Email: 'ada@example.com', Name: 'Ada', Workteams: this.#workteams.slice(0, 1) })}
    </section>`;
  }
}

customElements.define('holdpoint-workers', Workers);
