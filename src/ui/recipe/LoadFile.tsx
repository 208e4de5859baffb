import { useEffect, useRef } from 'react';
import { pretrained } from '../../experiment/pretrained';
import { useTranslation } from '../../i18n';
import type { StepView } from '../../state/recipe';
import { useWhittle } from '../../state/store';
import { ProblemsAt, useProblemsAt } from '../controls/Problems';
import { Bundled } from './Bundled';

/** What networks come in. */
const KINDS = '.whittle,.safetensors,.onnx,.json,.bin,.zip';

/** The file that a step loads: what it is called here, and a button to choose another. */
export function LoadFile({ view, index }: { readonly view: StepView; readonly index: number }) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const id = String(view.options['file']?.value ?? '');
  const name = useWhittle(({ files }) => files[id]);
  const findFile = useWhittle((page) => page.findFile);
  const loadFile = useWhittle((page) => page.loadFile);
  const at = `step.${String(index)}.file`;
  const problems = useProblemsAt(at);
  useEffect(() => {
    if (id !== '' && pretrained(id) === undefined) findFile(id);
  }, [id, findFile]);
  return (
    <div className="option">
      <Bundled file={id} index={index} />
      <div className="option-head">
        {name != null && <span className="option-name">{name}</span>}
        {name === null && pretrained(id) === undefined && (
          <span className="option-name">{t('recipe.fileNotHere', { id })}</span>
        )}
        <button
          type="button"
          className="text-button"
          {...(problems.length > 0 ? { 'aria-describedby': at } : {})}
          onClick={() => chooser.current?.click()}
        >
          {t(id === '' ? 'recipe.chooseFile' : 'recipe.otherFile')}
        </button>
        <input
          ref={chooser}
          type="file"
          hidden
          multiple
          accept={KINDS}
          aria-label={t('recipe.chooseFile')}
          onChange={({ target }) => {
            if (target.files !== null && target.files.length > 0)
              loadFile(index, [...target.files]);
            target.value = '';
          }}
        />
      </div>
      <ProblemsAt problems={problems} id={at} />
    </div>
  );
}
