import type { Compression } from '../experiment/report';
import type { Entry } from './results';

/** As many weights are zero by chance. */
const FEW_ZEROS = 0.01;

/** How a network is compressed that no step has compressed: it came from its file like that. */
export function broughtIn({
  checkpoint: { quantizers },
  measured: { multiplyAdds },
}: Pick<Entry, 'checkpoint' | 'measured'>): readonly Compression[] {
  const zeros = 1 - multiplyAdds.effective / multiplyAdds.dense;
  return [
    ...(zeros >= FEW_ZEROS ? (['prune'] as const) : []),
    ...(Object.keys(quantizers).length > 0 ? (['quantize'] as const) : []),
  ];
}
