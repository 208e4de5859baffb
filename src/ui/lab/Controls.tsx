import type { Problem } from '../../experiment/problem';
import { useTranslation } from '../../i18n';
import { LANDSCAPES, type FunctionId } from '../../lab/landscapes';
import { activeOptions, FUNCTIONS, type LabOptions } from '../../lab/options';
import { setLab } from '../../state/lab';
import { Choice } from '../controls/Choice';
import { FormulaField } from './FormulaField';
import { OptionField } from './OptionField';
import { Racers } from './Racers';
import { Tex } from '../recipe/formula/FormulaText';
import { FUNCTION_TEX } from './tex';

interface ControlsProps {
  readonly options: LabOptions;
  readonly problem: Problem | null;
}

const SLIDERS = ['lr', 'momentum', 'noise', 'seed', 'decay', 'steps'] as const;

/** The function, who races down it, and how. */
export function Controls({ options, problem }: ControlsProps) {
  const { t } = useTranslation();
  const active = activeOptions(options);
  const { function: id } = options;
  return (
    <>
      <section className="card lab-card" aria-label={t('lab.option.function')}>
        <div className="option-head">
          <h2>{t('lab.option.function')}</h2>
          <Choice
            label={t('lab.option.function')}
            value={id}
            items={FUNCTIONS.map((each) => ({
              id: each,
              label: t(`lab.functions.${each}`),
              hint: t(`lab.functionHint.${each}`),
            }))}
            onChange={choose}
          />
        </div>
        {id === 'expression' ? (
          <>
            <FormulaField
              expr={options.expr}
              problem={problem?.at === 'lab.expr' ? problem : null}
            />
            <OptionField name="span" value={options.span} />
          </>
        ) : (
          <Tex tex={FUNCTION_TEX[id]} />
        )}
        <div className="lab-place">
          <OptionField name="x" value={options.x} slides={false} />
          <OptionField name="y" value={options.y} slides={false} />
        </div>
      </section>
      <section className="card lab-card" aria-label={t('lab.option.optimizers')}>
        <h2>{t('lab.option.optimizers')}</h2>
        <Racers optimizers={options.optimizers} />
        {SLIDERS.filter((name) => active.includes(name)).map((name) => (
          <OptionField
            key={name}
            name={name}
            value={options[name]}
            slides={name !== 'seed'}
            mark={name === 'lr' ? stableRateOf(id) : null}
          />
        ))}
      </section>
    </>
  );
}

/** 2/λ of the largest curvature, where that is the same everywhere. */
function stableRateOf(id: FunctionId): number | null {
  const curvatures = id === 'expression' ? null : LANDSCAPES[id].curvatures;
  return curvatures && 2 / Math.max(...curvatures);
}

/** Another function, from where and as fast as suits it. */
function choose(id: string): void {
  const chosen = FUNCTIONS.find((each) => each === id);
  if (chosen === undefined) return;
  const start = chosen === 'expression' ? { x: 2, y: 1.5, lr: 0.03 } : LANDSCAPES[chosen].start;
  setLab({ function: chosen, rates: '', ...start });
}
