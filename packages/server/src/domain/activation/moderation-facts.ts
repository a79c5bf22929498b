import { isRecord } from '@holdpoint/protocol';
import type { JsonMembers, ModerationFacts } from './condition-tree.ts';

/** The labels in a response of `DetectModerationLabels`; that there are none is an answer, too. */
export function moderationFacts(response: unknown, doubt: (reason: string) => void): ModerationFacts {
  const labels =
    isRecord(response) && Object.hasOwn(response, 'ModerationLabels') ? response.ModerationLabels : undefined;
  if (!Array.isArray(labels)) {
    doubt('The response holds no list named ModerationLabels.');
    return { kind: 'moderation', labels: [] };
  }
  return {
    kind: 'moderation',
    labels: labels.map((label, index): JsonMembers => {
      if (isRecord(label) && typeof label.Name === 'string') return label;
      doubt(`ModerationLabels[${index}] has no Name.`);
      return {};
    }),
  };
}
