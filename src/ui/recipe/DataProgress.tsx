import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';

/** How far the data has arrived; gone once it is all there. Training does not wait for all of it. */
export function DataProgress() {
  const { t } = useTranslation();
  const format = useFormat();
  const data = useWhittle((page) => page.data);
  const retryData = useWhittle((page) => page.retryData);
  if (data === null) return null;
  const { loadedBytes, totalBytes, failed } = data;
  if (loadedBytes >= totalBytes && failed.length === 0) return null;
  return (
    <div className="data-progress">
      <progress max={totalBytes} value={loadedBytes} aria-label={t('arriving.loading')} />
      <p className="quiet">
        {t('arriving.loaded', {
          loaded: format.bytes(loadedBytes),
          total: format.bytes(totalBytes),
        })}
      </p>
      {failed.length > 0 && (
        <div className="problem" role="alert">
          <p>{t('arriving.failed', { count: failed.length })}</p>
          <button type="button" className="button" onClick={retryData}>
            {t('arriving.retry')}
          </button>
        </div>
      )}
    </div>
  );
}
