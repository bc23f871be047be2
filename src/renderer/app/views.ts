import type { Icon } from '@tabler/icons-react';
import IconChartDots from '@tabler/icons-react/dist/esm/icons/IconChartDots.mjs';
import IconDatabase from '@tabler/icons-react/dist/esm/icons/IconDatabase.mjs';
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import IconLayoutGrid from '@tabler/icons-react/dist/esm/icons/IconLayoutGrid.mjs';
import IconListSearch from '@tabler/icons-react/dist/esm/icons/IconListSearch.mjs';
import IconReportSearch from '@tabler/icons-react/dist/esm/icons/IconReportSearch.mjs';
import type { ComponentType } from 'react';
import { Audit } from '../features/audit/audit.tsx';
import { Data } from '../features/data/data.tsx';
import { GalleryBar } from '../features/gallery/filter-bar.tsx';
import { Gallery } from '../features/gallery/gallery.tsx';
import { History } from '../features/history/history.tsx';
import { ImageView } from '../features/image/image-view.tsx';
import { Review } from '../features/review/review.tsx';
import { Train } from '../features/train/train.tsx';
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

/** The views of an open project, in the order of the rail. */
export const views: readonly View[] = [
  { name: 'gallery', component: Gallery, icon: IconLayoutGrid, bar: GalleryBar, hasInspector: true },
  { name: 'image', component: ImageView, hasInspector: true },
  { name: 'review', component: Review, icon: IconListSearch, hasInspector: false },
  { name: 'audit', component: Audit, icon: IconReportSearch, hasInspector: false },
  { name: 'train', component: Train, icon: IconChartDots, hasInspector: false },
  { name: 'data', component: Data, icon: IconDatabase, hasInspector: false },
  { name: 'history', component: History, icon: IconHistory, hasInspector: false },
];
