// Keeps a written copy of the mask: a worker makes it after each edit, off the main thread. The answer is read at once, though,
// and may never be an old one: whoever asks before the worker is ready gets one that is written then and there, larger and just
// as right. So a form has nothing to wait for.
import { deflateRuns } from './deflate-runs.ts';
import EncodeWorker from './encode-worker.ts?worker&inline';
import { base64Of, type Drawing, framePng, isIndexed, rawRows } from './png-encode.ts';

/** Milliseconds without an edit until the worker begins. */
const calm = 150;

export class MaskEncoder {
  readonly #ready: () => void;
  #worker: Worker | 'none' | undefined;
  #draw: (() => Drawing) | undefined;
  #written: string | undefined;
  /** Counts the edits, so that what the worker has written of an old state is known as such. */
  #edit = 0;
  /** The edit that the worker is writing. */
  #sent: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param ready is called when there is a copy again */
  constructor(ready: () => void) {
    this.#ready = ready;
  }

  /** The present mask as Base64, if it is written already. */
  get written(): string | undefined {
    return this.#written;
  }

  /** The mask is another one. @param draw gives it as it is at that moment */
  change(draw: () => Drawing): void {
    this.#edit++;
    this.#draw = draw;
    this.#written = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), calm);
  }

  /** The present mask as Base64. */
  write(): string {
    if (this.#written === undefined && this.#draw) {
      const drawing = this.#draw();
      const compressed = deflateRuns(rawRows(drawing), isIndexed(drawing) ? 1 : 4);
      this.#written = base64Of(framePng(drawing, compressed));
    }
    return this.#written ?? '';
  }

  /** Ends the worker; another edit starts one again. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.#worker !== 'none') this.#worker?.terminate();
    this.#worker = undefined;
    this.#sent = undefined;
  }

  #send(): void {
    if (this.#sent !== undefined || this.#written !== undefined || this.#draw === undefined) return;
    this.#worker ??= this.#start();
    if (this.#worker === 'none') {
      this.write();
      this.#ready();
      return;
    }
    this.#sent = this.#edit;
    this.#worker.postMessage(this.#draw());
  }

  #start(): Worker | 'none' {
    try {
      const worker = new EncodeWorker();
      worker.addEventListener('message', ({ data }: MessageEvent<string>) => this.#came(data));
      // A page that forbids workers, or no memory for one: the copy is written here.
      worker.addEventListener('error', () => {
        this.#worker = 'none';
        this.#sent = undefined;
        this.#send();
      });
      return worker;
    } catch {
      return 'none';
    }
  }

  #came(text: string): void {
    const isPresent = this.#sent === this.#edit;
    this.#sent = undefined;
    if (isPresent) {
      this.#written ??= text;
      this.#ready();
    } else this.#send();
  }
}
