import { useTranslation } from '../../i18n';
import type { PictureOptions } from '../../worker/protocol';

interface PictureChoicesProps {
  readonly options: PictureOptions;
  readonly onChange: (options: PictureOptions) => void;
}

/** What pictures are to become: grey or in colour, cut or whole. */
export function PictureChoices({ options, onChange }: PictureChoicesProps) {
  const { t } = useTranslation();
  const { colour, keep } = options;
  return (
    <>
      <fieldset className="own-row">
        <legend>{t('gather.size')}</legend>
        {[false, true].map((inColour) => (
          <label key={String(inColour)} className="own-check">
            <input
              type="radio"
              name="gather-colour"
              checked={colour === inColour}
              onChange={() => {
                onChange({ ...options, colour: inColour });
              }}
            />
            {t(inColour ? 'gather.colour' : 'gather.grey')}
          </label>
        ))}
      </fieldset>
      <fieldset className="own-row">
        <legend>{t('gather.keepWhat')}</legend>
        {(['middle', 'whole'] as const).map((one) => (
          <label key={one} className="own-check">
            <input
              type="radio"
              name="gather-keep"
              checked={keep === one}
              onChange={() => {
                onChange({ ...options, keep: one });
              }}
            />
            {t(`gather.keeps.${one}`)}
          </label>
        ))}
      </fieldset>
    </>
  );
}
