// What all tools have around their work area: header, instructions, shortcuts, settings, a side pane and a bar. The class names
// and the two unknown tags are hooks that templates reach for.
import { html, icon, nothing } from '../base.ts';
import { imageMessages } from './image/messages.ts';

export interface Shortcut {
  /** As they stand on keys, such as `Ctrl+Z`; each of them does it. */
  readonly keys: readonly string[];
  readonly text: string;
}

export interface ShellParts {
  readonly instructions: { toggle(): unknown; pane(): unknown; dialog(): unknown; readonly present: boolean };
  readonly header: string;
  readonly shortcuts: readonly Shortcut[];
  /** What is under the button for settings; nothing where there are none. */
  readonly settings?: unknown;
  readonly alerts: unknown;
  readonly main: unknown;
  readonly side: unknown;
  readonly bar: unknown;
  readonly complaint: unknown;
}

interface Host {
  matches(selector: string): boolean;
  requestUpdate(): void;
}

export class Shell {
  readonly #host: Host;
  #areShortcutsShown = false;
  #areSettingsShown = false;

  constructor(host: Host) {
    this.#host = host;
  }

  readonly toggleShortcuts = (): void => {
    this.#areShortcutsShown = !this.#areShortcutsShown;
    this.#host.requestUpdate();
  };

  readonly #toggleSettings = (): void => {
    this.#areSettingsShown = !this.#areSettingsShown;
    this.#host.requestUpdate();
  };

  render(parts: ShellParts): unknown {
    const { instructions, header, shortcuts, settings, alerts, main, side, bar, complaint } = parts;
    // Templates count the `awsui-button`s: the second one is for shortcuts, whether there are instructions or not.
    return html`
      <div class="headerContainer">
        <div class="headerButtonsContainer">
          <awsui-button ?hidden=${!instructions.present}>${instructions.toggle()}</awsui-button>
          <awsui-button><button
            class="toggle" type="button" aria-expanded=${this.#areShortcutsShown ? 'true' : 'false'} aria-controls="shortcuts"
            @click=${this.toggleShortcuts}
          >${imageMessages.shortcuts}</button></awsui-button>
        </div>
        <h2 class="header" id="header" ?hidden=${header === ''}>${header}</h2>
        ${settings === undefined ? nothing : this.#renderSettings(settings)}
      </div>
      ${alerts}
      <div class="layout">
        ${instructions.pane()}
        <div
          id="shortcuts" class="awsui-app-layout__navigation shortcuts" role="region" tabindex="0"
          aria-label=${imageMessages.shortcuts} ?hidden=${!this.#areShortcutsShown}
        >
          <h3 class="pane-title">${imageMessages.shortcuts}</h3>
          <dl>${shortcuts.map(
            ({ keys, text }) =>
              html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${text}</dd></div>`,
          )}</dl>
        </div>
        <div class="content annotation-area" part="annotation-area">${main}${bar}${complaint}</div>
        <div class="side label-pane" part="labels" tabindex=${
          // With nothing in it that can have the focus, it can only be scrolled by itself.
          this.#host.matches(':disabled') ? '0' : nothing
        }>${side}</div>
      </div>
      ${instructions.dialog()}
    `;
  }

  #renderSettings(settings: unknown): unknown {
    return html`<paper-icon-button><button
        class="toggle icon-only" type="button" aria-label=${imageMessages.settings} title=${imageMessages.settings}
        aria-expanded=${this.#areSettingsShown ? 'true' : 'false'} aria-controls="settings" @click=${this.#toggleSettings}
      >${icon('settings')}</button></paper-icon-button>
      <div id="settings" class="settings" role="group" aria-label=${imageMessages.settings} ?hidden=${!this.#areSettingsShown}
        @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.#toggleSettings()}>
        ${settings}
      </div>`;
  }
}
