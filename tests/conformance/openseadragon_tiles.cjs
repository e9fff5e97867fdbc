// Prints, as JSON, every tile that OpenSeadragon asks for: {service: [{url, factor}]}, where
// factor is how many pixels of the picture become one of the tile, along each side.
// usage: node openseadragon_tiles.cjs OPENSEADRAGON_DIRECTORY < {"service": info.json, …}
//
// The tile source is the real one. Only what it never touches is a stand-in: a document that
// answers everything and draws nothing, so that the library can be loaded without a browser.
"use strict";
const fs = require("fs");
const path = require("path");

const anything = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : name === "then" ? undefined : anything),
  set: () => true,
  apply: () => anything,
  construct: () => anything,
});
const define = (name, value) =>
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
define("document", anything);
define("window", globalThis);
define("self", globalThis);
define("navigator", { userAgent: "Mozilla/5.0 Chrome/140.0", appName: "Netscape", appVersion: "5.0" });
define("location", { protocol: "http:", href: "http://127.0.0.1/", search: "", hash: "" });
for (const name of ["Image", "HTMLElement", "HTMLImageElement", "HTMLCanvasElement", "Element"])
  if (!(name in globalThis)) define(name, class {});
define("addEventListener", () => {});
define("requestAnimationFrame", () => 0);

const library = path.join(process.argv[2], "build", "openseadragon", "openseadragon.js");
const OpenSeadragon = require(library);

const services = JSON.parse(fs.readFileSync(0, "utf-8"));
const asked = {};
for (const [service, info] of Object.entries(services)) {
  const url = `${service}/info.json`;
  if (!OpenSeadragon.IIIFTileSource.prototype.supports(info, url)) throw new Error(`not IIIF: ${url}`);
  const options = OpenSeadragon.IIIFTileSource.prototype.configure(structuredClone(info), url);
  const source = new OpenSeadragon.IIIFTileSource(options);
  const tiles = (asked[service] = []);
  for (let level = source.minLevel; level <= source.maxLevel; level += 1) {
    const count = source.getNumTiles(level);
    for (let y = 0; y < count.y; y += 1)
      for (let x = 0; x < count.x; x += 1)
        tiles.push({ url: source.getTileUrl(level, x, y), factor: 2 ** (source.maxLevel - level) });
  }
}
process.stdout.write(JSON.stringify({ version: OpenSeadragon.version.versionStr, asked }));
