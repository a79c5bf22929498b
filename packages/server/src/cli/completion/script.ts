import { bashScript } from './bash.ts';
import type { CommandNode } from './command-tree.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };
export type Shell = keyof typeof scripts;

/** The script that makes a shell complete these commands. */
export const scriptFor = (shell: Shell, tree: readonly CommandNode[]): string => scripts[shell](tree);
