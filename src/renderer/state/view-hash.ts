import { sortKeys, type ImageFilter, type ImageSort } from '#contract/images.ts';
import type { ImageId } from '#core/ids.ts';
import { defaultSort, emptyFilter } from './filter.ts';
import { viewNames, type ViewName } from './view-name.ts';

/** What the address of the window says, so that reload and back work. */
export interface Place {
  readonly view: ViewName;
  readonly filter: ImageFilter;
  readonly sort: ImageSort;
  readonly focused: ImageId | null;
}

const lists = ['classes', 'predicted', 'annotators', 'sources', 'splits'] as const;

/** The place as the part of the address after `#`: `/gallery?classes=a,b&sort=-suspicion`. */
export function placeToHash({ view, filter, sort, focused }: Place): string {
  const query = new URLSearchParams();
  for (const key of lists) if (filter[key].length > 0) query.set(key, filter[key].join(','));
  if (filter.labelled !== null) query.set('labelled', String(filter.labelled));
  if (filter.suspicion !== null) query.set('suspicion', String(filter.suspicion));
  if (filter.disagreeing) query.set('disagreeing', 'true');
  if (filter.text !== '') query.set('text', filter.text);
  const sortText = (sort.descending ? '-' : '') + sort.by;
  if (sortText !== defaultSort.by) query.set('sort', sortText);
  if (focused !== null) query.set('image', focused);
  const text = query.toString().replaceAll('%2C', ',');
  return `/${view}${text === '' ? '' : `?${text}`}`;
}

function sortFrom(text: string | null): ImageSort {
  const by = sortKeys.find((key) => key === text?.replace(/^-/, ''));
  return by === undefined ? defaultSort : { by, descending: text?.startsWith('-') ?? false };
}

function filterFrom(query: URLSearchParams): ImageFilter {
  const list = (key: string): never[] => (query.get(key)?.split(',').filter(Boolean) ?? []) as never[];
  const suspicion = Number(query.get('suspicion') ?? Number.NaN);
  const labelled = query.get('labelled');
  return {
    ...emptyFilter,
    ...Object.fromEntries(lists.map((key) => [key, list(key)])),
    labelled: labelled === null ? null : labelled === 'true',
    suspicion: suspicion >= 0 && suspicion <= 1 ? suspicion : null,
    disagreeing: query.get('disagreeing') === 'true',
    text: query.get('text') ?? '',
  };
}

/** The place that an address names; what it does not say, or says wrongly, is as at the start. */
export function placeFromHash(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const parameters = new URLSearchParams(query);
  return {
    view: viewNames.find((name) => name === path) ?? 'start',
    filter: filterFrom(parameters),
    sort: sortFrom(parameters.get('sort')),
    focused: parameters.get('image') as ImageId | null,
  };
}
