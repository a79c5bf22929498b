import type { Scenario } from '../scenario.ts';
import { clock } from './clock.ts';
import { cut } from './cut.ts';
import { databaseKill } from './database-kill.ts';
import { diskFull } from './disk-full.ts';
import { eventsDown } from './events-down.ts';
import { kills } from './kills.ts';
import { objectsDown } from './objects-down.ts';
import { pause } from './pause.ts';
import { twoVersions } from './two-versions.ts';

export const scenarios: readonly Scenario[] = [
  kills,
  databaseKill,
  cut,
  objectsDown,
  eventsDown,
  pause,
  diskFull,
  clock,
  twoVersions,
];
