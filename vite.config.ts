import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';
import remixConfig from './remix.config.js';

/** Makes our own entries those of the server build: the HTTP server, and the admin command. */
function serverEntries(): Plugin {
  return {
    name: 'server-entries',
    enforce: 'post',
    config: (_config, { isSsrBuild }) =>
      isSsrBuild
        ? {
            build: {
              rollupOptions: {
                input: { index: './app/server/index.ts', admin: './app/commands/admin.ts' },
                output: { entryFileNames: '[name].js' },
              },
            },
          }
        : undefined,
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [tailwindcss(), mode === 'test' ? null : [serverEntries(), remix(remixConfig)]],
  build: { target: 'es2022', sourcemap: false },
  ssr: { external: ['better-sqlite3', 'pg', '@prisma/client', 'pino'] },
  server: { host: '127.0.0.1', port: 3000 },
}));
