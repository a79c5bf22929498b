import type { Client } from '@holdpoint/client';
import { inParallel } from './in-parallel.ts';
import type { Remark } from './remarks.ts';
import type { Step } from './step.ts';

const most = 3;

/** What the server finds in the templates that are to be made; a server that cannot look says nothing. */
export async function findingsOf(client: Client, steps: readonly Step[]): Promise<Remark[]> {
  const found = await inParallel(steps, 2, async ({ create }): Promise<Remark[]> => {
    if (create?.operation !== 'CreateHumanTaskUi') return [];
    const { HumanTaskUiName: name, UiTemplate } = create.input;
    try {
      const { Findings } = await client.call('CheckUiTemplate', { UiTemplate });
      const shown = Findings.slice(0, most).map(({ Severity, Message, Line }) => ({
        text: `The template of ${name}${Line === undefined ? '' : `, line ${Line}`} (${Severity.toLowerCase()}): ${Message}`,
        about: [],
      }));
      const rest = Findings.length - shown.length;
      return rest > 0
        ? [
            ...shown,
            {
              text: `${rest} more findings in the template of ${name}: "holdpoint template check" shows them.`,
              about: [],
            },
          ]
        : shown;
    } catch (error) {
      if (error instanceof Error && error.name === 'UnknownOperationException') return [];
      throw error;
    }
  });
  return found.flat();
}
