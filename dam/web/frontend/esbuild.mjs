// Bundles src/ into dam/web/static/dist under hashed names, and writes meta.json, which
// dam/web/assets.py reads. Called by hatch_build.py as `node esbuild.mjs DIGEST-OF-THE-SOURCES`.
import * as esbuild from "esbuild";
import fs from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, "..", "static", "dist");

// Which alphabets each family brings. A page loads a file only when it shows a letter of it.
const EUROPEAN = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese"];
const SUBSETS = {
  "noto-serif": EUROPEAN,
  "noto-sans": EUROPEAN,
  "noto-serif-armenian": ["armenian"],
  "noto-sans-armenian": ["armenian"],
  "noto-serif-georgian": ["georgian"],
  "noto-sans-georgian": ["georgian"],
  "noto-naskh-arabic": ["arabic"],
  "noto-sans-arabic": ["arabic"],
};

const fonts = {
  name: "only the alphabets we need",
  setup(build) {
    build.onLoad({ filter: /@fontsource-variable[\\/][^\\/]+[\\/][^\\/]+\.css$/ }, async (file) => {
      const family = path.basename(path.dirname(file.path));
      const css = await fs.readFile(file.path, "utf8");
      const wanted = SUBSETS[family].map((subset) => `${family}-${subset}-wght-`);
      const faces = css.split(/(?=\/\* )/).filter((face) => wanted.some((w) => face.includes(`/* ${w}`)));
      return { contents: faces.join("\n"), loader: "css" };
    });
  },
};

// Justified rows need each picture's ratio, and the content security policy forbids style
// attributes: so the ratio is a class, in hundredths.
const ratios = {
  name: "ratio classes",
  setup(build) {
    build.onResolve({ filter: /^ratios$/ }, () => ({ path: "ratios", namespace: "ratios" }));
    build.onLoad({ filter: /.*/, namespace: "ratios" }, () => {
      const rules = [];
      for (let r = 25; r <= 400; r += 1) rules.push(`.r${r}{--r:${r / 100}}`);
      return { contents: rules.join(""), loader: "css" };
    });
  },
};

await fs.rm(target, { recursive: true, force: true });
const result = await esbuild.build({
  absWorkingDir: here,
  // The embed page has no script of its own: it shares viewer.js, one cached file for both.
  entryPoints: ["app.css", "app.js", "scheme.js", "viewer.js", "upload.js", "caption.js", "find.js", "share.js", "token.js", "close.js"].map(
    (name) => `src/${name}`,
  ),
  bundle: true,
  minify: true,
  sourcemap: "linked",
  // Classic scripts: a sandboxed iframe has an opaque origin, to which modules would need CORS.
  format: "iife",
  target: ["es2021"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  outdir: target,
  metafile: true,
  legalComments: "linked",
  loader: { ".woff2": "file" },
  plugins: [fonts, ratios],
  logLevel: "warning",
});

// The fonts and the viewer are other people's work: their licences go where their files go.
const { dependencies } = JSON.parse(await fs.readFile(path.join(here, "package.json"), "utf8"));
const licences = [];
for (const name of Object.keys(dependencies).filter((name) => name !== "esbuild")) {
  const folder = path.join(here, "node_modules", name);
  const file = (await fs.readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  licences.push(`${name}\n\n${(await fs.readFile(path.join(folder, file), "utf8")).trim()}\n`);
}
await fs.writeFile(path.join(target, "LICENSES.txt"), licences.join("\n\n"));

const files = {};
for (const [output, facts] of Object.entries(result.metafile.outputs)) {
  if (facts.entryPoint) files[path.basename(facts.entryPoint)] = path.basename(output);
}
await fs.writeFile(
  path.join(target, "meta.json"),
  `${JSON.stringify({ sources: process.argv[2] ?? "", files }, null, 1)}\n`,
);
