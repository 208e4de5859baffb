import { instantly } from '../instant';
import { prune } from './prune';

export const runPrune = instantly<'prune'>(prune);
