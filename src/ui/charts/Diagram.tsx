import { memo } from 'react';
import { useTranslation } from '../../i18n';
import type { Look } from '../../worker/protocol';
import { diagramShape } from './diagram-shape';

const WIDTH = 300;
const HEIGHT = 200;
const MARGIN = 10;
/** Layers with more units are drawn with smaller nodes. */
const nodeRadius = (units: number) => Math.max(1.5, Math.min(5, 60 / units));

/** A small network as nodes and edges; a negative weight's edge is orange and dashed, a pruned one's is gone. */
export const Diagram = memo(function Diagram({ kernels }: { readonly kernels: Look['diagram'] }) {
  const { t } = useTranslation();
  const { nodes, edges, shown, pruned } = diagramShape(kernels, WIDTH, HEIGHT, MARGIN);
  const widest = Math.max(...kernels.map(({ shape }) => Math.max(...shape)));
  const text = [
    t('chart.edges', { count: shown }),
    ...(pruned > 0 ? [t('chart.edgesPruned', { count: pruned })] : []),
  ].join(' · ');
  return (
    <div className="diagram">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="img" aria-label={text}>
        {edges.map(({ negative, width, path }) => (
          <path
            key={`${String(negative)} ${String(width)}`}
            className={negative ? 'edge-negative' : 'edge-positive'}
            strokeWidth={width}
            d={path}
          />
        ))}
        {nodes.map(({ x, y }) => (
          <circle
            key={`${String(x)} ${String(y)}`}
            className="node"
            cx={x}
            cy={y}
            r={nodeRadius(widest)}
          />
        ))}
      </svg>
      <p className="quiet" aria-hidden="true">
        {text}
      </p>
    </div>
  );
});
