/** Messages that are for the runtime itself, and do not stand in line behind the turn that they are about. Pure. */

export type ControlCommand = 'stop' | 'status';

export function controlCommand(text: string): ControlCommand | undefined {
  switch (text.trim().toLowerCase()) {
    case '/stop':
      return 'stop';
    case '/status':
      return 'status';
    default:
      return undefined;
  }
}
