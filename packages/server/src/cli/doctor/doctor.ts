import type { Command } from 'commander';
import { apiCommand } from '../api-command.ts';
import type { Terminal } from '../terminal.ts';
import type { DoctorOptions } from './run-doctor.ts';

/** `holdpoint doctor`: is all well, and what is to be done where it is not? */
export function addDoctorCommand(program: Command, terminal: Terminal): void {
  apiCommand(
    program,
    'doctor',
    'check this machine and the server, and say what to do; a failed check makes the exit code 2',
    'holdpoint doctor --data ./data\nholdpoint doctor --endpoint-url https://review.example.com --region us-east-1',
  ).action(async (options: DoctorOptions, command: Command) => {
    const { runDoctor } = await import('./run-doctor.ts');
    await runDoctor(options, terminal, command.parent?.version() ?? '');
  });
}
