export { conv } from './conv';
export { dense } from './dense';
export { activate, roundValues } from './elements';
export { normalize, pad, transpose } from './planes';
export { pool } from './pool';
