import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '#base/problem.ts';
import styles from './dialog-form.module.css';

export interface DialogFormProps {
  readonly children: ReactNode;
  readonly submitLabel: string;
  readonly cancelLabel: string;
  /** Whether everything that is needed was given. */
  readonly isReady: boolean;
  readonly isRunning: boolean;
  /** What went wrong the last time, shown above the buttons. */
  readonly problem: Problem | null;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
}

/** The content of a dialog that asks for something: fields, what went wrong, and two buttons. */
export function DialogForm(props: DialogFormProps): ReactNode {
  const { children, submitLabel, cancelLabel, isReady, isRunning, problem, onSubmit, onCancel } = props;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSubmit();
      }}
    >
      {children}
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem.reason}
        </p>
      )}
      <div className={styles.foot}>
        <Button variant="default" onClick={onCancel}>
          {cancelLabel}
        </Button>
        <Button type="submit" disabled={!isReady} loading={isRunning}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

/** Explains a dialog or a field in a line. */
export function DialogHint({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className={styles.hint}>{children}</p>;
}

export interface PathChoiceProps {
  readonly label: string;
  /** The chosen path, or what to say until one is chosen. */
  readonly path: string | null;
  readonly hint: string;
  readonly onChoose: () => void;
}

/** A button that asks for a path, with what was chosen beside it. */
export function PathChoice({ label, path, hint, onChoose }: PathChoiceProps): ReactNode {
  return (
    <div className={styles.pick}>
      <Button variant="default" onClick={onChoose}>
        {label}
      </Button>
      <span className={path === null ? styles.hint : styles.picked}>{path ?? hint}</span>
    </div>
  );
}
