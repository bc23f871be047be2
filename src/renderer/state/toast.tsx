import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import type { Problem } from '#base/problem.ts';
import { text } from '../i18n/text.ts';
import { ConnectionLostError } from './connection.ts';
import { problemOf } from './problem-of.ts';

/** Something to press in a toast. */
export interface ToastButton {
  readonly label: string;
  readonly run: () => void;
}

function body(message: string, button: ToastButton | undefined, id: string): ReactNode {
  if (button === undefined) return message;
  const press = (): void => {
    notifications.hide(id);
    button.run();
  };
  return (
    <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
      <span style={{ flex: 1 }}>{message}</span>
      <Button size="compact-xs" variant="default" onClick={press}>
        {button.label}
      </Button>
    </span>
  );
}

/** The name of the button that closes a toast. */
function close(): { readonly 'aria-label': string } {
  return { 'aria-label': text('common.close') };
}

/** Tells something that needs no answer. It leaves by itself. */
export function toast(message: string, button?: ToastButton): void {
  const id = crypto.randomUUID();
  notifications.show({
    id,
    message: body(message, button, id),
    autoClose: 6_000,
    color: 'gray',
    closeButtonProps: close(),
  });
}

/** Tells what went wrong. It stays until it is closed. */
export function toastProblem({ subject, reason }: Pick<Problem, 'subject' | 'reason'>, title: string): void {
  notifications.show({
    id: `${subject} ${reason}`,
    color: 'red',
    title,
    message: subject === '' ? reason : `${subject}: ${reason}`,
    autoClose: false,
    closeButtonProps: close(),
    withBorder: true,
  });
}

/** Tells why an action failed. */
export function toastError(error: unknown): void {
  const isLost = error instanceof ConnectionLostError;
  const shown = isLost ? { subject: '', reason: text('app.connection.noAnswer') } : problemOf(error);
  toastProblem(shown, text('common.failedAction'));
}

/** Does something that may fail, and tells when it did. */
export function attempt(work: Promise<unknown>): void {
  work.catch(toastError);
}
