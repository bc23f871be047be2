import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../state/api.ts';
import { pressKey, useActions, type Handler } from '../state/actions.ts';
import { useConnection } from '../state/connection.ts';
import { redo, undo } from '../state/label.ts';
import { preferences, setPreferences, usePreferences } from '../state/preferences.ts';
import { useCanEdit, useClasses, useProject } from '../state/queries.ts';
import { attempt } from '../state/toast.tsx';
import { useRetrainAction } from '../state/train.ts';
import { useView, showView } from '../state/view.ts';
import type { ViewName } from '../state/view-name.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import styles from './frame.module.css';
import { InspectorPanel } from './inspector-panel.tsx';
import { Overlays, showOverlay, showPalette } from './overlays.tsx';
import { Rail } from './rail.tsx';
import { StatusLine } from './status-line.tsx';
import { TopBar } from './top-bar.tsx';
import { views } from './views.ts';

/** Everything around the views: rail, top bar, inspector, status line, and the keys. */
export function Frame(): ReactNode {
  const { t } = useTranslation();
  const wanted = useView((state) => state.view);
  const { data: project, isPending } = useProject();
  useKeys();
  useFrameActions();
  useRetrainAction();
  const { inspectorOpen } = usePreferences();
  const isLost = useConnection((state) => state.status === 'lost');
  const shown = project ? wanted : 'start';
  const view = views.find(({ name }) => name === shown) ?? views[0];
  if (isPending || view === undefined)
    return <div className={styles.blank} aria-label={t('app.connection.connecting')} />;
  const Component = view.component;
  return (
    <div className={styles.frame} data-start={view.name === 'start' || undefined}>
      {view.name !== 'start' && <TopBar />}
      {view.name !== 'start' && <Rail />}
      <main className={styles.main} key={view.name} tabIndex={-1}>
        <ErrorBoundary>
          <Component />
        </ErrorBoundary>
      </main>
      {view.hasInspector && inspectorOpen && <InspectorPanel />}
      {(view.name !== 'start' || isLost) && <StatusLine />}
      <Overlays />
    </div>
  );
}

/** One listener for the whole window looks up what a key means. */
function useKeys(): void {
  const view = useView((state) => state.view);
  const { keymap } = usePreferences();
  const classes = useClasses();
  const onKey = useEffectEvent((event: KeyboardEvent) => pressKey(event, { view, keymap, classes }));
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function useFrameActions(): void {
  const queries = useQueryClient();
  const { data: project } = useProject();
  const canEdit = useCanEdit();
  const isOpen = Boolean(project);
  const goTo = (view: ViewName): Handler => ({
    run: () => showView(view),
    isEnabled: () => isOpen && views.some(({ name }) => name === view),
  });
  useActions({
    'app.palette': () => showPalette(),
    'app.cheatSheet': () => showOverlay('cheatSheet'),
    'app.settings': () => showOverlay('settings'),
    'app.gallery': goTo('gallery'),
    'app.review': goTo('review'),
    'app.audit': goTo('audit'),
    'app.train': goTo('train'),
    'app.data': goTo('data'),
    'app.history': goTo('history'),
    'app.start': {
      run: () => attempt(client.project.close().then(() => queries.invalidateQueries())),
      isEnabled: () => isOpen,
    },
    'app.inspector': () => setPreferences({ inspectorOpen: !preferences().inspectorOpen }),
    'app.undo': { run: undo, isEnabled: () => canEdit },
    'app.redo': { run: redo, isEnabled: () => canEdit },
    'app.theme': () => setPreferences({ theme: preferences().theme === 'light' ? 'dark' : 'light' }),
  });
}
