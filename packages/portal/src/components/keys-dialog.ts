// All keys, what they do, and how to change them.
import type { TaskKey } from '@holdpoint/protocol';
import { html, nothing, render } from 'lit';
import {
  areShortcutsChanged,
  areShortcutsOn,
  keyOf,
  resetShortcuts,
  type ShortcutName,
  setKey,
  setShortcutsOn,
  shortcutNames,
  shortcuts,
} from '../keys.ts';
import { keyText } from './key-hint.ts';

let isOpen = false;

/** @param taskKeys those of the task that is in work, which its page decides */
export function showKeys(taskKeys: readonly TaskKey[]): void {
  if (isOpen) return;
  isOpen = true;
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog keys-dialog';
  dialog.setAttribute('aria-labelledby', 'keys-title');
  let recording: ShortcutName | undefined;
  /** What was said last about a change. */
  let said = '';

  const draw = (): void => {
    render(
      html`<h2 id="keys-title" tabindex="-1" autofocus>Keys</h2>
      <p class="muted">They work on the pages of this portal, while you are not typing and not inside a task.</p>
      <p role="status" class="keys-said">${said}</p>
      <table class="keys">
        <thead class="visually-hidden"><tr><th scope="col">What it does</th><th scope="col">Key</th><th scope="col">Change</th></tr></thead>
        <tbody>${shortcutNames.map(row)}</tbody>
      </table>
      ${
        taskKeys.length === 0
          ? nothing
          : html`<h3>In this task</h3>
            <table class="keys"><tbody>
              ${taskKeys.map(({ keys, does }) => html`<tr><th scope="row">${does}</th><td><kbd>${keys}</kbd></td></tr>`)}
            </tbody></table>`
      }
      <label class="choice">
        <input type="checkbox" .checked=${areShortcutsOn()} @change=${(event: Event) => {
          setShortcutsOn((event.target as HTMLInputElement).checked);
          recording = undefined;
          draw();
        }} />
        Use single keys
      </label>
      <div class="row row-end">
        ${
          areShortcutsChanged()
            ? html`<button type="button" class="button" @click=${() => {
                resetShortcuts();
                recording = undefined;
                said = 'The keys are as they were at first.';
                draw();
              }}>Set back all keys</button>`
            : nothing
        }
        <button type="button" class="button button-primary" @click=${() => dialog.close()}>Close</button>
      </div>`,
      dialog,
    );
  };

  const row = (name: ShortcutName) => {
    const { does } = shortcuts[name];
    const key = keyOf(name);
    const isRecording = recording === name;
    return html`<tr>
      <th scope="row">${does}</th>
      <td>${key === undefined ? html`<span class="muted">Off</span>` : html`<kbd>${keyText(key)}</kbd>`}</td>
      <td><button type="button" class="button button-small" aria-label="Change the key: ${does}"
        aria-pressed=${isRecording ? 'true' : 'false'} ?disabled=${key === undefined}
        @click=${() => {
          recording = isRecording ? undefined : name;
          said = recording === undefined ? '' : `Press the new key for “${does}”. Escape leaves it as it is.`;
          draw();
        }}>${isRecording ? 'Press a key…' : 'Change'}</button></td>
    </tr>`;
  };

  dialog.addEventListener('keydown', (event) => {
    if (recording === undefined || ['Tab', 'Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    event.preventDefault();
    if (event.key === 'Escape') {
      recording = undefined;
      said = '';
    } else {
      const refusal = setKey(recording, event.key);
      said = refusal ?? `“${shortcuts[recording].does}” has the key ${keyText(event.key)} now.`;
      if (refusal === undefined) recording = undefined;
    }
    draw();
  });
  dialog.addEventListener('cancel', (event) => {
    if (recording === undefined) return;
    event.preventDefault();
    recording = undefined;
    said = '';
    draw();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    isOpen = false;
  });
  draw();
  document.body.append(dialog);
  dialog.showModal();
}
