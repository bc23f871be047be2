/**
 * The message with which a window in Electron receives the MessagePort to its engine: when it has loaded, and whenever
 * the engine was started again. A file of its own, as the preload script must stay free of packages.
 */
export const portMessage = 'emend-port';
