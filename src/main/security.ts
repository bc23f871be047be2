import type { Session, WebContents, WebFrameMain } from 'electron';
import type { ElectronApi } from './electron-api.ts';
import type { Home } from './home.ts';

/** Makes the two schemes that the window lives on; must run before Electron is ready. */
export function registerSchemes({ protocol }: ElectronApi): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([
    { scheme: 'emend', privileges },
    { scheme: 'emend-image', privileges: { ...privileges, corsEnabled: true } },
  ]);
}

/** Closes the network: no name resolves, and Chromium's own services stay silent. Must run before it is ready. */
export function silenceChromium({ app }: ElectronApi, home: Home): void {
  if (!home.isDevelopment) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
  ]) {
    app.commandLine.appendSwitch(name);
  }
  app.commandLine.appendSwitch('no-pings');
}

/** No request leaves but for the window's own files; no page gets a permission, a device or a download. */
export function hardenSession(session: Session, home: Home): void {
  session.webRequest.onBeforeRequest((details, respond) =>
    respond({ cancel: !home.isReachable(details.url) }),
  );
  session.setPermissionRequestHandler((_contents, _permission, respond) => respond(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Whatever shows pages shows our page and stays there. */
export function hardenContents(contents: WebContents, home: Home): void {
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!home.isOwn(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Does a message come from the top frame of our own page? */
export function isOwnFrame(frame: WebFrameMain | null, home: Home): boolean {
  return frame !== null && frame.parent === null && home.isOwn(frame.url);
}
