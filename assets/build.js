// Bundles the assets into the package: node build.js OUTPUT-FOLDER
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const output = process.argv[2] ?? "../src/kg/web/static/built";
const oxigraph = dirname(createRequire(import.meta.url).resolve("oxigraph/package.json"));

await mkdir(output, { recursive: true });
await build({
  entryPoints: ["editor.js", "engine.js", "engine-worker.js", "view.js"],
  outdir: output,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  loader: { ".png": "empty" }, // of markers that are not used
  legalComments: "inline",
  logLevel: "warning",
});
await copyFile(join(oxigraph, "web_bg.wasm"), join(output, "oxigraph.wasm"));
