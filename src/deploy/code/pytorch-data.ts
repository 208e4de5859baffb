import type { PythonData } from './python-data';

/** Tensors in the place of NumPy's arrays; pictures are `[count, 1, height, width]`. */
export const PYTORCH_DATA: PythonData = {
  made: (x, y, task) =>
    `torch.tensor(${x}).float(), torch.tensor(${y}).${task === 'classification' ? 'long' : 'float'}()`,
  pictures: (from) => `
def pictures(source):
    """What to train on, to validate with (the last of the training set) and to test with."""
    sets = [source("data", train=train, download=True) for train in (True, False)]
    (x, y), test = [(s.data.unsqueeze(1).float() / 255, s.targets) for s in sets]
    return (x[:${from}], y[:${from}]), (x[${from}:], y[${from}:]), test`,
  source: (id) => (id === 'mnist' ? 'datasets.MNIST' : 'datasets.FashionMNIST'),
  turned: 'torch.rot90(x, -1, (2, 3))',
};
