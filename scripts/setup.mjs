import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(root, 'node_modules', '.rosterport');

/** Installs what the lockfile names and builds what the sources say, each only when it is not done yet. */
export async function setUp() {
  requireNode();
  const manifests = filesBelow(root, (path) => path.endsWith('package.json'));
  await once('install', ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', ...manifests], installed, install);
  const sources = filesBelow(root, (path) => /\/(src|worker)\/.*\.(ts|mjs)$|tsconfig[^/]*\.json$/.test(path) && !/\.test\.ts$/.test(path));
  await once('build', ['pnpm-lock.yaml', ...sources], built, build);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);
}

function installed() {
  return existsSync(join(root, 'node_modules', 'typescript', 'bin', 'tsc'));
}

function built() {
  return existsSync(join(root, 'services', 'rosterport', 'dist', 'main.js'));
}

async function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'], 'The packages could not be installed.');
}

async function build() {
  await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--build'], 'The sources could not be built.');
}

/** Does the work unless it was done for the very same inputs. */
async function once(name, inputs, isDone, work) {
  const stamp = join(stamps, name);
  const wanted = digest(inputs);
  if (isDone() && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write(name === 'install' ? 'Installing packages …\n' : 'Building …\n');
  await work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, wanted);
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) hash.update(path).update('\0').update(readFileSync(join(root, path))).update('\0');
  return hash.digest('hex');
}

/** Paths of our own files, relative to the root. */
function filesBelow(folder, wanted, prefix = '') {
  const found = [];
  for (const name of readdirSync(folder)) {
    if (['node_modules', 'dist', 'data', 'files', '.git'].includes(name)) continue;
    const path = `${prefix}/${name}`;
    if (statSync(join(folder, name)).isDirectory()) found.push(...filesBelow(join(folder, name), wanted, path));
    else if (wanted(path)) found.push(path.slice(1));
  }
  return found;
}

/** Runs a program, its output on standard error so that ours stays clean; ends this process when it fails. */
export async function run(command, args, sentence) {
  if (!(await succeeds(command, args))) fail(sentence);
}

/** Runs a program in the same way; false when it fails. */
export async function succeeds(command, args) {
  const shell = process.platform === 'win32' && command !== process.execPath;
  const code = await new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell });
    child.on('error', () => resolve(1));
    child.on('close', resolve);
  });
  return code === 0;
}

/** Ends this process with a sentence. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
