import { useEffect, useMemo } from 'react';
import { parseLab, type LabOptions } from '../../lab/options';
import { tidyLab } from '../../state/lab';
import { useWhittle } from '../../state/store';

/** The race as the link has it. */
export function useLab(): LabOptions {
  const text = useWhittle(({ link }) => link.view.lab ?? '');
  useEffect(() => {
    tidyLab(text);
  }, [text]);
  return useMemo(() => parseLab(text).options, [text]);
}
