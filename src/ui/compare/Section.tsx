import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';
import { Chevron } from '../controls/Choice';

interface SectionProps {
  readonly title: string;
  /** Whether it is unfolded to begin with. */
  readonly open?: boolean;
  /** Rendered while it is unfolded. */
  readonly children: () => ReactNode;
}

/** A part of the details that folds away under its heading. */
export function Section({ title, open = false, children }: SectionProps) {
  return (
    <Disclosure className="details-section" defaultExpanded={open}>
      {({ isExpanded }) => (
        <>
          <Heading level={4} className="details-heading">
            <Button slot="trigger" className="unfold-button">
              <Chevron />
              {title}
            </Button>
          </Heading>
          <DisclosurePanel className="details-panel">{isExpanded && children()}</DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}
