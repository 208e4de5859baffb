import { useState } from 'react';
import type { Architecture } from '../../experiment/architecture';
import { resolveDataset } from '../../experiment/dataset';
import { resolveModel } from '../../experiment/model';
import { toProblem } from '../../experiment/problem';
import type { Problem } from '../../experiment/problem';
import { useTranslation } from '../../i18n';
import { ProblemsAt } from '../controls/Problems';

export type ReadModel =
  | { readonly architecture: Architecture; readonly problem: null }
  | { readonly architecture: null; readonly problem: Problem | null };

/** The network that a text spells on a data set. */
export function readModel(model: string, dataset: string): ReadModel {
  const info = resolveDataset(dataset)?.info;
  if (info === undefined) return { architecture: null, problem: null };
  try {
    return { architecture: resolveModel(model, info), problem: null };
  } catch (error) {
    return { architecture: null, problem: toProblem(error, 'model') };
  }
}

interface LayerFieldProps {
  /** Of the field's parts on the page. */
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly model: string;
  readonly dataset: string;
  readonly mayBeEmpty?: boolean;
  readonly onChange: (model: string) => void;
}

/** Layers as text, read at every key; it becomes the network when it can be one and the field is left. */
export function LayerField(props: LayerFieldProps) {
  const { id, label, hint, model, dataset, mayBeEmpty = false, onChange } = props;
  const { t } = useTranslation();
  const [draft, setDraft] = useState(model);
  // A model that comes from elsewhere (undo, a link) is a new text to begin with.
  const [begun, setBegun] = useState(model);
  if (begun !== model) {
    setBegun(model);
    setDraft(model);
  }
  const text = draft.trim();
  const isEmpty = mayBeEmpty && text === '';
  const problem = isEmpty ? null : readModel(text, dataset).problem;
  const isRefused = problem !== null && readModel(model, dataset).architecture !== null;
  const leave = () => {
    if (problem === null && text !== model) onChange(text);
  };
  return (
    <>
      <input
        className="text-input"
        type="text"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-label={label}
        aria-invalid={problem !== null}
        aria-describedby={
          problem === null ? `${id}-hint` : `${id}-problems${isRefused ? ` ${id}-still` : ''}`
        }
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
          if (event.key === 'Escape') setDraft(model);
        }}
      />
      <ProblemsAt problems={problem === null ? [] : [problem]} id={`${id}-problems`} />
      {isRefused && (
        <p className="layers-still" id={`${id}-still`}>
          {t('network.still', { model })}
        </p>
      )}
      <p className="quiet" id={`${id}-hint`}>
        {hint}
      </p>
    </>
  );
}
