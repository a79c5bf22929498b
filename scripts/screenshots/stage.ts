// Who and when: what the server of the pictures and the pictures themselves agree on.
import type { Client } from '@holdpoint/client';
import type { TaskListResponse } from '@holdpoint/protocol';

export const password = 'correct horse battery staple';
export const minutes = 60_000;
/** When the pictures are taken, by the clocks of the server and of the browser. */
export const now = Date.UTC(2026, 4, 12, 9, 30);

/** Who appears: Ada works, Grace and Omar have answered before, Noor is new and in no team, Sam's team has nothing to do, Olga runs the server. */
export const people = {
  ada: 'ada@example.com',
  grace: 'grace@example.com',
  omar: 'omar@example.com',
  noor: 'noor@example.com',
  sam: 'sam@example.com',
  olga: 'olga@example.com',
};

export interface Stage {
  readonly url: string;
  readonly client: Client;
  /** Starts a loop; its task is in the list when this resolves, unless nobody is asked about it. */
  start(flow: string, input: unknown, agoMinutes?: number, named?: { name: string; isAsked: boolean }): Promise<string>;
  /** Sets the server's clock to so long before the pictures; without a number to their moment. */
  at(agoMinutes?: number): void;
  /** Calls the portal as one person does. */
  portal<Answer>(email: string, path: string, body?: object): Promise<Answer>;
  close(): Promise<void>;
}

/** The task of a loop as a person's list shows it, if it does. */
export async function taskOf(stage: Stage, email: string, humanLoopName: string) {
  const { tasks } = await stage.portal<TaskListResponse>(email, 'tasks?limit=100');
  return tasks.find((task) => task.humanLoopName === humanLoopName);
}

/** Accepts a loop's task for a person. */
export async function accept(stage: Stage, email: string, humanLoopName: string): Promise<string> {
  const task = await taskOf(stage, email, humanLoopName);
  const { assignmentId } = await stage.portal<{ assignmentId: string }>(email, `tasks/${task?.taskId}/accept`, {});
  return assignmentId;
}
