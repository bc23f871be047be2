import { create } from 'zustand';
import type { ImageFilter, ImageSort } from '#contract/images.ts';
import type { ClassId, ImageId } from '#core/ids.ts';
import { emptyFilter } from './filter.ts';
import { emptySelection, type Selection } from './selection.ts';
import { placeFromHash, placeToHash, type Place } from './view-hash.ts';
import type { ViewName } from './view-name.ts';

/** Which labels the review shows: all suspects, or one cell of the class-pair matrix. */
export interface ReviewScope {
  readonly given: ClassId | null;
  readonly suggested: ClassId | null;
}

/** Where the person is and what they look at. Nothing of this is part of the project. */
export interface ViewState extends Place {
  readonly selection: Selection<ImageId>;
  readonly reviewScope: ReviewScope;
  /** Where the image view was opened from and goes back to. */
  readonly returnTo: ViewName;
}

export const useView = create<ViewState>(() => ({
  ...placeFromHash(window.location.hash),
  selection: emptySelection(),
  reviewScope: { given: null, suggested: null },
  returnTo: 'gallery',
}));

/** Goes to a view. */
export function showView(view: ViewName): void {
  useView.setState({ view });
}

/** Opens an image in the image view; next and previous follow the gallery's order. */
export function openImage(focused: ImageId): void {
  useView.setState(({ view, returnTo }) => ({
    view: 'image',
    focused,
    returnTo: view === 'image' ? returnTo : view,
  }));
}

/** Shows the images that a filter lets through in the gallery, for instance those behind a cell of a matrix. */
export function showImages(filter: Partial<ImageFilter>, sort?: ImageSort): void {
  useView.setState((state) => ({
    view: 'gallery',
    filter: { ...emptyFilter, ...filter },
    sort: sort ?? state.sort,
    selection: emptySelection(),
  }));
}

/** Leaves the image view for the view that it was opened from. */
export function closeImage(): void {
  useView.setState(({ returnTo }) => ({ view: returnTo }));
}

/** Opens the review queue, for all suspects or for one class pair. */
export function openReview(reviewScope: ReviewScope = { given: null, suggested: null }): void {
  useView.setState({ view: 'review', reviewScope });
}

/** Narrows or widens what the gallery shows. */
export function setFilter(filter: ImageFilter): void {
  useView.setState({ filter });
}

/** Changes the gallery's order. */
export function setSort(sort: ImageSort): void {
  useView.setState({ sort });
}

/** Forgets everything about the project that was shown, when another is opened. */
export function resetView(view: ViewName): void {
  useView.setState({ ...placeFromHash(''), view, selection: emptySelection() });
}

/** Keeps the window's address and the view in step, both ways. A view or filter is a step back, an image is not. */
export function mirrorInAddress(): () => void {
  const unsubscribe = useView.subscribe((state, before) => {
    const hash = `#${placeToHash(state)}`;
    if (hash === window.location.hash) return;
    const isStep = state.view !== before.view || state.filter !== before.filter;
    if (isStep) window.history.pushState(null, '', hash);
    else window.history.replaceState(null, '', hash);
  });
  const follow = (): void => useView.setState(placeFromHash(window.location.hash));
  window.addEventListener('popstate', follow);
  return () => {
    unsubscribe();
    window.removeEventListener('popstate', follow);
  };
}
