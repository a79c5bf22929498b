// One worker: teams, role, state, links, sign-ins.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { mailsLinks } from '../page.ts';
import { apiCall } from './api-call.ts';
import { call } from './console-api.ts';
import { ConsolePage } from './console-page.ts';
import { confirm, exactTime } from './english.ts';
import { submitButton, tickedOf, tickFields } from './form-fields.ts';
import { type Invitation, invitationField, invitationPanel, invitationText } from './invitation.ts';
import { activityLink, detail, moment, secret, table } from './parts.ts';
import { directoryProblem, namesOfWorkteams, stateBadge, type Worker } from './people.ts';

type SignIn = OperationOutput<'ListWorkerSignIns'>['SignIns'][number];

class WorkerPage extends ConsolePage {
  static override properties = { name: { attribute: false } };

  /** The e-mail address. */
  declare name: string;
  #worker: Worker | undefined;
  #signIns: readonly SignIn[] = [];
  #workteams: readonly string[] = [];
  #provider: string | undefined;
  #link: { readonly what: string; readonly url: string } | undefined;
  #invitation: Invitation | undefined;

  protected override async load(): Promise<void> {
    const Email = this.name;
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
      action: 'Disable',
    });
    if (isSure) await this.act(() => call('DisableWorker', { Email: this.name }), `${worker.Name} is disabled.`);
  }

  async #setRole(worker: Worker, Role: 'Operator' | 'Worker'): Promise<void> {
    const isOperator = Role === 'Operator';
    const isSure = await confirm({
      title: isOperator ? `Make ${worker.Name} an operator?` : `Take the operator role from ${worker.Name}?`,
      text: isOperator
        ? 'Operators see and change everything in this console.'
        : 'They keep their tasks and see no console any more.',
      action: isOperator ? 'Make operator' : 'Take the role',
    });
    if (!isSure) return;
    const done = isOperator ? `${worker.Name} is an operator.` : `${worker.Name} is no operator any more.`;
    await this.act(() => call('SetWorkerRole', { Email: this.name, Role }), done);
  }

  #makeLink(Purpose: 'SignIn' | 'SetPassword'): void {
    const what =
      Purpose === 'SignIn' ? 'signs in, once, within 30 minutes' : 'sets a password, once, within seven days';
    void this.act(async () => {
      this.#link = { what, url: (await call('CreateSignInLink', { Email: this.name, Purpose })).Url };
    }, 'The link is made. It is shown now and never again.');
  }

  async #reset(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const input = {
      Email: this.name,
      SendInvitation: tickedOf(event.target as HTMLFormElement, 'SendInvitation').length > 0,
    };
    const isSure = await confirm({
      title: `Reset the sign-in of ${this.#worker?.Name ?? this.name}?`,
      text: 'Password, passkeys, authenticator app, recovery codes and links that were not used are taken away, and they are signed out everywhere. What they are working on stays theirs.',
      action: 'Reset',
      isHarsh: true,
      more: apiCall('ResetWorker', input),
    });
    if (!isSure) return;
    const work = async () => {
      this.#invitation = await call('ResetWorker', input);
      return this.#invitation;
    };
    if (await this.act(work, invitationText)) this.querySelector<HTMLElement>('.made')?.focus();
  }

  async #saveWorkteams(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const Workteams = tickedOf(form, 'Workteams');
    await this.send(form, () => call('SetWorkerWorkteams', { Email: this.name, Workteams }), 'The teams are saved.');
  }

  #end(SignInId?: string): void {
    const input = { Email: this.name, ...(SignInId !== undefined && { SignInId }) };
    void this.act(
      () => call('EndWorkerSignIns', input),
      SignInId === undefined ? 'Signed out everywhere.' : 'That sign-in is ended.',
    );
  }

  protected override render() {
    return this.page(this.#worker?.Name ?? this.name, () => this.#renderContent(), {
      back: ['/console/workers', 'All workers'],
      kind: 'worker',
    });
  }

  #renderContent() {
    const worker = this.#worker;
    if (!worker) return html`<p>No worker has the address ${this.name}.</p>`;
    return html`${detail([
      ['Email', worker.Email],
      ['State', stateBadge(worker.Status)],
      ['Role', worker.Role === 'Operator' ? 'Operator' : 'Reviewer'],
      ['Worker id in outputs', html`<code>${worker.WorkerId}</code>`],
      ['Created', moment(worker.CreationTime)],
      ['What was changed', activityLink('worker', worker.Email)],
      [
        'What they did',
        html`<a href="/console/activity?actor=${encodeURIComponent(worker.WorkerId)}">Activity of ${worker.Name}</a>`,
      ],
    ])}
    ${this.#renderActions(worker)}${this.#renderLink()}${this.#renderReset(worker)}${this.#renderWorkteams(worker)}${this.#renderSignIns(worker)}`;
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

  #renderReset({ Email, Status }: Worker) {
    if (this.#provider !== undefined || Status !== 'Active') return nothing;
    return html`<section class="section"><h2>Lost password or second factor</h2>
      <form name="reset" class="form" @submit=${this.#reset}>
        <p class="hint">Takes away everything they sign in with, and makes a link with which they set a new password within seven days.</p>
        ${invitationField()}
        <div>${submitButton('Reset sign-in', this.busy)}</div>
      </form>
      ${this.#invitation && invitationPanel(this.#invitation)}
      ${apiCall('ResetWorker', { Email, SendInvitation: mailsLinks() })}
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
                html`<button type="button" class="button" aria-label="End the sign-in of ${exactTime(SignInTime)}" @click=${() => this.#end(SignInId)}>End</button>`,
              ]),
            )}
            <div class="row"><button type="button" class="button" @click=${() => this.#end()}>Sign out everywhere</button></div>`
      }
      ${apiCall('EndWorkerSignIns', { Email })}
    </section>`;
  }
}

customElements.define('holdpoint-worker', WorkerPage);
