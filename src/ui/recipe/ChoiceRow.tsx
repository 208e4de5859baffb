import { Choice, type ChoiceProps } from '../controls/Choice';

/** A choice with its name before it. */
export function ChoiceRow(props: ChoiceProps) {
  return (
    <div className="option-head">
      <span className="option-name">{props.label}</span>
      <Choice {...props} />
    </div>
  );
}
