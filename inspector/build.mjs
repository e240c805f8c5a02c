// Bundles the page into target/classes/META-INF/clew-inspector. What it needs is in package-lock.json. A hash of that and of the
// sources skips the work, so a build without a change needs neither node_modules nor a network.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const sources = join(root, 'src/main/js');
const out = join(root, 'target/classes/META-INF/clew-inspector');
const stamp = join(root, 'target/page.sha256');
const installed = join(root, 'node_modules/.clew-lock');

const files = (folder) => readdirSync(folder).sort().flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? files(path) : [path];
});

const hash = (paths) => {
  const all = createHash('sha256');
  paths.forEach((path) => all.update(relative(root, path) + '\0').update(readFileSync(path)));
  return all.digest('hex');
};

const wanted = hash([join(root, 'package-lock.json'), join(root, 'build.mjs'), ...files(sources)]);
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(join(out, 'app.js'))) {
  process.exit(0);
}

const lock = hash([join(root, 'package-lock.json')]);
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
  const npm = spawnSync('npm', ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
  if (npm.status !== 0) {
    console.error('[inspector] npm ci failed, so the page is left out; /clew/ will say so');
    process.exit(0);
  }
  writeFileSync(installed, lock);
}

let isDone = false;
let isSaid = false;

/** Whether it is the sources that are wrong, which esbuild has said; else it is esbuild itself that does not run. */
const isOurs = (failed) => Array.isArray(failed?.errors) && failed.errors.length > 0;

/** A program for another machine, or of another version, may have been left by who used this folder before. */
function unable(failed) {
  if (isOurs(failed)) {
    process.exit(1);
  }
  isSaid = true;
  const why = String(failed?.message || failed).split('\n').find((line) => line.trim()) || 'it ends at once';
  if (!process.env.CLEW_INSPECTOR_AGAIN && !process.env.ESBUILD_BINARY_PATH) {
    console.error(`[inspector] esbuild does not run here (${why}), so it is installed anew`);
    rmSync(join(root, 'node_modules'), { recursive: true, force: true });
    const again = spawnSync(process.execPath, [fileURLToPath(import.meta.url)], { cwd: root, stdio: 'inherit', env: { ...process.env, CLEW_INSPECTOR_AGAIN: 'true' } });
    process.exit(again.status ?? 1);
  }
  rmSync(out, { recursive: true, force: true });
  console.error(`[inspector] esbuild does not run on this machine (${process.platform} ${process.arch}, node ${process.version}): ${why}`);
  console.error('[inspector] so the page is left out; /clew/ will say so. Remove inspector/node_modules and ESBUILD_BINARY_PATH, if it is set, and build again.');
  process.exit(0);
}

process.on('uncaughtException', unable);
process.on('unhandledRejection', unable);
// Where esbuild's process ends without a word, nothing is left to wait for, and node would end, too.
process.on('exit', (status) => {
  if (!isDone && !isSaid && status === 0) {
    console.error('[inspector] esbuild ended before the page was made, so the page is left out; /clew/ will say so');
  }
});

const { build } = await import('esbuild');
mkdirSync(out, { recursive: true });
const result = await build({
  entryPoints: [join(sources, 'main.jsx')],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'eof',
  outfile: join(out, 'app.js'),
  metafile: true,
  logLevel: 'warning',
});
await build({ entryPoints: [join(sources, 'app.css')], minify: true, outfile: join(out, 'app.css'), logLevel: 'warning' });
['index.html', 'icon.svg'].forEach((name) => cpSync(join(sources, name), join(out, name)));
writeFileSync(stamp, wanted);
isDone = true;
console.log(`[inspector] the page has ${Math.round(Object.values(result.metafile.outputs)[0].bytes / 1024)} KB`);
