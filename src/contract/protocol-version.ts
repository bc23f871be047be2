/**
 * Raised with every change of what is sent: a window and an engine of different builds can meet during an update.
 *
 * 1: the main loop (projects, images, labels, classes, review, models, jobs, history, preferences, events).
 * 2: a line of the history is a whole action, and names the action that an undo or redo was about.
 * 3: the step of a job is one of a list.
 * 4: the side of a backbone's input is 8 to 1024 pixels.
 * 5: the trainer trains whole networks and tells how it goes.
 * 6: regimes, losses, sampling and augmentation are chosen; the trainer judges labels by predictions that never saw them.
 */
export const protocolVersion = 6;
