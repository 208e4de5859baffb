import { useFormat, useTranslation } from '../../i18n';
import { LANDSCAPES } from '../../lab/landscapes';
import type { LabOptions } from '../../lab/options';
import type { Race, Track } from '../../lab/results';
import { Tex } from '../recipe/formula/FormulaText';
import type { Player } from './player';
import { CLOSED_FORM_TEX } from './tex';
import { useNumberText } from './useNumberText';
import { useShownStep } from './usePlayer';

interface ClosedFormProps {
  readonly options: LabOptions;
  readonly race: Race;
  readonly player: Player;
}

/** Of a quadratic: where gradient descent must be, beside where it is. */
export function ClosedForm({ options, race, player }: ClosedFormProps) {
  const { t } = useTranslation();
  const { function: id } = options;
  const curvatures = id === 'expression' ? null : LANDSCAPES[id].curvatures;
  if (curvatures === null) return null;
  const track = race.tracks.find(({ optimizer }) => optimizer === 'sgd');
  const closed = track?.closedForm ?? null;
  return (
    <section className="card lab-card lab-closed" aria-label={t('lab.closed.title')}>
      <h2>{t('lab.closed.title')}</h2>
      <Tex tex={CLOSED_FORM_TEX} />
      {track === undefined || closed === null ? (
        <p>{t('lab.closed.needsSgd')}</p>
      ) : (
        <>
          <AtStep {...{ track, closed, curvatures, player }} dimension={race.dimension} />
          <p className="quiet">
            {t(options.noise > 0 ? 'lab.closed.noise' : 'lab.closed.precision')}
          </p>
        </>
      )}
    </section>
  );
}

interface AtStepProps {
  readonly track: Track;
  readonly closed: Float64Array;
  readonly curvatures: readonly [x: number, y: number];
  readonly dimension: number;
  readonly player: Player;
}

/** What the closed form says of the step that is shown. */
function AtStep({ track, closed, curvatures, dimension, player }: AtStepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const number = useNumberText();
  const step = Math.min(useShownStep(player), track.losses.length - 1);
  const alike = curvatures[0] === curvatures[1];
  const axes = alike ? [['θ', 0] as const] : ([['x', 0] as const, ['y', 1] as const] as const);
  return (
    <>
      <dl className="lab-powers">
        {axes.map(([name, axis]) => {
          const lambda = curvatures[axis];
          const factor = 1 - track.learningRate * lambda;
          return (
            <div key={name}>
              <dt>
                {t('lab.closed.factor', {
                  ...{ name, lambda: bracketed(number(lambda)), rate: number(track.learningRate) },
                })}
              </dt>
              <dd>
                {bracketed(format.significant(factor, 6))}
                <sup>{format.number(step)}</sup> = <b>{number(factor ** step)}</b>
              </dd>
            </div>
          );
        })}
      </dl>
      <Comparison
        path={track.path}
        closed={closed}
        first={step * dimension}
        dimension={dimension}
      />
    </>
  );
}

/** A number in a product or under a power, where a sign needs brackets. */
function bracketed(number: string): string {
  return number.startsWith('−') ? `(${number})` : number;
}

interface ComparisonProps {
  readonly path: Float32Array;
  readonly closed: Float64Array;
  /** Where the step's numbers begin. */
  readonly first: number;
  readonly dimension: number;
}

function Comparison({ path, closed, first, dimension }: ComparisonProps) {
  const { t } = useTranslation();
  const number = useNumberText();
  const [run, wanted] = [path, closed].map((list) => [...list.slice(first, first + dimension)]);
  const place = ([x = NaN, y = NaN]: readonly number[] = []) => `(${number(x)}, ${number(y)})`;
  const size = Math.hypot(...(wanted ?? []));
  const gap = Math.hypot(...(wanted ?? []).map((value, i) => value - (run?.[i] ?? NaN)));
  return (
    <dl className="lab-compare">
      <div>
        <dt>{t('lab.closed.formula')}</dt>
        <dd>{place(wanted)}</dd>
      </div>
      <div>
        <dt>{t('lab.closed.run')}</dt>
        <dd>{place(run)}</dd>
      </div>
      <div>
        <dt>{t('lab.closed.apart')}</dt>
        <dd>
          {size === 0 ? number(gap) : t('lab.closed.relative', { share: number(gap / size) })}
        </dd>
      </div>
    </dl>
  );
}
