import { Argument, type Command } from 'commander';
import { serverOptions } from '../api-command.ts';
import type { ServerOptions } from '../server-options.ts';
import type { Terminal } from '../terminal.ts';
import type { Shell } from './script.ts';

const install = `
Where it goes:
  bash  holdpoint completion bash > ~/.local/share/bash-completion/completions/holdpoint
        or, without the package bash-completion, into ~/.bashrc:  source <(holdpoint completion bash)
  zsh   holdpoint completion zsh > ~/.zfunc/_holdpoint
        and into ~/.zshrc, before compinit:  fpath=(~/.zfunc $fpath)
  fish  holdpoint completion fish > ~/.config/fish/completions/holdpoint.fish
It is there in shells that are started afterwards, for ./holdpoint as well. Names of flows, loops, workers and the like come from a server that runs.

Example:
  source <(holdpoint completion bash)
`;

/** `holdpoint completion`, and the hidden command by which its scripts ask for names. */
export function addCompletionCommands(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .description('print a script that makes a shell complete commands, options, files and names')
    .addArgument(new Argument('<shell>', 'the shell that it is for').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', install)
    .action(async (shell: Shell) => {
      const [{ scriptFor }, { commandTree }] = await Promise.all([import('./script.ts'), import('./command-tree.ts')]);
      terminal.output.write(scriptFor(shell, commandTree(program)));
    });
  serverOptions(program.command('__complete <kind>', { hidden: true }).description('print names for a shell')).action(
    async (kind: string, options: ServerOptions) => {
      const { listNames } = await import('./list-names.ts');
      for (const name of await listNames(kind, options, terminal.environment)) terminal.output.write(`${name}\n`);
    },
  );
}
