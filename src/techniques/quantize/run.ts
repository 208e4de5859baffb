import { instantly } from '../instant';
import { quantize } from './quantize';

export const runQuantize = instantly<'quantize'>(quantize);
