// What the server's thread and a render thread say to each other.

import type { RenderLimits } from './render-limits.ts';
import type { RenderRequest, RenderResult } from './render-request.ts';

export interface ThreadSettings {
  limits: RenderLimits;
  /** One number: the id of the render that is running, 0 when none is; the watchdog reads it. */
  current: Int32Array;
}

export interface RenderOrder extends Omit<RenderRequest, 'template'> {
  id: number;
  templateId: number;
  /** The template's source when the thread does not know the id yet. */
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
