import { Button } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import type { ReactNode } from 'react';
import { Chevron } from './Choice';

interface UnfoldProps {
  readonly title: string;
  /** What the button is called where its title alone says too little. */
  readonly label?: string;
  /** Rendered when it is first opened. */
  readonly children: () => ReactNode;
}

/** Something that unfolds below its title. */
export function Unfold({ title, label, children }: UnfoldProps) {
  return (
    <Disclosure className="unfold">
      {({ isExpanded }) => (
        <>
          <Button
            slot="trigger"
            className="unfold-button"
            {...(label === undefined ? {} : { 'aria-label': label })}
          >
            <Chevron />
            {title}
          </Button>
          <DisclosurePanel className="unfold-panel">{isExpanded && children()}</DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}
