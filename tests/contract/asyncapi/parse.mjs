// Reads a document with AsyncAPI's parser (its bundle for browsers, which needs no other package) and prints as JSON
// what the parser complains of and the messages of each channel, references to files resolved.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const [bundle, path] = process.argv.slice(2);
globalThis.window = globalThis.self = globalThis;
const loaded = createRequire(import.meta.url)(bundle);
const Parser = loaded.default ?? loaded;
const local = (uri) => (String(uri).startsWith("file:") ? fileURLToPath(String(uri)) : String(uri));
const file = { schema: "file", order: 1, canRead: true, read: (uri) => readFile(local(uri), "utf8") };
const parser = new Parser({ __unstable: { resolver: { resolvers: [file] } } });
const { document, diagnostics } = await parser.parse(await readFile(path, "utf8"), { source: path });
const channels = document?.channels().all() ?? [];
console.log(
  JSON.stringify({
    complaints: diagnostics
      .filter((each) => each.severity <= 1) // errors and warnings
      .map((each) => `${each.path.join("/")}: ${each.message}`),
    channels: Object.fromEntries(
      channels.map((each) => [each.address(), each.messages().all().map((message) => message.payload()?.title() ?? null)]),
    ),
  }),
);
