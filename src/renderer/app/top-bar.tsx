import IconArrowBackUp from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconArrowForwardUp from '@tabler/icons-react/dist/esm/icons/IconArrowForwardUp.mjs';
import IconLayoutSidebarRight from '@tabler/icons-react/dist/esm/icons/IconLayoutSidebarRight.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { runAction } from '../state/actions.ts';
import { usePreferences } from '../state/preferences.ts';
import { useCanEdit } from '../state/queries.ts';
import { useView } from '../state/view.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { AnnotatorMenu } from './annotator-menu.tsx';
import { JobCorner } from './job-corner.tsx';
import { ProjectMenu } from './project-menu.tsx';
import styles from './top-bar.module.css';
import { useUndoWords } from './use-undo-words.ts';
import { views } from './views.ts';

/** The top bar: project, what belongs to the view, undo and redo, the running job, who is labelling. */
export function TopBar(): ReactNode {
  const view = useView((state) => state.view);
  const current = views.find(({ name }) => name === view);
  const Bar = current?.bar;
  return (
    <header className={styles.bar}>
      <ProjectMenu />
      <div className={styles.middle}>{Bar !== undefined && <Bar />}</div>
      <JobCorner />
      <UndoButtons />
      <AnnotatorMenu />
      {current?.hasInspector === true && <InspectorButton />}
    </header>
  );
}

function UndoButtons(): ReactNode {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const { undo, redo } = useUndoWords();
  return (
    <div className={styles.group}>
      <IconButton
        label={undo ?? t('app.nothingToUndo')}
        chord="Ctrl+Z"
        disabled={!canEdit || undo === null}
        onClick={() => runAction('app.undo')}
      >
        <IconArrowBackUp size={18} stroke={1.6} />
      </IconButton>
      <IconButton
        label={redo ?? t('app.nothingToRedo')}
        chord="Ctrl+Shift+Z"
        disabled={!canEdit || redo === null}
        onClick={() => runAction('app.redo')}
      >
        <IconArrowForwardUp size={18} stroke={1.6} />
      </IconButton>
    </div>
  );
}

function InspectorButton(): ReactNode {
  const { t } = useTranslation();
  const { inspectorOpen } = usePreferences();
  return (
    <IconButton
      label={t('app.action.inspector')}
      chord="I"
      isPressed={inspectorOpen}
      onClick={() => runAction('app.inspector')}
    >
      <IconLayoutSidebarRight size={18} stroke={1.6} />
    </IconButton>
  );
}
