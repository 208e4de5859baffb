import type { ReactNode } from 'react';
import { FoldButton, useFold } from '../controls/Unfold';

interface SectionProps {
  readonly title: string;
  /** Whether it is unfolded to begin with. */
  readonly open?: boolean;
  /** Rendered while it is unfolded. */
  readonly children: () => ReactNode;
}

/** A part of the details that folds away under its heading. */
export function Section({ title, open = false, children }: SectionProps) {
  const fold = useFold(open);
  return (
    <div className="details-section">
      <h4 className="details-heading">
        <FoldButton {...fold}>{title}</FoldButton>
      </h4>
      {fold.open && (
        <div className="details-panel" id={fold.panel}>
          {children()}
        </div>
      )}
    </div>
  );
}
