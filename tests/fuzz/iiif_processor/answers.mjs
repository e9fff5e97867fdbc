// What iiif-processor answers: a list of [version, tail] comes in, a list of
// [status, width, height] goes out. Arguments: where its packages are, and the picture.
import { createReadStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [packages, picture] = process.argv.slice(2);
const require = createRequire(`${packages}/package.json`);
const { Processor } = require("iiif-processor");
const sharp = require("sharp");

async function answer([version, tail]) {
  const url = `http://127.0.0.1/iiif/${version}/one/${tail}`;
  try {
    const processor = new Processor(url, () => createReadStream(picture));
    const result = await processor.execute();
    if (result.type !== "content") return [result.statusCode ?? 0, 0, 0];
    const { width, height } = await sharp(result.body).metadata();
    return [200, width, height];
  } catch (error) {
    return [error.statusCode ?? 500, 0, 0];
  }
}

const answers = [];
for (const asked of JSON.parse(readFileSync(0, "utf-8"))) answers.push(await answer(asked));
process.stdout.write(JSON.stringify(answers));
