import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

/**
 * The one place where Remix is configured; vite.config.ts hands it to Remix's Vite plugin.
 * @satisfies {import('@remix-run/dev').VitePluginConfig}
 */
const config = {
  appDirectory: 'app',
  buildDirectory: 'build',
  serverModuleFormat: 'esm',
  ignoredRouteFiles: ['**/*.test.{ts,tsx}'],
  future: {
    v3_fetcherPersist: true,
    // off: some thirty routes are known at once; looking them up lazily made a fetcher's reload, or a prefetch under
    // way when the page changed, a false 404
    v3_lazyRouteDiscovery: false,
    v3_relativeSplatPath: true,
    v3_routeConfig: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
    unstable_optimizeDeps: true,
  },
  /**
   * Stores a .br and a .gz next to each asset, which the server sends as they are.
   * @param {{ remixConfig: { buildDirectory: string } }} args
   */
  async buildEnd({ remixConfig }) {
    const dir = path.join(remixConfig.buildDirectory, 'client', 'assets');
    for (const name of await readdir(dir)) {
      if (!/\.(js|css|svg)$/.test(name)) continue;
      const body = await readFile(path.join(dir, name));
      await writeFile(path.join(dir, `${name}.br`), await promisify(brotliCompress)(body));
      await writeFile(path.join(dir, `${name}.gz`), await promisify(gzip)(body));
    }
  },
};

export default config;
