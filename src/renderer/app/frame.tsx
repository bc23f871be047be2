import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectInfo } from '#contract/project.ts';
import { Start } from '../features/start/start.tsx';
import { client } from '../state/api.ts';
import { pressKey, useActions, type Handler } from '../state/actions.ts';
import { useConnection } from '../state/connection.ts';
import { redo, undo } from '../state/label.ts';
import { preferences, setPreferences, usePreferences } from '../state/preferences.ts';
import { useCanEdit, useClasses, useProject } from '../state/queries.ts';
import { attempt } from '../state/toast.tsx';
import { useTrainActions } from '../state/train.ts';
import { resetView, showView, useView } from '../state/view.ts';
import type { ViewName } from '../state/view-name.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import styles from './frame.module.css';
import { InspectorPanel } from './inspector-panel.tsx';
import { Overlays, showOverlay, showPalette } from './overlays.tsx';
import { Rail } from './rail.tsx';
import { StatusLine } from './status-line.tsx';
import { TopBar } from './top-bar.tsx';
import { views, type View } from './views.ts';

/** Everything around the views: rail, top bar, inspector, status line, and the keys. */
export function Frame(): ReactNode {
  const { t } = useTranslation();
  const wanted = useView((state) => state.view);
  const { data: project, isPending } = useProject();
  useKeys();
  usePlace(project);
  useFrameActions();
  useTrainActions();
  const isLost = useConnection((state) => state.status === 'lost');
  if (isPending) return <div className={styles.blank} aria-label={t('app.connection.connecting')} />;
  const view = views.find(({ name }) => name === (project ? wanted : 'start'));
  const isWorking = view !== undefined && view.name !== 'start';
  return (
    <div className={styles.frame} data-start={!isWorking || undefined}>
      {isWorking ? <Workplace view={view} /> : <Main content={Start} />}
      {(isWorking || isLost) && <StatusLine />}
      <Overlays />
    </div>
  );
}

/** A view with everything around it. */
function Workplace({ view }: { readonly view: View }): ReactNode {
  const { t } = useTranslation();
  const { inspectorOpen } = usePreferences();
  return (
    <>
      <TopBar />
      <Rail />
      <Main key={view.name} content={view.component} title={t(`app.view.${view.name}`)} />
      {view.hasInspector && inspectorOpen && <InspectorPanel />}
    </>
  );
}

interface MainProps {
  readonly content: ComponentType;
  /** For those who cannot see the rail; absent where the content has a heading of its own. */
  readonly title?: string;
}

function Main({ content: Content, title }: MainProps): ReactNode {
  return (
    <main className={styles.main} tabIndex={-1}>
      {title !== undefined && <h1 className={styles.title}>{title}</h1>}
      <ErrorBoundary>
        <Content />
      </ErrorBoundary>
    </main>
  );
}

/** Leaves the start page when a project is open, and goes there when none is. Nothing is known while it loads. */
function usePlace(project: ProjectInfo | null | undefined): void {
  const isStart = useView((state) => state.view === 'start');
  useEffect(() => {
    if (project && isStart) showView('gallery');
    if (project === null && !isStart) resetView('start');
  }, [project, isStart]);
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
