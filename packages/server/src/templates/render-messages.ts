// What the server and a render process say to each other.

import type { RenderRequest, RenderResult } from './render-request.ts';

export interface RenderOrder extends Omit<RenderRequest, 'template'> {
  id: number;
  templateId: number;
  /** The template's source when the process does not know the id yet. */
  source?: string;
}

export interface Batch {
  orders: RenderOrder[];
  /** Ids of templates that are not kept any longer. */
  forget: number[];
}

export interface Finished extends RenderResult {
  id: number;
  /** How long it took. */
  milliseconds: number;
}

/** What a process says: that it has loaded its program, then results in the order of the batch. */
export type Report = 'ready' | Finished[];

/** Exit code of a process that ended itself because a render hung. */
export const overtimeExit = 124;
