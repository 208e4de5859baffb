import { Button } from 'react-aria-components/Button';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';

import { Chevron } from './Chevron';
import type { ChoiceItem, ChoiceProps } from './Choice';
import type { ArrivedProps } from './later';

/** One of a list, perhaps in groups. */
export default function AriaChoice({
  label,
  value,
  onChange,
  items,
  describedBy,
  invalid = false,
  pressedEarly,
}: ChoiceProps & ArrivedProps) {
  return (
    <Select
      className="choice"
      defaultOpen={pressedEarly}
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
