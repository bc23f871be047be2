import { ActionIcon, Tooltip, type ActionIconProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { KeyCap } from './key-cap.tsx';

export interface IconButtonProps extends Pick<ActionIconProps, 'size' | 'variant' | 'color' | 'disabled'> {
  readonly label: string;
  /** The key that does the same, shown with the name. */
  readonly chord?: string | undefined;
  readonly children: ReactNode;
  readonly onClick: () => void;
  readonly isPressed?: boolean;
}

/** A button of one icon; its name and key appear on hover. */
export function IconButton({
  label,
  chord,
  children,
  onClick,
  isPressed,
  ...look
}: IconButtonProps): ReactNode {
  const hint = (
    <>
      {label} {chord !== undefined && <KeyCap chord={chord} />}
    </>
  );
  return (
    <Tooltip label={hint}>
      <ActionIcon aria-label={label} aria-pressed={isPressed} onClick={onClick} {...look}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
