// Pages that a test shows in the task frame, with a form that keeps the portal's side of the messages.

export interface TaskPage {
  body: string;
  /** False for a page that is not ours, such as an error page of a proxy. */
  prelude?: boolean;
  /** As the server marks the pages of sensitive flows. */
  isSensitive?: boolean;
  /** The attributes of the root. */
  root?: string;
}

/** A form as crowd-form does it: posts its answer once and waits for the verdict. */
export const formPage: TaskPage = {
  body: `<style>body { font: 16px/1.5 system-ui, sans-serif; margin: 24px; max-width: 640px }
      textarea, input { font: inherit; width: 100%; padding: 8px; margin: 4px 0 16px; box-sizing: border-box }
      button { font: inherit; padding: 8px 20px }</style>
    <crowd-form><form>
      <h2>Is this review fair?</h2>
      <p>“The parcel came two days late, but the shop wrote to me before I could ask, and the lamp is lovely.”</p>
      <label>Verdict <input name="verdict"></label>
      <label>Why <textarea name="why" rows="4"></textarea></label>
      <button>Submit</button>
      <p role="alert"></p>
    </form></crowd-form>
    <script>
      const form = document.querySelector('form'), button = form.querySelector('button'), alert = form.querySelector('[role=alert]');
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        button.disabled = true;
        alert.textContent = '';
        parent.postMessage({ holdpoint: 'answer', answerContent: Object.fromEntries(new FormData(form)) }, '*');
      });
      addEventListener('message', (event) => {
        if (event.source !== parent) return;
        button.disabled = event.data.holdpoint === 'accepted';
        if (event.data.holdpoint === 'rejected') alert.textContent = event.data.message;
      });
    </script>`,
};

/** The whole document, as the server would send it. */
export const taskDocument = ({ body, prelude = true, isSensitive = false, root = 'lang="en"' }: TaskPage): string =>
  `<!doctype html><html ${root}><head><meta charset="utf-8"><title>Task</title>${
    prelude ? `<script src="/assets/task-frame.js"${isSensitive ? ' data-sensitive' : ''}></script>` : ''
  }</head><body>${body}</body></html>`;
