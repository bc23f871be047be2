/** Milliseconds since 1970-01-01 UTC. Passed in, so that tests and replays own the time. */
export type Clock = () => number;

/** The machine's clock. The only place that reads it. */
export const systemClock: Clock = () => Date.now();
