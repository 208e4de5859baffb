import { useTranslation } from '../../i18n';
import { useProblemText } from '../../i18n/useProblemText';
import { useWhittle } from '../../state/store';

/** In place of the latencies: that the files are being timed, or why they are not, and a button to do it. */
export function ClockRow({ columns }: { readonly columns: number }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const clock = useWhittle((page) => page.clock);
  const timeFiles = useWhittle((page) => page.timeFiles);
  const isOver = useWhittle(({ status }) => status === 'done');
  if (!isOver) return null;
  return (
    <tbody>
      <tr>
        <th scope="row">{t('compare.measure.onnx1')}</th>
        <td colSpan={columns} className="compare-clock" aria-live="polite">
          {clock === 'timing' ? (
            t('compare.timing')
          ) : (
            <>
              {clock !== 'idle' && problemText(clock)}{' '}
              <button type="button" className="text-button" onClick={timeFiles}>
                {t(clock === 'idle' ? 'compare.time' : 'compare.timeAgain')}
              </button>
            </>
          )}
        </td>
      </tr>
    </tbody>
  );
}
