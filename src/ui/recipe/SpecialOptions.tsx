import type { StepView } from '../../state/recipe';
import { LayerSettings } from './LayerSettings';
import { LayerWidths } from './LayerWidths';
import { LoadFile } from './LoadFile';
import { SourceChoice } from './SourceChoice';
import { TaskChoice } from './TaskChoice';

/** Options that few steps have, or have set: a file, another task, the bits that a budget gave, layers set apart. */
export default function SpecialOptions(props: { readonly view: StepView; readonly index: number }) {
  const { technique, options, active } = props.view;
  return (
    <>
      {technique === 'load' && <LoadFile {...props} />}
      {technique === 'transfer' && (
        <>
          <SourceChoice index={props.index} />
          <TaskChoice {...props} name="to" />
        </>
      )}
      {options['widths']?.value === 'budget' && <LayerWidths index={props.index} />}
      {options['layers']?.value !== '' && active.includes('layers') && <LayerSettings {...props} />}
    </>
  );
}
