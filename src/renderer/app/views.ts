import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { Start } from '../features/start/start.tsx';
import type { ViewName } from '../state/view-name.ts';

export interface View {
  readonly name: ViewName;
  readonly component: ComponentType;
  /** Absent: reached from other views, not from the rail. */
  readonly icon?: Icon;
  /** What the view puts into the top bar. */
  readonly bar?: ComponentType;
  /** Whether the inspector belongs beside it. */
  readonly hasInspector: boolean;
}

/** The views in the order of the rail. */
export const views: readonly View[] = [{ name: 'start', component: Start, hasInspector: false }];
