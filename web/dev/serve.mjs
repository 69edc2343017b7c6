// Serves web/dist as the server's jar would, and hands everything else to a running server:
//
//   node dev/serve.mjs http://127.0.0.1:8080 [port] [folder]
import { createServer, request } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const target = new URL(process.argv[2] ?? 'http://127.0.0.1:8080');
const port = Number(process.argv[3] ?? 8081);
const root = process.argv[4] ?? fileURLToPath(new URL('../dist', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8' };
const PAGES = /^\/($|live\/|s\/|embed\/|login$|device$|agents\/|projects\/|rooms($|\/))/;
// As strict as the server's own, so that what breaks there breaks here.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'";

createServer(async (incoming, outgoing) => {
  const path = new URL(incoming.url, 'http://here').pathname;
  const file = PAGES.test(path) ? '/index.html' : path.startsWith('/assets/') || path === '/LICENSES.txt' ? normalize(path) : undefined;
  if (file !== undefined && incoming.method === 'GET') {
    try {
      const bytes = await readFile(join(root, file));
      outgoing.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY });
      outgoing.end(bytes);
    } catch {
      outgoing.writeHead(404).end();
    }
    return;
  }
  const onward = request({ host: target.hostname, port: target.port, method: incoming.method, path: incoming.url, headers: incoming.headers });
  onward.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
    answer.on('close', () => answer.complete || outgoing.destroy());
  });
  onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port} over ${target.origin}`));
