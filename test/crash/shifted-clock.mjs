// Loaded before a node: its clock is off by the milliseconds in the file clock-shift of the run's folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(process.env.TORTURE_FOLDER ?? '.', 'clock-shift');
const RealDate = Date;
let shift = 0;

function look() {
  try {
    shift = Number(readFileSync(file, 'utf8'));
  } catch {
    shift = 0;
  }
}

look();
setInterval(look, 50).unref();

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shift);
    else super(...given);
  }

  static now() {
    return RealDate.now() + shift;
  }
};
