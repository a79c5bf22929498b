import type { Command } from 'commander';
import { apiCommand, type Call, collect, withClient } from './api-command.ts';
import type { SimulateOptions } from './simulate/run.ts';
import type { Terminal } from './terminal.ts';

/** `holdpoint simulate`: workers that answer by rules, for tests of programs that ask for review. */
export function addSimulateCommand(program: Command, terminal: Terminal): void {
  apiCommand(
    program,
    'simulate',
    'answer waiting tasks by rules, as people would; for tests of programs that start human loops',
    'holdpoint simulate --rules rules.json --flow mood --speed 10 --until-empty --seed 7',
  )
    .requiredOption('--rules <FILE>', 'the rules, described below; - reads standard input')
    .option('--flow <FLOW>', 'only tasks of this flow')
    .option('--workers <N>', 'how many workers to hire (default as many as the flow asks for each loop, or 3)')
    .option('--worker-prefix <TEXT>', 'hired workers are TEXT-1@simulated.invalid and so on', 'simulated')
    .option('--worker <EMAIL>', 'a worker who exists, to answer in their name; may be repeated', collect)
    .option('--speed <FACTOR>', 'how many times faster than people; 0 needs no time', '1')
    .option('--seed <N>', 'the same seed draws the same answers and times; without one it is chosen and told')
    .option('--until-empty', 'end when nothing waits any more')
    .option('--for <DURATION>', 'end after this time, as in 90s or 10m')
    .option('--count <N>', 'end after so many answers')
    .addHelpText('after', aboutRules)
    .action(withClient(terminal, simulate, { interruptible: true }));
}

const aboutRules = `
Hired workers belong to the workteam of the flow, or to all without --flow. They work as people do, over the portal, and are
disabled at the end. Two simulations at a time need different prefixes. Without an end it goes on until Ctrl-C. --json prints
a line of JSON for each thing that is done. Answers are taken as they are; names of controls and categories that the template
does not have are told on standard error. The exit code is 2 when a rule asked for what cannot be done.

The rules are a JSON list; for each task the first that fits counts, and a task that none fits is left alone:

  [
    { "when": { "flow": "mood", "input": { "text": { "matches": "refund|broken" }, "meta.stars": { "lessThan": 3 } } },
      "choose": [ { "weight": 9, "answer": { "mood": { "label": "Negative" } } },
                  { "weight": 1, "answer": { "mood": { "label": "Neutral" } } } ],
      "seconds": { "median": 20, "spread": 2 } },
    { "when": { "input": { "language": { "in": ["fi", "hu"] } } }, "decline": true },
    { "answer": { "mood": { "label": "{{ input.initialValue }}" }, "note": "read: {{ input.text }}" },
      "seconds": { "min": 2, "max": 8 }, "errorRate": 0.05, "mistake": { "mood": { "label": "Positive" } } }
  ]

  when       flow: a name or a list of names. input: conditions by dotted paths (items.0.name; a dot within a name is \\.).
             A condition is a value to be equal to, or an object of equals, in, exists, greaterThan, lessThan, matches.
  answer     the answer content. {{ input.path }} is a value of the input; a text that is nothing else is that value itself.
  choose     instead of answer: one of a list is drawn for each answer, by weight. It may also be decline or release.
  decline, release, ignore   true: never see it again, give it back, leave it alone.
  seconds    a number, min and max, or median and spread, as people do: two of three times lie between median / spread and
             median x spread. 0 is at once; without it 15 and 1.8.
  errorRate  0 to 1: how often the mistake is answered instead, or without one another of choose.
  comment    anything.
`;

const simulate: Call<SimulateOptions> = async (...given) => (await import('./simulate/run.ts')).run(...given);
