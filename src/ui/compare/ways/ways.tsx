import type { TransferWay } from '../../../worker/protocol';

/** Each way by its colour and its dashes, everywhere the same. */
export const WAY_LOOKS: Readonly<
  Record<TransferWay, { readonly colour: string; readonly dash: string }>
> = {
  tuned: { colour: 'var(--accent)', dash: '' },
  frozen: { colour: 'var(--pruned)', dash: '5 3' },
  scratch: { colour: 'var(--baseline)', dash: '1.5 3' },
};

/** A piece of a line, beside its name. */
export function LineMark({ colour, dash }: { readonly colour: string; readonly dash: string }) {
  return (
    <svg className="way-mark" width="22" height="8" aria-hidden="true">
      <line x1="0" x2="22" y1="4" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
    </svg>
  );
}
