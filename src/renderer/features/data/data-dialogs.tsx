import { useState, type ReactNode } from 'react';
import { useActions } from '../../state/actions.ts';
import { useCanEdit, useProject } from '../../state/queries.ts';
import { AddImagesDialog } from './add-images-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';

/** The dialogs about data that other views open as well: add images, export. */
export function DataDialogs(): ReactNode {
  const [shown, setShown] = useState<'add' | 'export' | null>(null);
  const { data: project } = useProject();
  const canEdit = useCanEdit();
  useActions({
    'data.addImages': { run: () => setShown('add'), isEnabled: () => canEdit },
    'data.exportCsv': { run: () => setShown('export'), isEnabled: () => (project?.images ?? 0) > 0 },
  });
  const close = (): void => setShown(null);
  return (
    <>
      <AddImagesDialog isOpen={shown === 'add'} onClose={close} />
      <ExportDialog isOpen={shown === 'export'} onClose={close} />
    </>
  );
}
