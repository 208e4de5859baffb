import { useEffect, useRef, useState } from 'react';
import type { Step } from '../../experiment/step';
import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { AddStep } from './AddStep';
import { dropIndex, keySteps, rekey } from './reorder';
import { StepCard } from './StepCard';

/** What takes the focus after a step was moved or removed: a part of the step that is at `index` then. */
interface Focus {
  readonly part: '.step-handle' | '.step-menu';
  readonly index: number;
}

interface Drag {
  readonly from: number;
  readonly to: number;
}

/** The steps in order. A card is dragged by its handle, or moved with the arrow keys on it. */
export function StepList() {
  const { t } = useTranslation();
  const recipe = useWhittle(({ link }) => link.experiment.recipe);
  const moveStep = useWhittle((page) => page.moveStep);
  const removeStep = useWhittle((page) => page.removeStep);
  const list = useRef<HTMLOListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [spoken, setSpoken] = useState('');
  const focusNext = useRef<Focus | null>(null);
  const [keyed, setKeyed] = useState(() => keySteps(recipe));
  const current = keyed.steps === recipe ? keyed : rekey(keyed, recipe);
  if (current !== keyed) setKeyed(current);

  useEffect(() => {
    const next = focusNext.current;
    focusNext.current = null;
    if (next === null) return;
    const parts = [...(list.current?.querySelectorAll<HTMLElement>(next.part) ?? [])];
    (parts[next.index] ?? parts.at(-1) ?? add.current)?.focus();
  }, [recipe]);

  const move = (from: number, to: number) => {
    const target = Math.min(Math.max(to, 0), recipe.length - 1);
    const step = recipe[from];
    if (target === from || step === undefined) return;
    focusNext.current = { part: '.step-handle', index: target };
    moveStep(from, target);
    const name = t(`technique.${step.technique}`);
    setSpoken(t('recipe.moved', { name, step: target + 1, steps: recipe.length }));
  };
  const remove = (index: number, step: Step) => {
    focusNext.current = { part: '.step-menu', index };
    removeStep(index);
    setSpoken(t('recipe.removed', { name: t(`technique.${step.technique}`) }));
  };
  const middles = () =>
    [...(list.current?.children ?? [])].map((card) => {
      const { top, height } = card.getBoundingClientRect();
      return top + height / 2;
    });

  return (
    <>
      {recipe.length === 0 ? (
        <p className="card quiet">{t('recipe.empty')}</p>
      ) : (
        <ol className="steps" ref={list} aria-label={t('recipe.steps')}>
          {recipe.map((step, index) => (
            <li
              key={current.keys[index]}
              className={[
                'step-item',
                drag?.from === index ? 'step-dragged' : '',
                drag?.to === index && drag.from > index ? 'step-drop-before' : '',
                drag?.to === index && drag.from < index ? 'step-drop-after' : '',
              ].join(' ')}
            >
              <StepCard
                step={step}
                index={index}
                steps={recipe.length}
                onMove={(to) => {
                  move(index, to);
                }}
                onRemove={() => {
                  remove(index, step);
                }}
                onDrag={(y) => {
                  setDrag({ from: index, to: dropIndex(middles(), index, y) });
                }}
                onDrop={(kept) => {
                  if (kept && drag !== null) move(drag.from, drag.to);
                  setDrag(null);
                }}
              />
            </li>
          ))}
        </ol>
      )}
      <AddStep ref={add} onAdded={setSpoken} />
      <span className="visually-hidden" role="status">
        {spoken}
      </span>
    </>
  );
}
