export { activate, roundValues } from '../../../engine/plan/assembly/activation';
export { conv } from './conv';
export { dense } from './dense';
export { normalize, pad, transpose } from './planes';
export { pool } from './pool';
