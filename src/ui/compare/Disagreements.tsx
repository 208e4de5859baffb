import { memo, useState } from 'react';
import type { VariantRole } from '../../experiment/report';
import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { lastDataset } from '../../techniques/dataset-at';
import type { Disagreement } from '../../worker/protocol';
import { PictureView } from '../charts/PictureView';
import { RoleMark } from '../charts/roles';
import { useTone } from '../charts/useTone';
import { Verdict } from './ChangeText';
import { Waiting } from './Looks';
import { useClassName } from './useClassName';
import { useDisagreements } from './useLooks';
import { useVariantName } from './useVariantName';
import type { Pair } from './variants';

interface DisagreementsProps {
  readonly pair: Pair;
  readonly classes: readonly string[];
}

/** Shown before the rest is asked for. */
const FIRST = 8;

/** The test examples that both variants call by different names, and which of them is right. */
export function Disagreements({ pair, classes }: DisagreementsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useDisagreements(pair);
  const [all, setAll] = useState(false);
  if (found === null) return <Waiting />;
  const { total, examples } = found;
  if (total === 0) return <p className="quiet">{t('compare.agree')}</p>;
  const shown = all ? examples : examples.slice(0, FIRST);
  const pictures = shown.some(({ picture }) => picture !== null);
  return (
    <>
      <p className="quiet">
        {t('compare.disagreeOn', {
          count: total,
          formatted: format.number(total, 0),
          examples: format.number(pair[0].metrics.examples, 0),
        })}
        {pictures && ` ${t('compare.picturesHint')}`}
      </p>
      {pictures ? (
        <Pictures {...{ pair, classes, examples: shown }} />
      ) : (
        <Rows {...{ pair, classes, examples: shown }} />
      )}
      {examples.length > FIRST && (
        <button
          type="button"
          className="text-button"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? t('compare.showFewer') : t('compare.showAll', { count: examples.length })}
        </button>
      )}
    </>
  );
}

interface ExamplesProps extends DisagreementsProps {
  readonly examples: readonly Disagreement[];
}

const Pictures = memo(function Pictures({ pair, classes, examples }: ExamplesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const classOf = useClassName(classes);
  const tone = useTone(useWhittle(({ link }) => lastDataset(link.experiment)));
  return (
    <ol className="disagreements">
      {examples.map(({ index, label, a, b, picture }) => (
        <li key={index} title={t('compare.example', { index: format.number(index, 0) })}>
          {picture && <PictureView className="example" {...{ picture, tone }} />}
          <span>
            <span className="visually-hidden">{t('compare.truth')}: </span>
            {classOf(label)}
          </span>
          <Answer role={pair[0].role} name={classOf(a)} right={a === label} />
          <Answer role={pair[1].role} name={classOf(b)} right={b === label} />
        </li>
      ))}
    </ol>
  );
});

/** Examples that are no pictures: their inputs as numbers. */
function Rows({ pair, classes, examples }: ExamplesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useVariantName();
  const classOf = useClassName(classes);
  return (
    <table className="disagreement-rows">
      <thead>
        <tr>
          <th scope="col">{t('compare.inputs')}</th>
          <th scope="col">{t('compare.truth')}</th>
          {pair.map((variant, side) => (
            <th key={side} scope="col">
              {nameOf.role(variant)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {examples.map(({ index, inputs, label, a, b }) => (
          <tr key={index}>
            <td>{Array.from(inputs, (value) => format.number(value, 2)).join(', ')}</td>
            <td>{classOf(label)}</td>
            <td>
              <Answer role={pair[0].role} name={classOf(a)} right={a === label} />
            </td>
            <td>
              <Answer role={pair[1].role} name={classOf(b)} right={b === label} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface AnswerProps {
  readonly role: VariantRole;
  readonly name: string;
  readonly right: boolean;
}

/** What a variant says, and whether it is right. */
function Answer({ role, name, right }: AnswerProps) {
  const { t } = useTranslation();
  return (
    <span className="answer">
      <RoleMark role={role} />
      {name}
      <Verdict verdict={right ? 'better' : 'worse'} />
      <span className="visually-hidden"> {t(right ? 'compare.right' : 'compare.wrong')}</span>
    </span>
  );
}
