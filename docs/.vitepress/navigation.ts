/** One entry of the navigation. Entries whose page does not exist are left out, so that it can be named before it is written. */
export interface Entry {
  text: string;
  /** Path below docs/ without its ending; a folder's own page ends in a slash. */
  page: string;
  /** Entries below this one. */
  entries?: readonly Entry[];
  /** Below this one also every other page of its folder, under its heading. */
  wholeFolder?: boolean;
}

/** The whole navigation, in order. */
export const navigation: readonly Entry[] = [
  { text: 'Overview', page: '' },
  { text: 'Quick start', page: 'quick-start' },
  { text: 'Concepts', page: 'concepts' },
  {
    text: 'Templates',
    page: 'templates/',
    entries: [{ text: 'Elements', page: 'templates/elements/', wholeFolder: true }],
  },
  { text: 'How many are asked', page: 'quorum' },
  { text: 'Adjudication', page: 'adjudication' },
  { text: 'Gold items', page: 'gold-items' },
  { text: 'Sign-in', page: 'sign-in' },
  { text: 'Accessibility', page: 'accessibility' },
  { text: 'When people are asked', page: 'activation-conditions' },
  { text: 'Notices', page: 'notices' },
  { text: 'Consolidation', page: 'consolidation' },
  { text: 'Events', page: 'events' },
  { text: 'Textract and Rekognition', page: 'ai-services' },
  { text: 'Operations', page: 'operations/', wholeFolder: true },
  { text: 'Client', page: 'client/', wholeFolder: true },
  { text: 'Command line', page: 'command-line' },
  { text: 'Console', page: 'console' },
  {
    text: 'Operate',
    page: 'operate',
    entries: [
      { text: 'Console', page: 'console' },
      { text: 'Deploy', page: 'deploy' },
      { text: 'Settings', page: 'configuration' },
      { text: 'Statistics and metrics', page: 'metrics' },
      { text: 'Security', page: 'security' },
      { text: 'Benchmarks', page: 'benchmarks' },
    ],
  },
  { text: 'Move from AWS', page: 'migrate-from-a2i' },
  { text: 'Compatibility', page: 'compatibility' },
  { text: 'Decisions', page: 'decisions/', wholeFolder: true },
];
