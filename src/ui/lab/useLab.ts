import { useEffect, useMemo } from 'react';
import { LAST_STEP, parseLab, printLab, type LabOptions } from '../../lab/options';
import { tidyLab } from '../../state/lab';
import { useWhittle } from '../../state/store';

/** The race as the link has it, and the step that is shown, which changes nothing of it. */
export function useLab(): { readonly options: LabOptions; readonly step: number } {
  const text = useWhittle(({ link }) => link.view.lab ?? '');
  useEffect(() => {
    tidyLab(text);
  }, [text]);
  const { step, ...race } = useMemo(() => parseLab(text).options, [text]);
  // The same race at another step is not another race.
  const raceText = printLab({ ...race, step: LAST_STEP });
  const options = useMemo(() => parseLab(raceText).options, [raceText]);
  return { options, step };
}
