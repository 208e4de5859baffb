import { useId, useState } from 'react';
import type { Problem } from '../../experiment/problem';
import { useTranslation } from '../../i18n';
import { formulaOfOption, labOptionsSchema, optionOfFormula } from '../../lab/options';
import { setLab } from '../../state/lab';
import { ProblemsAt } from '../controls/Problems';

interface FormulaFieldProps {
  readonly expr: string;
  readonly problem: Problem | null;
}

/** A formula, raced down as it is typed. */
export function FormulaField({ expr, problem }: FormulaFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const formula = formulaOfOption(expr);
  // What no link can carry stands in the field alone.
  const [draft, setDraft] = useState<string | null>(null);
  const isBlank = draft?.trim() === '';
  // What is said of the formula before concerns nobody who types another.
  const told = draft === null || isBlank ? problem : null;
  const carried = (text: string) => labOptionsSchema.shape.expr.safeParse(optionOfFormula(text));
  return (
    <div className="lab-formula">
      <label className="option-name" htmlFor={`${id}-field`}>
        {t('lab.option.expr')}
      </label>
      <input
        id={`${id}-field`}
        className="text-input"
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={draft ?? formula}
        aria-invalid={told !== null || draft !== null}
        aria-describedby={id}
        onChange={({ target: { value } }) => {
          const isCarried = carried(value).success;
          setDraft(isCarried ? null : value);
          // A link carries no empty formula, but one of a space.
          if (value === '') setLab({ expr: optionOfFormula(' ') });
          else if (isCarried) setLab({ expr: optionOfFormula(value) });
        }}
        onBlur={() => {
          setDraft(null);
        }}
      />
      <ProblemsAt id={id} problems={told === null ? [] : [told]} />
      {draft !== null && !isBlank && <p className="problem">{t('lab.notCarried')}</p>}
      <p className="quiet option-hint">{t('lab.exprHint')}</p>
    </div>
  );
}
