import type { PythonData } from './python-data';

/** Arrays of NumPy; pictures are `[count, height, width, 1]`. */
export const KERAS_DATA: PythonData = {
  made: (x, y, task) => {
    const inputs = /^\w+$/.test(x) ? x : `(${x})`;
    return `${inputs}.astype("float32"), ${y}.astype("${task === 'classification' ? 'int64' : 'float32'}")`;
  },
  pictures: (from) => `
def pictures(source):
    """What to train on, to validate with (the last of the training set) and to test with."""
    (x, y), test = [
        (x[..., None].astype("float32") / 255, y.astype("int64")) for x, y in source.load_data()
    ]
    return (x[:${from}], y[:${from}]), (x[${from}:], y[${from}:]), test`,
  source: (id) => `keras.datasets.${id === 'mnist' ? 'mnist' : 'fashion_mnist'}`,
  turned: 'np.rot90(x, -1, (1, 2))',
};
