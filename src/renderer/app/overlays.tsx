import { spotlight } from '@mantine/spotlight';
import type { ReactNode } from 'react';
import { create } from 'zustand';
import { DataDialogs } from '../features/data/data-dialogs.tsx';
import { CheatSheet } from './cheat-sheet.tsx';
import { FolderDialog } from './folder-dialog.tsx';
import { Palette } from './palette.tsx';
import { Settings } from './settings.tsx';

type OverlayName = 'cheatSheet' | 'settings';

const useOverlay = create<{ readonly shown: OverlayName | null }>(() => ({ shown: null }));

/** Opens one of the frame's dialogs over the view. */
export function showOverlay(shown: OverlayName): void {
  useOverlay.setState({ shown });
}

/** Opens the command palette. */
export function showPalette(): void {
  spotlight.open();
}

const hide = (): void => useOverlay.setState({ shown: null });

/** The frame's dialogs: command palette, cheat sheet, settings. */
export function Overlays(): ReactNode {
  const shown = useOverlay((state) => state.shown);
  return (
    <>
      <Palette />
      <DataDialogs />
      <FolderDialog />
      <CheatSheet isOpen={shown === 'cheatSheet'} onClose={hide} />
      <Settings isOpen={shown === 'settings'} onClose={hide} />
    </>
  );
}
