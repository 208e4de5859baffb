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
        aria-invalid={problem !== null || draft !== null}
        aria-describedby={id}
        onChange={({ target: { value } }) => {
          const isCarried = carried(value).success;
          setDraft(isCarried ? null : value);
          if (isCarried) setLab({ expr: optionOfFormula(value) });
        }}
        onBlur={() => {
          setDraft(null);
        }}
      />
      <ProblemsAt id={id} problems={problem === null ? [] : [problem]} />
      {draft !== null && <p className="problem">{t('lab.notCarried')}</p>}
      <p className="quiet option-hint">{t('lab.exprHint')}</p>
    </div>
  );
}
