import type * as Electron from 'electron';

/** What the shell uses of Electron. Passed in, so that tests can drive the shell and see every setting it makes. */
export type ElectronApi = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'Menu'
  | 'MessageChannelMain'
  | 'dialog'
  | 'ipcMain'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'utilityProcess'
>;
