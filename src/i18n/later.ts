import { addEnglish } from './index';
import { laterEn } from './en.later';

// Whatever shows these words imports this module, and has them before it is shown.
addEnglish(laterEn);
