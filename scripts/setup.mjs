// @ts-check
/** What a fresh clone lacks before anything can run: its packages. Uses nothing but Node itself. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Installs the packages of package-lock.json where they are missing or older than it. */
export function ensurePackages() {
  const installed = `${ROOT}node_modules/.package-lock.json`;
  const upToDate =
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(`${ROOT}package-lock.json`).mtimeMs;
  if (upToDate) return;
  console.log('Installing packages …');
  // The scripts of packages are not needed, and one would look for a browser on the network.
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: ROOT,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) {
    throw new Error('`npm ci` failed: see above. Whittle needs Node 20.19 or newer, and npm.');
  }
}
