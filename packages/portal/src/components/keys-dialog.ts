// All keys, what they do, and how to change them.
import type { TaskKey } from '@holdpoint/protocol';
import { html, nothing, render } from 'lit';
import {
  areShortcutsChanged,
  areShortcutsOn,
  does,
  keyOf,
  resetShortcuts,
  type ShortcutName,
  setKey,
  setShortcutsOn,
  shortcutNames,
} from '../keys.ts';
import { words } from '../words/words.ts';
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
      html`<h2 id="keys-title" tabindex="-1" autofocus>${words.keys.heading}</h2>
      <p class="muted">${words.keys.hint}</p>
      <p role="status" class="keys-said">${said}</p>
      <table class="keys">
        <thead class="visually-hidden"><tr><th scope="col">${words.keys.whatItDoes}</th><th scope="col">${words.keys.key}</th><th scope="col">${words.keys.change}</th></tr></thead>
        <tbody>${shortcutNames.map(row)}</tbody>
      </table>
      ${
        taskKeys.length === 0
          ? nothing
          : html`<h3>${words.keys.inThisTask}</h3>
            <table class="keys"><tbody>
              ${taskKeys.map((task) => html`<tr><th scope="row">${task.does}</th><td><kbd>${task.keys}</kbd></td></tr>`)}
            </tbody></table>`
      }
      <label class="choice">
        <input type="checkbox" .checked=${areShortcutsOn()} @change=${(event: Event) => {
          setShortcutsOn((event.target as HTMLInputElement).checked);
          recording = undefined;
          draw();
        }} />
        ${words.keys.single}
      </label>
      <div class="row row-end">
        ${
          areShortcutsChanged()
            ? html`<button type="button" class="button" @click=${() => {
                resetShortcuts();
                recording = undefined;
                said = words.keys.areBack;
                draw();
              }}>${words.keys.setBack}</button>`
            : nothing
        }
        <button type="button" class="button button-primary" @click=${() => dialog.close()}>${words.common.close}</button>
      </div>`,
      dialog,
    );
  };

  const row = (name: ShortcutName) => {
    const key = keyOf(name);
    const isRecording = recording === name;
    return html`<tr>
      <th scope="row">${does(name)}</th>
      <td>${key === undefined ? html`<span class="muted">${words.keys.off}</span>` : html`<kbd>${keyText(key)}</kbd>`}</td>
      <td><button type="button" class="button button-small" aria-label=${words.keys.changeKey(does(name))}
        aria-pressed=${isRecording ? 'true' : 'false'} ?disabled=${key === undefined}
        @click=${() => {
          recording = isRecording ? undefined : name;
          said = recording === undefined ? '' : words.keys.pressFor(does(name));
          draw();
        }}>${isRecording ? words.keys.press : words.keys.change}</button></td>
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
      said = refusal ?? words.keys.hasNow(does(recording), keyText(event.key));
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
