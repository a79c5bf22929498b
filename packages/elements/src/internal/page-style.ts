// The style sheet of the page around the elements: tokens, and calm defaults for regions and native controls. All of it
// is in a cascade layer, so that any rule of a template wins.

const sheet = `
@layer crowd {
  :where(html) {
    --crowd-text: light-dark(#18212b, #e8edf2);
    --crowd-muted: light-dark(#52606d, #a6b2be);
    --crowd-surface: light-dark(#ffffff, #1a2128);
    --crowd-sunken: light-dark(#f3f5f8, #222a32);
    --crowd-line: light-dark(#d5dbe1, #323c46);
    --crowd-line-strong: light-dark(#7d8894, #7d8a97);
    --crowd-accent: light-dark(#1d5b8f, #7db8ea);
    --crowd-accent-hover: light-dark(#164a76, #a3cef2);
    --crowd-on-accent: light-dark(#ffffff, #0b1b29);
    --crowd-accent-soft: light-dark(#e6f0f8, #1d3144);
    --crowd-focus: light-dark(#1466b8, #8cc4f5);
    --crowd-good: light-dark(#1c6b43, #7fd1a3);
    --crowd-good-soft: light-dark(#e3f3ea, #18352a);
    --crowd-warn: light-dark(#7a4b00, #f2c46d);
    --crowd-warn-soft: light-dark(#fff3da, #382c14);
    --crowd-bad: light-dark(#a3221f, #ff9c94);
    --crowd-bad-soft: light-dark(#fdecea, #3c1f1e);
    --crowd-radius: 8px;
    --crowd-radius-small: 6px;
    --crowd-shadow: 0 1px 2px rgb(16 24 32 / 8%), 0 2px 8px rgb(16 24 32 / 6%);
  }
  body {
    color: var(--crowd-text);
    font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
    line-height: 1.5;
    margin: 16px clamp(8px, 2vw, 24px);
  }
  crowd-form { display: block; }
  full-instructions, short-instructions, classification-target, worker-comment, short-summary,
  detailed-instructions, positive-example, negative-example { display: block; }
  crowd-form > form { margin: 0; }
  crowd-form :is(img, video) { max-width: 100%; }
  crowd-form :is(textarea, select, input:not([type]), input:is([type=text], [type=date], [type=number], [type=email],
    [type=url], [type=tel], [type=search], [type=time], [type=datetime-local], [type=month], [type=week], [type=password])) {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    box-sizing: border-box;
    color: inherit;
    font: inherit;
    max-width: 100%;
    padding: 6px 10px;
  }
  crowd-form :is(input[type=checkbox], input[type=radio]) {
    accent-color: var(--crowd-accent);
    height: 18px;
    margin: 3px 6px 3px 3px;
    vertical-align: text-bottom;
    width: 18px;
  }
  crowd-form :is(input, select, textarea, button):focus-visible {
    outline: 2px solid var(--crowd-focus);
    outline-offset: 1px;
  }
  crowd-form :is(button, input:is([type=button], [type=submit], [type=reset])) {
    background: var(--crowd-surface);
    border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius-small);
    color: inherit;
    cursor: pointer;
    font: inherit;
    min-height: 36px;
    padding: 4px 14px;
  }
  crowd-form :is(button, input, select, textarea):disabled { cursor: default; opacity: 0.55; }
}
`;

/** Adds the style sheet before all others, so that its layer also comes before layers of the template. */
export function addPageStyle(): void {
  const style = document.createElement('style');
  style.textContent = sheet;
  (document.head ?? document.documentElement).prepend(style);
}
