import { useState } from 'react';
import { useTranslation } from '../../i18n';
import {
  renamed,
  withClass,
  withoutClass,
  withoutExample,
  type Collection,
  type GatheredClass,
  type Shape3,
} from './collection';
import { ExampleCount } from './ExampleCount';
import { Thumb } from './Thumb';
import type { Act } from './useCollection';

interface ClassListProps {
  readonly collection: Collection;
  readonly act: Act;
  /** The class that examples go to. */
  readonly active: number;
  readonly onActive: (at: number) => void;
}

/** The classes: their names, how many examples each has, and the newest of them. */
export function ClassList({ collection, act, active, onActive }: ClassListProps) {
  const { t } = useTranslation();
  const { classes, shape } = collection;
  return (
    <div className="gather-classes">
      <ol>
        {classes.map((one, at) => (
          <ClassItem
            key={at}
            one={one}
            shape={shape}
            number={at + 1}
            isActive={at === active}
            onActive={() => {
              onActive(at);
            }}
            onRename={(name) => {
              act({ to: (now) => renamed(now, at, name) });
            }}
            onRemove={() => {
              act({ to: (now) => withoutClass(now, at) });
              onActive(Math.max(0, active - Number(at <= active)));
            }}
            onRemoveExample={(example) => {
              act({ to: (now) => withoutExample(now, at, example) });
            }}
          />
        ))}
      </ol>
      <button
        type="button"
        className="button"
        onClick={() => {
          const number = classes.length + 1;
          act({ to: (now) => withClass(now, t('gather.className', { number })) });
          onActive(classes.length);
        }}
      >
        {t('gather.addClass')}
      </button>
    </div>
  );
}

/** Examples shown of a class before all are asked for. */
const SHOWN = 12;

interface ClassItemProps {
  readonly one: GatheredClass;
  readonly shape: Shape3;
  readonly number: number;
  readonly isActive: boolean;
  readonly onActive: () => void;
  readonly onRename: (name: string) => void;
  readonly onRemove: () => void;
  readonly onRemoveExample: (example: number) => void;
}

function ClassItem(props: ClassItemProps) {
  const { one, shape, number, isActive, onActive, onRename, onRemove, onRemoveExample } = props;
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const { name, examples } = one;
  const first = all ? 0 : Math.max(0, examples.length - SHOWN);
  const count = examples.length;
  return (
    <li className={isActive ? 'gather-class gather-active' : 'gather-class'}>
      <div className="own-row">
        <label className="own-check">
          <input
            type="radio"
            name="gather-class"
            checked={isActive}
            aria-label={t('gather.addTo', { name })}
            onChange={onActive}
          />
        </label>
        <input
          className="text-input gather-name"
          value={name}
          maxLength={60}
          aria-label={t('gather.nameOf', { number })}
          onChange={({ target }) => {
            onRename(target.value);
          }}
        />
        <ExampleCount count={count} />
        <button
          type="button"
          className="text-button"
          aria-label={t('gather.removeClass', { name })}
          onClick={onRemove}
        >
          {t('recipe.remove')}
        </button>
      </div>
      {count > 0 && (
        <ul className="gather-examples">
          {examples.slice(first).map((example, i) => (
            <li key={first + i}>
              <button
                type="button"
                className="gather-example"
                title={t('gather.removeExample')}
                aria-label={`${t('gather.removeExample')} ${name} ${String(first + i + 1)}`}
                onClick={() => {
                  onRemoveExample(first + i);
                }}
              >
                <Thumb picture={example} shape={shape} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {count > SHOWN && (
        <button
          type="button"
          className="text-button"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? t('compare.showFewer') : t('compare.showAll', { count })}
        </button>
      )}
    </li>
  );
}
