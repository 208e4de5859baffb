import { Button } from 'react-aria-components/Button';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';

export interface ChoiceItem {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
}

interface ChoiceProps {
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
export function Choice({
  label,
  value,
  onChange,
  items,
  describedBy,
  invalid = false,
}: ChoiceProps) {
  return (
    <Select
      className="choice"
      aria-label={label}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
      isInvalid={invalid}
      value={value}
      onChange={(key) => {
        if (key !== null && String(key) !== value) onChange(String(key));
      }}
    >
      <Button className="choice-button">
        <SelectValue className="choice-value">{({ selectedText }) => selectedText}</SelectValue>
        <Chevron />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="list">
          {items.map((entry) =>
            'items' in entry ? (
              <ListBoxSection key={entry.title} className="list-section">
                <Header className="list-header">{entry.title}</Header>
                {entry.items.map(item)}
              </ListBoxSection>
            ) : (
              item(entry)
            ),
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

function item({ id, label, hint }: ChoiceItem) {
  return (
    <ListBoxItem key={id} id={id} className="list-item" textValue={label}>
      <span>{label}</span>
      {hint !== undefined && <span className="list-hint">{hint}</span>}
    </ListBoxItem>
  );
}

export function Chevron() {
  return (
    <svg className="chevron" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d="M2.5 4.5 6 8l3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
