import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../state/bridge.ts';
import styles from './drop-zone.module.css';

/** Takes a folder that is dropped anywhere on the window, where the shell can tell its path. */
export function DropZone({ onFolder }: { readonly onFolder: (folder: string) => void }): ReactNode {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const drop = useEffectEvent((event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    const path = file === undefined ? '' : (shell()?.pathOf(file) ?? '');
    if (path !== '') onFolder(path);
  });
  useEffect(() => {
    if (shell() === null) return;
    const abort = new AbortController();
    const { signal } = abort;
    const over = (event: DragEvent): void => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', (event) => drop(event), { signal });
    return () => abort.abort();
  }, []);
  if (!isOver) return null;
  return <div className={styles.zone}>{t('start.drop')}</div>;
}
