import { expect, it } from 'vitest';
import { createLatest } from './latest';

/** Work that ends when it is told to, and what was heard of it. */
function waiting() {
  const heard: string[] = [];
  const latest = createLatest();
  const begin = (name: string) => {
    let [resolve, reject] = [() => {}, () => {}];
    const work = new Promise<string>((found, broke) => {
      resolve = () => {
        found(name);
      };
      reject = () => {
        broke(new Error('damaged'));
      };
    });
    latest.wait(
      work,
      (result) => heard.push(result),
      () => heard.push(`${name} failed`),
    );
    return {
      end: async () => {
        resolve();
        await work;
      },
      fail: async () => {
        reject();
        await work.catch(() => undefined);
      },
    };
  };
  return { heard, begin, stop: latest.stop };
}

it('what ends after something newer began is not heard, whether it is there or failed', async () => {
  const { heard, begin } = waiting();
  const [slow, broken, last] = [begin('slow'), begin('broken'), begin('last')];
  await last.end();
  await slow.end();
  await broken.fail();
  expect(heard).toEqual(['last']);
});

it('what is stopped is not heard, and what begins afterwards is', async () => {
  const { heard, begin, stop } = waiting();
  const before = begin('before');
  stop();
  const after = begin('after');
  await before.end();
  await after.fail();
  expect(heard).toEqual(['after failed']);
});
