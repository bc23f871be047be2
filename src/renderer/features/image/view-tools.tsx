import { UnstyledButton } from '@mantine/core';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconLockOpen from '@tabler/icons-react/dist/esm/icons/IconLockOpen.mjs';
import IconMaximize from '@tabler/icons-react/dist/esm/icons/IconMaximize.mjs';
import IconMinus from '@tabler/icons-react/dist/esm/icons/IconMinus.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewController } from '../../canvas/view-controller.ts';
import { zoomOf } from '../../canvas/view.ts';
import { formatPercent } from '../../i18n/format.ts';
import { runAction } from '../../state/actions.ts';
import type { ActionId } from '../../state/action-specs/all.ts';
import { actionKey } from '../../i18n/text.ts';
import { useChord } from '../../state/use-chord.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './image-view.module.css';
import { useViewerSettings } from './viewer-settings.ts';

interface ToolProps {
  readonly id: ActionId;
  readonly isPressed?: boolean;
  readonly children: ReactNode;
}

/** An action as an icon. */
export function Tool({ id, isPressed, children }: ToolProps): ReactNode {
  const { t } = useTranslation();
  const chord = useChord(id);
  const pressed = isPressed === undefined ? {} : { isPressed };
  return (
    <IconButton label={t(actionKey(id))} chord={chord} onClick={() => runAction(id)} {...pressed}>
      {children}
    </IconButton>
  );
}

/** Zoom: out, the percentage (press for 100 %), in, fit, keep. */
export function ViewTools({ controller }: { readonly controller: ViewController }): ReactNode {
  const { t } = useTranslation();
  const view = useSyncExternalStore(controller.onChange, controller.view);
  const isZoomKept = useViewerSettings((state) => state.isZoomKept);
  const zoom = zoomOf(view, controller.scene());
  const Keep = isZoomKept ? IconLock : IconLockOpen;
  return (
    <div className={styles.tools} role="group">
      <Tool id="image.zoomOut">
        <IconMinus size={16} stroke={1.6} />
      </Tool>
      <UnstyledButton
        className={styles.zoom}
        title={t('image.zoomHint')}
        aria-label={`${t('image.action.actualSize')}: ${formatPercent(zoom)}`}
        onClick={() => runAction('image.actualSize')}
      >
        {formatPercent(zoom, zoom < 0.1 ? 1 : 0)}
      </UnstyledButton>
      <Tool id="image.zoomIn">
        <IconPlus size={16} stroke={1.6} />
      </Tool>
      <Tool id="image.fit">
        <IconMaximize size={16} stroke={1.6} />
      </Tool>
      <Tool id="image.keepZoom" isPressed={isZoomKept}>
        <Keep size={16} stroke={1.6} />
      </Tool>
    </div>
  );
}
