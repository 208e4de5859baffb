import { useFormat } from '../../i18n';

/** Numbers that may be as small as 10⁻⁹ and as large as 10¹²: four digits, with a power of ten where that is shorter. */
export function useNumberText(): (value: number) => string {
  const format = useFormat();
  return (value) => {
    if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
    const size = Math.abs(value);
    if (size === 0 || (size >= 1e-3 && size < 1e6)) return format.significant(value, 4);
    return format.scientific(value, 3);
  };
}
