import { Chevron } from './Chevron';
import { later, type StillProps } from './later';

export interface ChoiceItem {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
}

export interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly items: readonly ChoiceItem[] | readonly ChoiceGroup[];
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
}

export interface ChoiceGroup {
  readonly title: string;
  readonly items: readonly ChoiceItem[];
}

/** One of a list, perhaps in groups. */
export const Choice = later(() => import('./AriaChoice'), StillChoice);

function StillChoice({ label, value, items, onEarlyPress }: ChoiceProps & StillProps) {
  const chosen = items
    .flatMap((entry) => ('items' in entry ? entry.items : [entry]))
    .find(({ id }) => id === value);
  return (
    <div className="choice">
      <button
        type="button"
        className="choice-button"
        aria-label={label}
        data-still
        onClick={onEarlyPress}
      >
        <span className="choice-value">{chosen?.label}</span>
        <Chevron />
      </button>
    </div>
  );
}
