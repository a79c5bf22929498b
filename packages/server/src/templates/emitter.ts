// Where outputs are written: the page, or the two forms of a captured value.

import type { Emitter } from 'liquidjs';
import type { Piece } from './markup.ts';
import { LimitExceeded } from './template-error.ts';

/** What outputs and tags write: markup of the template as a string, a printed value as a piece. */
export type Written = string | Piece;

export interface CaptureEmitter extends Emitter {
  /** The same content before escaping. */
  text: string;
}

function checked(length: number, limit: number): void {
  if (length > limit) throw new LimitExceeded(`the page is longer than ${limit} characters`);
}

/** @param limit longest content, characters */
export function createPageEmitter(limit: number): Emitter {
  return {
    buffer: '',
    write(written: Written) {
      this.buffer += typeof written === 'string' ? written : written.html;
      checked(this.buffer.length, limit);
    },
  };
}

/** @param limit longest content, characters */
export function createCaptureEmitter(limit: number): CaptureEmitter {
  return {
    buffer: '',
    text: '',
    write(written: Written) {
      this.buffer += typeof written === 'string' ? written : written.html;
      this.text += typeof written === 'string' ? written : written.text;
      checked(this.buffer.length, limit);
    },
  };
}
