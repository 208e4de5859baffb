import { useState } from 'react';
import {
  countParameters,
  describeModel,
  layerString,
  REFERENCE_MODELS,
} from '../../experiment/model';
import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { Choice } from '../controls/Choice';
import { ProblemsAt, useProblemsAt } from '../controls/Problems';
import { Unfold } from '../controls/Unfold';
import { LayerField, readModel } from './LayerField';
import { LayerTable } from './LayerTable';
import { Seed } from './Seed';

const OWN = 'own';

/** The network: a reference, or layers as typed; what they amount to; and the seed. */
export function NetworkCard() {
  const { t } = useTranslation();
  const format = useFormat();
  const { model, dataset } = useWhittle(({ link }) => link.experiment);
  const setModel = useWhittle((page) => page.setModel);
  const known = REFERENCE_MODELS.some((id) => id === model);
  /** A reference that somebody wants to change layer by layer, though it does not fit the data. */
  const [changed, setChanged] = useState<string | null>(null);
  const shown = known && changed !== model ? model : OWN;
  const problems = useProblemsAt('model');
  const { architecture } = readModel(model, dataset);
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
            setChanged(id === OWN && architecture === null ? model : null);
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
        <LayerField
          id="model"
          label={t('network.layers')}
          hint={t('network.layersHint')}
          {...{ model, dataset }}
          onChange={setModel}
        />
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
