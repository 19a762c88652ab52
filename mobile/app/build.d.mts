/** What `build.mjs` offers; see there. */
export function buildApp(options: { outDir: string; minify?: boolean }): Promise<{ outDir: string; script: string; style: string; precached: number }>;
