import { useState } from 'react';
import { resolveDataset } from '../../experiment/dataset';
import type { Architecture } from '../../experiment/architecture';
import {
  countParameters,
  describeModel,
  layerString,
  REFERENCE_MODELS,
  resolveModel,
} from '../../experiment/model';
import { toProblem } from '../../experiment/problem';
import type { Problem } from '../../experiment/problem';
import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { Choice } from '../controls/Choice';
import { ProblemsAt, useProblemsAt } from '../controls/Problems';
import { Unfold } from '../controls/Unfold';
import { LayerTable } from './LayerTable';
import { Seed } from './Seed';

const OWN = 'own';

type Read =
  | { readonly architecture: Architecture; readonly problem: null }
  | { readonly architecture: null; readonly problem: Problem | null };

function read(model: string, dataset: string): Read {
  const info = resolveDataset(dataset)?.info;
  if (info === undefined) return { architecture: null, problem: null };
  try {
    return { architecture: resolveModel(model, info), problem: null };
  } catch (error) {
    return { architecture: null, problem: toProblem(error, 'model') };
  }
}

/** The network: a reference, or layers as typed; what they amount to; and the seed. */
export function NetworkCard() {
  const { t } = useTranslation();
  const format = useFormat();
  const { model, dataset } = useWhittle(({ link }) => link.experiment);
  const setModel = useWhittle((page) => page.setModel);
  const known = REFERENCE_MODELS.some((id) => id === model);
  const [own, setOwn] = useState(!known);
  const shown = known && !own ? model : OWN;
  const problems = useProblemsAt('model');
  const { architecture } = read(model, dataset);
  return (
    <section className="card" aria-label={t('network.title')}>
      <div className="card-row">
        <Choice
          label={t('network.choose')}
          value={shown}
          items={[
            ...REFERENCE_MODELS.map((id) => ({ id, label: t(`model.${id}`) })),
            { id: OWN, label: t('network.own') },
          ]}
          describedBy={problems.length > 0 ? 'model-problems' : undefined}
          invalid={problems.length > 0}
          onChange={(id) => {
            setOwn(id === OWN);
            if (id !== OWN) setModel(id);
            // What is there, to be changed.
            else if (architecture !== null) setModel(layerString(architecture));
          }}
        />
        {architecture && (
          <span className="quiet">
            {t('network.parameters', {
              count: countParameters(architecture),
              formatted: format.number(countParameters(architecture)),
            })}
          </span>
        )}
      </div>
      {shown === OWN ? (
        <LayerField model={model} dataset={dataset} onChange={setModel} />
      ) : (
        <ProblemsAt problems={problems} id="model-problems" />
      )}
      <div className="network-foot">
        {architecture && (
          <Unfold
            title={describeModel(architecture)}
            label={`${describeModel(architecture)}: ${t('network.table')}`}
          >
            {() => <LayerTable architecture={architecture} />}
          </Unfold>
        )}
        <Seed />
      </div>
    </section>
  );
}

interface LayerFieldProps {
  readonly model: string;
  readonly dataset: string;
  readonly onChange: (model: string) => void;
}

/** Layers as text, read at every key; it becomes the network when it can be one and the field is left. */
function LayerField({ model, dataset, onChange }: LayerFieldProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(model);
  // A model that comes from elsewhere (undo, a link) is a new text to begin with.
  const [begun, setBegun] = useState(model);
  if (begun !== model) {
    setBegun(model);
    setDraft(model);
  }
  const { problem } = read(draft.trim(), dataset);
  const isRefused = problem !== null && read(model, dataset).architecture !== null;
  const leave = () => {
    const text = draft.trim();
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
        aria-label={t('network.layers')}
        aria-invalid={problem !== null}
        aria-describedby={
          problem === null ? 'model-hint' : `model-problems${isRefused ? ' model-still' : ''}`
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
      <ProblemsAt problems={problem === null ? [] : [problem]} id="model-problems" />
      {isRefused && (
        <p className="layers-still" id="model-still">
          {t('network.still', { model })}
        </p>
      )}
      <p className="quiet" id="model-hint">
        {t('network.layersHint')}
      </p>
    </>
  );
}
