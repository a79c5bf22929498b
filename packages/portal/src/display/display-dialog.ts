// How the portal looks and speaks on this browser, in one dialog: each choice holds at once.
import { html, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { firstKnown, isLanguage, languages } from '../words/languages.ts';
import { onWords, words } from '../words/words.ts';
import { type TextSize, type Theme, textSizes, themes } from './display.ts';
import { chooseDisplay, onDisplay, presentDisplay } from './present-display.ts';

/** Shows the dialog; resolves when it is closed. The focus goes back to where it was. */
export function showDisplayDialog(): Promise<void> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog display-dialog';
  dialog.setAttribute('aria-labelledby', 'display-title');
  const draw = () =>
    render(
      content(() => dialog.close()),
      dialog,
    );
  const stops = [onDisplay(draw), onWords(draw)];
  draw();
  document.body.append(dialog);
  const { promise, resolve } = Promise.withResolvers<void>();
  dialog.addEventListener('close', () => {
    for (const stop of stops) stop();
    dialog.remove();
    resolve();
  });
  dialog.showModal();
  return promise;
}

function content(close: () => void) {
  const { display: text } = words;
  const { darkTasks, lessMotion } = presentDisplay();
  return html`<form method="dialog">
    <h2 id="display-title">${text.open}</h2>
    ${languageField()} ${textSizeField()} ${themeField()}
    <div>
      ${choice(text.darkTasks, darkTasks, (on) => void chooseDisplay({ darkTasks: on }), 'dark-tasks-hint')}
      <p class="muted small" id="dark-tasks-hint">${text.darkTasksHint}</p>
    </div>
    ${choice(text.lessMotion, lessMotion, (on) => void chooseDisplay({ lessMotion: on }))}
    <div class="row row-end">
      <p class="muted small display-kept">${text.kept}</p>
      <button type="button" class="button button-primary" @click=${close}>${words.common.close}</button>
    </div>
  </form>`;
}

function languageField() {
  const { language } = presentDisplay();
  const choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    void chooseDisplay({ language: isLanguage(value) ? value : undefined });
  };
  return html`<label class="display-field">
    <span class="display-name">${words.display.language}</span>
    <select autofocus @change=${choose}>
      <option value="" .selected=${live(language === undefined)}>
        ${words.display.likeBrowser(languages[firstKnown(navigator.languages)])}
      </option>
      ${Object.entries(languages).map(
        ([tag, name]) => html`<option value=${tag} lang=${tag} .selected=${live(tag === language)}>${name}</option>`,
      )}
    </select>
  </label>`;
}

function textSizeField() {
  const { textSize } = presentDisplay();
  const choose = (size: TextSize) => () => void chooseDisplay({ textSize: size });
  return html`<fieldset class="display-field" aria-describedby="text-size-hint">
    <legend class="display-name">${words.display.textSize}</legend>
    <div class="segments">
      ${textSizes.map((size) => segment('text-size', `${size} %`, size === textSize, choose(size)))}
    </div>
    <p class="muted small" id="text-size-hint">${words.display.textSizeHint}</p>
  </fieldset>`;
}

function themeField() {
  const { theme } = presentDisplay();
  const { likeSystem, light, dark } = words.display;
  const names: Record<Theme, string> = { system: likeSystem, light, dark };
  return html`<fieldset class="display-field">
    <legend class="display-name">${words.display.theme}</legend>
    <div class="segments">
      ${themes.map((each) => segment('theme', names[each], each === theme, () => void chooseDisplay({ theme: each })))}
    </div>
  </fieldset>`;
}

const segment = (group: string, name: string, isChosen: boolean, choose: () => void) => html`<label class="segment">
  <input type="radio" name=${group} .checked=${live(isChosen)} @change=${choose} />
  <span>${name}</span>
</label>`;

const choice = (name: string, isOn: boolean, set: (on: boolean) => void, hint?: string) => html`<label class="choice">
  <input type="checkbox" aria-describedby=${hint ?? ''} .checked=${live(isOn)}
    @change=${(event: Event) => set((event.target as HTMLInputElement).checked)} />
  ${name}
</label>`;
