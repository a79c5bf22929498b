import type { CommandNode, Value } from './command-tree.ts';
import { serverFlags } from './shell-words.ts';

/** For fish from 3.0 on. */
export function fishScript(tree: readonly CommandNode[]): string {
  const valued = tree.flatMap(({ path, options }) =>
    options.flatMap(({ flags, value }) => (value === undefined ? [] : flags.map((flag) => `${path} ${flag}`))),
  );
  return `# Completion of holdpoint for fish, made by "holdpoint completion fish".

set -g __holdpoint_commands ${tree.flatMap(({ path }) => (path === '' ? [] : [quote(path)])).join(' ')}
set -g __holdpoint_valued ${valued.map(quote).join(' ')}
${functions}
complete -c holdpoint -e
complete -c holdpoint -f
${tree.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, children, options, places, variadic }: CommandNode): string[] {
  const at = `complete -c holdpoint -n ${quote(`__holdpoint_at ${quote(path)}`)}`;
  const place = (index: number): string => {
    const more = variadic && index === places.length - 1 ? ' more' : '';
    return `complete -c holdpoint -n ${quote(`__holdpoint_at ${quote(path)} ${index + 1}${more}`)}`;
  };
  return [
    ...children.map(({ name, description }) => `${place(0)} -a ${quote(name)} -d ${quote(description)}`),
    ...options.map(({ flags, description, value }) => {
      const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      const takes = value === undefined ? '' : ` ${argumentsOf(value, true)}`;
      return `${at} ${names.join(' ')}${takes} -d ${quote(description)}`;
    }),
    ...places.flatMap((value, index) => {
      const takes = argumentsOf(value, false);
      return takes === '' ? [] : [`${place(index)} ${takes}`];
    }),
  ];
}

/** How fish is told what a value can be; after an option it is required and nothing else. */
function argumentsOf(value: Value, ofOption: boolean): string {
  const only = ofOption ? '-x ' : '';
  if (value.kind === 'file') return ofOption ? '-r -F' : '-F';
  if (value.kind === 'folder') return `${only}-a '(__fish_complete_directories)'`;
  if (value.kind === 'words') return `${only}-a ${quote(value.words.join(' '))}`;
  if (value.kind === 'names') return `${only}-a '(__holdpoint_names ${value.of})'`;
  return only.trim();
}

/** In single quotes fish knows two escapes. */
const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const functions = `
# Whether the words before the cursor are a command, and the cursor is at its place of a number.
function __holdpoint_at
    set -l path ''
    set -l count 0
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip -eq 1
            set skip 0
            continue
        end
        switch $word
            case '--*=*'
            case '-*'
                contains -- "$path $word" $__holdpoint_valued; and set skip 1
            case '*'
                set -l next (string trim -- "$path $word")
                if contains -- $next $__holdpoint_commands
                    set path $next
                else
                    set count (math $count + 1)
                end
        end
    end
    test "$path" = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    set count (math $count + 1)
    test $count -eq $argv[2]; or begin
        set -q argv[3]; and test $count -gt $argv[2]
    end
end

function __holdpoint_names
    set -l server
    set -l words (commandline -opc)
    for index in (seq 2 (count $words))
        switch $words[$index]
            case ${serverFlags.join(' ')}
                set -l value (math $index + 1)
                test $value -le (count $words); and set -a server $words[$index] $words[$value]
        end
    end
    set -l program (string replace -r '^~/' $HOME/ -- $words[1])
    command $program __complete $argv[1] $server 2>/dev/null
end
`;
