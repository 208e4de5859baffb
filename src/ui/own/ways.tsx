import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { OwnAbout } from '../../experiment/own-dataset';
import type { ChosenFile } from '../../worker/protocol';

/** What a way to add data is given. */
export interface WayProps {
  /** Files that were dropped or chosen elsewhere on the page, to be read at once. */
  readonly given: readonly ChosenFile[] | null;
  readonly onKept: (about: OwnAbout) => void;
}

/** A way to add data: a tab of the dialog. */
export interface Way {
  /** Names its words, `own.way.<id>`. */
  readonly id: string;
  /** Whether dropped files are for it. */
  readonly takes: (files: readonly ChosenFile[]) => boolean;
  readonly Panel: LazyExoticComponent<ComponentType<WayProps>>;
}

/** Pictures, archives and IDX files, by their names. */
const PICTURES = /\.(zip|gz|png|jpe?g|webp)$|ubyte$|\.idx\d?$/i;

/** What lies in a folder is pictures, too. */
const arePictures = (files: readonly ChosenFile[]) =>
  files.every(({ path }) => path.includes('/') || PICTURES.test(path));

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
