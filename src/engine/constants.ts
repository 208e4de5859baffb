/** ε of RMSProp, Adagrad and Adam; outside the square root. */
export const EPSILON = 1e-8;
export const RMSPROP_RHO = 0.9;
export const ADAM_BETAS = [0.9, 0.999] as const;
export const LION_BETAS = [0.9, 0.99] as const;
