// @ts-check
/**
 * Finds a Chromium for the tests: the one that `WHITTLE_BROWSER` names, an installed Chrome or
 * Chromium, Playwright's own; where there is none, installs one.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => {
    const folder = process.env[name];
    return folder === undefined ? [] : [join(folder, 'Google/Chrome/Application/chrome.exe')];
  }),
];

/**
 * The path of a Chromium that is there.
 *
 * @returns {Promise<string | null>}
 * @throws where `WHITTLE_BROWSER` names a file that is not there
 */
export async function findBrowser() {
  const set = process.env['WHITTLE_BROWSER'];
  if (set !== undefined && set !== '') {
    if (isProgram(set)) return set;
    throw new Error(`WHITTLE_BROWSER names ${set}, which is no program. Correct it, or unset it.`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const installed = [
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    ...PLACES,
  ];
  const found = installed.find(isProgram);
  if (found !== undefined) return found;
  const { chromium } = await import('playwright');
  const own = chromium.executablePath();
  return existsSync(own) ? own : null;
}

/**
 * The path of a Chromium, installed now where there was none.
 *
 * @returns {Promise<string>}
 * @throws where none can be had
 */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found !== null) return found;
  console.log('No Chrome or Chromium found: installing one.');
  for (const commands of INSTALLS) {
    if (commands.every(([program, ...args]) => succeeds(program, args))) {
      const installed = await findBrowser();
      if (installed !== null) return installed;
    }
  }
  throw new Error(
    'No Chromium could be installed. Install Chrome or Chromium, or name one in WHITTLE_BROWSER.',
  );
}

/**
 * Debian's package first: it brings the libraries that a browser needs.
 *
 * @type {readonly (readonly [string, ...string[]][])[]}
 */
const INSTALLS = [
  [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', 'chromium'],
  ],
  [['npx', 'playwright', 'install', 'chromium']],
];

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
function succeeds(program, args) {
  // Only what went wrong is of interest.
  return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What Chromium is started with: quiet on the network, and as root only without its sandbox. */
export const BASIC = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** WebGPU and WebGL on a software adapter, where there is no GPU. */
export const SOFTWARE_GPU = [
  ...BASIC,
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** Neither WebGPU nor WebGL; without the last flag an `OffscreenCanvas` still draws WebGL in software. */
export const NO_GPU = [
  ...BASIC,
  '--disable-gpu',
  '--disable-features=WebGPU',
  '--disable-3d-apis',
  '--disable-software-rasterizer',
];
