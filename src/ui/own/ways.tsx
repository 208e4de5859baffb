import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { OwnAbout } from '../../experiment/own-dataset';

/** What a way to add data is given. */
export interface WayProps {
  /** Files that were dropped or chosen elsewhere on the page, to be read at once. */
  readonly given: readonly File[] | null;
  readonly onKept: (about: OwnAbout) => void;
}

/** A way to add data: a tab of the dialog. */
export interface Way {
  /** Names its words, `own.way.<id>`. */
  readonly id: string;
  /** Whether dropped files are for it. */
  readonly takes: (files: readonly File[]) => boolean;
  readonly Panel: LazyExoticComponent<ComponentType<WayProps>>;
}

/** Archives and IDX files, by their names. */
const PICTURES = /\.(zip|gz)$|ubyte$|\.idx\d?$/i;

const arePictures = (files: readonly File[]) => files.every(({ name }) => PICTURES.test(name));

export const WAYS: readonly Way[] = [
  {
    id: 'table',
    takes: (files) => !arePictures(files),
    Panel: lazy(() => import('./AddTable')),
  },
  { id: 'pictures', takes: arePictures, Panel: lazy(() => import('../gather/AddPictures')) },
  { id: 'draw', takes: () => false, Panel: lazy(() => import('../gather/DrawClasses')) },
  { id: 'camera', takes: () => false, Panel: lazy(() => import('../gather/RecordClasses')) },
];
