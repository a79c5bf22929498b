// One worker: teams, role, state, links, sign-ins.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { confirm } from '../components/confirm.ts';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { submitButton, tickedOf, tickFields } from './form-fields.ts';
import { activityLink, detail, moment, secret, table } from './parts.ts';
import { directoryProblem, namesOfWorkteams } from './people.ts';
import { ResourcePage } from './resource-page.ts';

type Worker = OperationOutput<'ListWorkers'>['Workers'][number];
type SignIn = OperationOutput<'ListWorkerSignIns'>['SignIns'][number];

class WorkerPage extends ResourcePage {
  static override properties = { email: { attribute: false } };

  declare email: string;
  #worker: Worker | undefined;
  #signIns: readonly SignIn[] = [];
  #workteams: readonly string[] = [];
  #provider: string | undefined;
  #link: { readonly what: string; readonly url: string } | undefined;

  protected override async load(): Promise<void> {
    const Email = this.email;
    const [{ Workers }, { SignIns }, workteams, provider] = await Promise.all([
      call('ListWorkers', {}),
      call('ListWorkerSignIns', { Email }),
      namesOfWorkteams(),
      directoryProblem(),
    ]);
    this.#worker = Workers.find((worker) => worker.Email.toLowerCase() === Email.toLowerCase());
    this.#signIns = SignIns;
    this.#workteams = workteams;
    this.#provider = provider;
  }

  async #disable(worker: Worker): Promise<void> {
    const isSure = await confirm({
      title: `Disable ${worker.Name}?`,
      text: 'They are signed out everywhere at once, and what they are working on goes back to the others. They can be enabled again.',
    });
    if (isSure) await this.act(() => call('DisableWorker', { Email: this.email }), `${worker.Name} is disabled.`);
  }

  async #setRole(worker: Worker, Role: 'Operator' | 'Worker'): Promise<void> {
    const isOperator = Role === 'Operator';
    const isSure = await confirm({
      title: isOperator ? `Make ${worker.Name} an operator?` : `Take the operator role from ${worker.Name}?`,
      text: isOperator
        ? 'Operators see and change everything in this console.'
        : 'They keep their tasks and see no console any more.',
    });
    if (!isSure) return;
    const done = isOperator ? `${worker.Name} is an operator.` : `${worker.Name} is no operator any more.`;
    await this.act(() => call('SetWorkerRole', { Email: this.email, Role }), done);
  }

  #makeLink(Purpose: 'SignIn' | 'SetPassword'): void {
    const what =
      Purpose === 'SignIn' ? 'signs in, once, within 30 minutes' : 'sets a password, once, within seven days';
    void this.act(async () => {
      this.#link = { what, url: (await call('CreateSignInLink', { Email: this.email, Purpose })).Url };
    }, 'The link is made. It is shown now and never again.');
  }

  async #saveWorkteams(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const Workteams = tickedOf(form, 'Workteams');
    await this.send(form, () => call('SetWorkerWorkteams', { Email: this.email, Workteams }), 'The teams are saved.');
  }

  #end(SignInId?: string): void {
    const input = { Email: this.email, ...(SignInId !== undefined && { SignInId }) };
    void this.act(
      () => call('EndWorkerSignIns', input),
      SignInId === undefined ? 'Signed out everywhere.' : 'That sign-in is ended.',
    );
  }

  protected override render() {
    return this.page(
      this.#worker?.Name ?? this.email,
      () => this.#renderContent(),
      html`<a href="/console/workers">All workers</a>`,
    );
  }

  #renderContent() {
    const worker = this.#worker;
    if (!worker) return html`<p>No worker has the address ${this.email}.</p>`;
    return html`${detail([
      ['Email', worker.Email],
      [
        'State',
        html`<span class="badge ${worker.Status === 'Active' ? 'badge-good' : 'badge-bad'}">${worker.Status}</span>`,
      ],
      ['Role', worker.Role === 'Operator' ? 'Operator' : 'Reviewer'],
      ['Worker id in outputs', html`<code>${worker.WorkerId}</code>`],
      ['Created', moment(worker.CreationTime)],
      ['What was changed', activityLink('worker', worker.Email)],
      [
        'What they did',
        html`<a href="/console/activity?actor=${encodeURIComponent(worker.WorkerId)}">Activity of ${worker.Name}</a>`,
      ],
    ])}
    ${this.#renderActions(worker)}${this.#renderLink()}${this.#renderWorkteams(worker)}${this.#renderSignIns(worker)}`;
  }

  #renderActions(worker: Worker) {
    const isActive = worker.Status === 'Active';
    const Email = worker.Email;
    return html`<section class="section" aria-label="Actions"><div class="row">
      ${
        isActive
          ? html`<button type="button" class="button" @click=${() => void this.#disable(worker)}>Disable</button>`
          : html`<button type="button" class="button" @click=${() => void this.act(() => call('EnableWorker', { Email }), `${worker.Name} is enabled.`)}>Enable</button>`
      }
      ${
        worker.Role === 'Operator'
          ? html`<button type="button" class="button" @click=${() => void this.#setRole(worker, 'Worker')}>Take operator role</button>`
          : html`<button type="button" class="button" @click=${() => void this.#setRole(worker, 'Operator')}>Make operator</button>`
      }
      ${
        isActive && this.#provider === undefined
          ? html`<button type="button" class="button" @click=${() => this.#makeLink('SetPassword')}>Link to set a password</button>
            <button type="button" class="button" @click=${() => this.#makeLink('SignIn')}>Link to sign in</button>`
          : nothing
      }</div>
      ${apiCall(isActive ? 'DisableWorker' : 'EnableWorker', { Email })}
      ${apiCall('SetWorkerRole', { Email, Role: worker.Role === 'Operator' ? 'Worker' : 'Operator' })}
      ${apiCall('CreateSignInLink', { Email, Purpose: 'SetPassword' })}
    </section>`;
  }

  #renderLink() {
    if (!this.#link) return nothing;
    return html`<section class="panel made" tabindex="-1" aria-label="The link">
      <p>Whoever has this link ${this.#link.what}.</p>
      ${secret('Link', this.#link.url)}
    </section>`;
  }

  #renderWorkteams(worker: Worker) {
    const heading = html`<h2>Teams</h2>`;
    if (this.#provider !== undefined)
      return html`<section class="section">${heading}<p>${worker.Workteams.join(', ') || 'None.'} They follow the groups that ${this.#provider} says at each sign-in.</p></section>`;
    return html`<section class="section">${heading}
      <form name="teams" class="form" @submit=${this.#saveWorkteams}>
        ${this.formRefusal('teams')}
        ${tickFields({ form: 'teams', name: 'Workteams', label: `Teams of ${worker.Name}`, error: this.fieldRefusal('teams', 'Workteams') }, this.#workteams, worker.Workteams)}
        <div>${submitButton('Save teams', this.busy)}</div>
      </form>
      ${apiCall('SetWorkerWorkteams', { Email: worker.Email, Workteams: worker.Workteams })}
    </section>`;
  }

  #renderSignIns({ Email }: Worker) {
    return html`<section class="section"><h2>Sign-ins</h2>
      ${
        this.#signIns.length === 0
          ? html`<p class="muted">Not signed in anywhere.</p>`
          : html`${table(
              'Sign-ins',
              ['Signed in', 'Last used', 'Ends', ''],
              this.#signIns.map(({ SignInId, SignInTime, LastSeenTime, ExpirationTime }) => [
                moment(SignInTime),
                moment(LastSeenTime),
                moment(ExpirationTime),
                html`<button type="button" class="button" aria-label="End the sign-in of ${SignInTime.toLocaleString()}" @click=${() => this.#end(SignInId)}>End</button>`,
              ]),
            )}
            <div class="row"><button type="button" class="button" @click=${() => this.#end()}>Sign out everywhere</button></div>`
      }
      ${apiCall('EndWorkerSignIns', { Email })}
    </section>`;
  }
}

customElements.define('holdpoint-worker', WorkerPage);
