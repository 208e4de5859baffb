import { useTranslation } from '../../i18n';

/** Names of classes in the page's language; digits and letters are their own. */
export function useClassName(classes: readonly string[]): (index: number) => string {
  const { t } = useTranslation();
  return (index) => {
    const name = classes[index] ?? String(index);
    return t(`compare.className.${name}`, {}, name);
  };
}
