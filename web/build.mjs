// Builds the viewer into dist/, which is checked in, so that Maven needs no Node.
//
//   node build.mjs            writes dist/
//   node build.mjs --check    builds into memory and fails unless dist/ holds exactly that and the
//                             session page stays within its size
//   node build.mjs --tests    bundles test/*.test.ts into test/out/ for node --test
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';
import { slimContract } from './contract.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const mode = process.argv[2] ?? '';
const SESSION_PAGE_LIMIT = 150 * 1000;

/** The contract's descriptors as a module, cut down to what a reader of messages needs. */
const contract = {
  name: 'contract',
  setup(build) {
    build.onResolve({ filter: /^contract:descriptors$/ }, () => ({ path: 'descriptors', namespace: 'contract' }));
    build.onLoad({ filter: /.*/, namespace: 'contract' }, async () => ({
      contents: await slimContract(join(here, '../proto/target/classes/clawlive/contract.binpb')),
      loader: 'binary',
    }));
  },
};

/**
 * The terminal, bent to the page's content security policy, which lets nobody write a style element or attribute: its
 * style elements become constructed style sheets, its attributes properties. Its own style sheet comes as text, with it.
 */
const terminal = {
  name: 'terminal',
  setup(build) {
    const sheets = join(here, 'src/parts/sandbox/sheets.ts');
    build.onLoad({ filter: /@xterm[\\/]xterm[\\/]lib[\\/]xterm\.mjs$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      const bend = (pattern, times, into) => {
        const found = contents.match(pattern)?.length ?? 0;
        if (found !== times) throw new Error(`${path}: ${pattern} is there ${found} times and not ${times}: read what is new in this version`);
        contents = contents.replace(pattern, into);
      };
      bend(/[\w.]+\.createElement\("style"\)/g, 3, 'clawSheet()');
      bend(/(\w+)\.setAttribute\("style",(`\$\{\1\.getAttribute\("style"\)\|\|""\}\$\{\w+\};`)\)/g, 1, '$1.style.cssText=$2');
      return { contents: `import { sheet as clawSheet } from ${JSON.stringify(sheets)};\n${contents}`, loader: 'js' };
    });
    build.onResolve({ filter: /^terminal:style$/ }, () => ({ path: 'style', namespace: 'terminal' }));
    build.onLoad({ filter: /.*/, namespace: 'terminal' }, async () => {
      const source = await readFile(join(here, 'node_modules/@xterm/xterm/css/xterm.css'), 'utf8');
      return { contents: (await esbuild.transform(source, { loader: 'css', minify: true, legalComments: 'none' })).code, loader: 'text' };
    });
  },
};

const common = {
  absWorkingDir: here,
  bundle: true,
  charset: 'utf8',
  logLevel: 'warning',
  plugins: [contract, terminal],
  target: ['es2022'],
};

if (mode === '--tests') {
  await bundleTests();
} else {
  const files = await site();
  await checkSize(files);
  if (mode === '--check') await compare(join(here, 'dist'), files);
  else await write(join(here, 'dist'), files);
}

async function bundleTests() {
  const tests = (await readdir(join(here, 'test'))).filter((name) => name.endsWith('.test.ts'));
  await rm(join(here, 'test/out'), { recursive: true, force: true });
  await esbuild.build({
    ...common,
    entryPoints: tests.map((name) => `test/${name}`),
    format: 'esm',
    outdir: 'test/out',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    sourcemap: 'inline',
  });
}

/** Every file of the site by its path below dist/. */
async function site() {
  const result = await esbuild.build({
    ...common,
    assetNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    entryNames: 'assets/[name]-[hash]',
    entryPoints: { main: 'src/main.ts', theme: 'src/theme.ts', style: 'src/style/index.css', icon: 'src/style/icon.svg' },
    format: 'esm',
    legalComments: 'none',
    loader: { '.svg': 'copy' },
    metafile: true,
    minify: true,
    outdir: 'out',
    sourcemap: false,
    splitting: true,
    write: false,
  });
  const files = new Map();
  for (const file of result.outputFiles) files.set(relative(join(here, 'out'), file.path), Buffer.from(file.contents));
  const named = (name, ending) => {
    const path = [...files.keys()].find((each) => new RegExp(`^assets/${name}-[A-Z0-9]+\\.${ending}$`).test(each));
    if (path === undefined) throw new Error(`no ${name}.${ending} among the built files`);
    return path;
  };
  const page = (await readFile(join(here, 'src/index.html'), 'utf8'))
    .replace('{theme}', named('theme', 'js'))
    .replace('{style}', named('style', 'css'))
    .replace('{main}', named('main', 'js'))
    .replace('{icon}', named('icon', 'svg'));
  files.set('index.html', Buffer.from(page));
  files.set('LICENSES.txt', Buffer.from(await licenses(result.metafile)));
  files.metafile = result.metafile;
  return files;
}

/** What the licences of the bundled packages ask to be handed on. */
async function licenses(metafile) {
  const packages = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) packages.add(match[1]);
  }
  const parts = ['The viewer contains these packages, each under its own licence.\n'];
  for (const name of [...packages].sort()) {
    const folder = join(here, 'node_modules', name);
    const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).sort().find((each) => /^licen[sc]e/i.test(each));
    const text = file === undefined ? 'The package carries no licence file.' : await readFile(join(folder, file), 'utf8');
    parts.push(`${'='.repeat(80)}\n${name} ${about.version}: ${about.license}\n${'='.repeat(80)}\n\n${text.trim()}\n`);
  }
  return parts.join('\n');
}

/** Everything that opening a session loads, whichever of its parts are fetched late. */
async function checkSize(files) {
  const outputs = files.metafile.outputs;
  const reached = new Set(['index.html']);
  const visit = (path) => {
    const name = path.replace(/^out\//, '');
    if (reached.has(name)) return;
    reached.add(name);
    for (const each of outputs[path]?.imports ?? []) {
      if (each.kind === 'import-statement') visit(each.path);
    }
  };
  for (const [path, output] of Object.entries(outputs)) {
    const input = output.entryPoint ?? '';
    if (/^src\/(main|theme)\.ts$|\.css$|^src\/pages\/session\.ts$|^src\/parts\/markdown\.ts$/.test(input)) visit(path);
  }
  let total = 0;
  for (const name of [...reached].sort()) {
    const bytes = files.get(name);
    if (bytes) total += gzipSync(bytes, { level: 9 }).length;
  }
  console.log(`session page: ${(total / 1000).toFixed(1)} kB gzipped of ${SESSION_PAGE_LIMIT / 1000}, ${reached.size} files`);
  if (total > SESSION_PAGE_LIMIT) throw new Error('the session page has grown beyond its limit');
}

async function write(folder, files) {
  await rm(folder, { recursive: true, force: true });
  for (const [name, bytes] of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
}

async function compare(folder, files) {
  const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');
  const found = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile())
    .map((each) => relative(folder, join(each.parentPath ?? each.path, each.name)));
  const wrong = [];
  for (const name of found) if (!files.has(name)) wrong.push(`${name} is not built any more`);
  for (const [name, bytes] of files) {
    if (!found.includes(name)) wrong.push(`${name} is missing`);
    else if (digest(await readFile(join(folder, name))) !== digest(bytes)) wrong.push(`${name} differs`);
  }
  if (wrong.length > 0) {
    throw new Error(`web/dist is not what the sources build; run "npm run build" in web/:\n  ${wrong.join('\n  ')}`);
  }
  console.log(`dist is current: ${files.size} files`);
}
