import { lazy, memo, Suspense, useState } from 'react';
import type { Variant } from '../../experiment/report';
import { useFormat, useTranslation } from '../../i18n';
import { pageAddress } from '../../state/address';
import { variantAt } from '../../state/details';
import { whittleSession, whittleStore } from '../../state/store';
import { EXPORT_FORMATS, type ExportFormat } from '../../worker/export-formats';
import { RoleMark } from '../charts/roles';
import { MenuButton } from '../controls/MenuButton';
import { saveFile } from '../header/saveFile';
import { useVariantName } from '../compare/useVariantName';
import './takeaway.css';

const CodeDialog = lazy(() => import('./CodeDialog'));

const FORMATS = Object.keys(EXPORT_FORMATS) as ExportFormat[];

/** Every network as a file, the run as a page, and the recipe as code. */
export const TakeAway = memo(function TakeAway({
  variants,
}: {
  readonly variants: readonly Variant[];
}) {
  const translator = useTranslation();
  const { t } = translator;
  const [code, setCode] = useState(false);
  return (
    <section className="card takeaway" aria-labelledby="takeaway-title">
      <h3 id="takeaway-title">{t('takeaway.title')}</h3>
      <ul>
        {variants.map((variant) => (
          <Network key={variant.id} variant={variant} />
        ))}
      </ul>
      <div className="takeaway-run">
        <button
          type="button"
          className="button"
          onClick={() => {
            import('./take')
              .then(({ saveReportPage }) => saveReportPage(translator))
              .catch(whittleSession().report);
          }}
        >
          {t('takeaway.reportPage')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            setCode(true);
          }}
        >
          {t('takeaway.code')}
        </button>
      </div>
      {code && (
        <Suspense fallback={null}>
          <CodeDialog
            onClose={() => {
              setCode(false);
            }}
          />
        </Suspense>
      )}
    </section>
  );
});

function Network({ variant }: { readonly variant: Variant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useVariantName();
  const name = nameOf.full(variant);
  return (
    <li>
      <span className="takeaway-name">
        <RoleMark role={variant.role} /> {nameOf.role(variant)}{' '}
        <span className="quiet">{nameOf.step(variant)}</span>
      </span>
      <MenuButton
        className="button"
        label={t('takeaway.downloadOf', { name })}
        placement="bottom end"
        entries={FORMATS.map((id) => ({
          id,
          label: t(`takeaway.format.${id}`),
          hint:
            id === 'whittle'
              ? format.bytes(variant.size.packedBytes)
              : t(`takeaway.formatHint.${id}`),
          run: () => {
            download(variant.id, id);
          },
        }))}
      >
        {t('takeaway.download')}
      </MenuButton>
    </li>
  );
}

function download(variant: string, format: ExportFormat): void {
  const at = variantAt(whittleStore.getState().link.experiment, variant);
  if (at === null) return;
  const { client, report } = whittleSession();
  const { extension, type } = EXPORT_FORMATS[format];
  const { language } = whittleStore.getState();
  const address = pageAddress();
  client.request('exportFile', { ...at, format, address, language }).then((bytes) => {
    saveFile(`${variant}${extension}`, type, bytes.slice());
  }, report);
}
