import type { Architecture, Layer } from '../../experiment/architecture';
import { countParameters } from '../../experiment/model';
import { useFormat, useTranslation } from '../../i18n';

/** Layer by layer: what it is, what comes out, what it weighs. */
export function LayerTable({ architecture }: { readonly architecture: Architecture }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = (layer: Layer) => countParameters({ ...architecture, layers: [layer] });
  return (
    <table className="layers">
      <thead>
        <tr>
          <th scope="col">{t('network.layer')}</th>
          <th scope="col">{t('network.output')}</th>
          <th scope="col">{t('network.count')}</th>
        </tr>
      </thead>
      <tbody>
        {architecture.layers.map((layer) => (
          <tr key={layer.name}>
            <th scope="row">
              {t(`layer.${layer.type}`)}
              {'activation' in layer && layer.activation !== 'none' && (
                <span className="quiet"> {layer.activation}</span>
              )}
            </th>
            <td>{layer.output.join(' × ')}</td>
            <td>{format.number(count(layer))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
