// The people: found by name, address, team or state; made and invited.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { submitButton, textField, tickedOf, tickFields, valuesOf } from './form-fields.ts';
import { empty, secret, table } from './parts.ts';
import { directoryProblem, namesOfWorkteams } from './people.ts';
import { ResourcePage } from './resource-page.ts';

type Worker = OperationOutput<'ListWorkers'>['Workers'][number];

/** More rows are not read by anybody: a search finds the rest. */
const mostRows = 200;

class Workers extends ResourcePage {
  #workers: readonly Worker[] = [];
  #workteams: readonly string[] = [];
  #provider: string | undefined;
  #search = new URLSearchParams(location.search).get('search') ?? '';
  #invited: OperationOutput<'CreateWorker'> | undefined;

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

  #find(event: Event): void {
    this.#search = (event.target as HTMLInputElement).value;
    const query = this.#search === '' ? '' : `?search=${encodeURIComponent(this.#search)}`;
    history.replaceState(null, '', `/console/workers${query}`);
    this.requestUpdate();
  }

  #found(): readonly Worker[] {
    const words = this.#search.toLowerCase().split(/\s+/).filter(Boolean);
    return this.#workers.filter(({ Name, Email, Status, Role, Workteams }) => {
      const text = [Name, Email, Status, Role, ...Workteams].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { Email = '', Name } = valuesOf(form);
    const Workteams = tickedOf(form, 'Workteams');
    const work = async () => {
      this.#invited = await call('CreateWorker', { Email, ...(Name !== undefined && { Name }), Workteams });
    };
    if (!(await this.send(form, work, `${Email} is there. The link below lets them set a password.`))) return;
    form.reset();
    await this.updateComplete;
    this.querySelector<HTMLElement>('.made')?.focus();
  }

  protected override render() {
    return this.page('Workers', () => html`${this.#renderInvited()}${this.#renderList()}${this.#renderForm()}`);
  }

  #renderInvited() {
    if (!this.#invited?.SetPasswordUrl) return nothing;
    const { Worker, SetPasswordUrl } = this.#invited;
    return html`<section class="panel made" tabindex="-1" aria-label="The invitation">
      <h2>Invite ${Worker.Name}</h2>
      <p>Send this link to ${Worker.Email}. Whoever has it sets the password, once, within seven days.</p>
      ${secret('Link', SetPasswordUrl)}
    </section>`;
  }

  #renderList() {
    if (this.#workers.length === 0) return empty('There are no workers yet.', 'Create the first one below.');
    const found = this.#found();
    return html`<section class="section">
      <div class="field"><label for="worker-search">Search</label>
        <input id="worker-search" type="search" .value=${this.#search} @input=${this.#find} placeholder="Name, address, team, disabled, operator" /></div>
      <p class="muted" role="status">${found.length === 1 ? '1 worker' : `${found.length} workers`}${found.length > mostRows ? `; the first ${mostRows} are shown` : ''}</p>
      ${
        found.length === 0
          ? empty('Nobody fits.', 'Search for other words.')
          : table(
              'Workers',
              ['Name', 'Email', 'Teams', 'State'],
              found.slice(0, mostRows).map((worker) => [
                html`<a href="/console/workers/${encodeURIComponent(worker.Email)}">${worker.Name}</a>`,
                worker.Email,
                worker.Workteams.join(', ') || html`<span class="muted">none</span>`,
                html`<span class="row">${worker.Role === 'Operator' ? html`<span class="badge">Operator</span>` : nothing}<span
                  class="badge ${worker.Status === 'Active' ? 'badge-good' : 'badge-bad'}">${worker.Status}</span></span>`,
              ]),
            )
      }
      ${apiCall('ListWorkers', {})}
    </section>`;
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
        <div>${submitButton('Create worker', this.busy)}</div>
      </form>
      ${apiCall('CreateWorker', { Email: 'ada@example.com', Name: 'Ada', Workteams: this.#workteams.slice(0, 1) })}
    </section>`;
  }
}

customElements.define('holdpoint-workers', Workers);
