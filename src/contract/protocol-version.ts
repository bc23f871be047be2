/**
 * Raised with every change of what is sent: a window and an engine of different builds can meet during an update.
 *
 * 1: the main loop (projects, images, labels, classes, review, models, jobs, history, preferences, events).
 */
export const protocolVersion = 1;
