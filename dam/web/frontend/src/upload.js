// Photographs from a drop or the file field, each with its state in words. Files go in pieces (tus
// 1.0.0), so that a lost connection, a closed lid or a closed page costs at most the last piece:
// the same file dropped again goes on where it stopped.
import { Upload } from "tus-js-client";
import { element } from "./page.js";

const AT_ONCE = 3;
const PIECE_BYTES = 8 * 1024 * 1024;
// A machine that slept comes back after any time: the last wait is repeated for half an hour.
const WAITS_MS = [0, 1000, 3000, 10000, ...Array(60).fill(30000)];

const form = document.getElementById("upload");
const section = document.getElementById("uploads");
const list = section.querySelector(".uploads");
const summary = document.getElementById("uploads-summary");
const field = document.getElementById("files");
const token = form.elements.csrf_token.value;

const waiting = [];
const counts = { all: 0, ready: 0, duplicate: 0, refused: 0, failed: 0 };
let running = 0;

function size(bytes) {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} KB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** A line of the list: name, size, bar, words. */
function row(file, path) {
  const item = element("li");
  const bar = element("progress", "", { max: 1, value: 0 });
  bar.setAttribute("aria-label", path);
  const words = element("span", "Waiting", { className: "words quiet" });
  item.append(element("span", path), element("span", size(file.size), { className: "number quiet" }), bar, words);
  list.append(item);
  return { item, bar, words };
}

function say(line, words, tone = "quiet", link = null) {
  line.words.className = `words tone-${tone}`;
  line.words.textContent = words;
  if (link) line.words.append(" ", element("a", link.label, { href: link.url }));
}

function add(file, path) {
  counts.all += 1;
  waiting.push({ file, path, line: row(file, path) });
  section.hidden = false;
  pump();
}

function pump() {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    send(waiting.shift());
  }
  tell();
}

function finish() {
  running -= 1;
  pump();
}

async function send(task) {
  const { file, path, line } = task;
  const upload = new Upload(file, {
    endpoint: form.dataset.pieces,
    headers: { "X-CSRFToken": token, Accept: "application/json" },
    metadata: { filename: file.name, path, series: form.elements.series?.value ?? "" },
    chunkSize: PIECE_BYTES,
    retryDelays: WAITS_MS,
    removeFingerprintOnSuccess: true,
    fingerprint: async () => ["dam", path, file.size, file.lastModified].join(":"),
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      say(line, "Interrupted; it goes on by itself.", "waiting");
      // 409: another tab sends it, or an answer was lost on the way; both settle by asking again.
      return status === 0 || status === 409 || status === 423 || status >= 500;
    },
    onProgress: (sent, total) => {
      line.bar.value = sent / total;
      const percent = Math.floor((100 * sent) / total);
      say(line, percent < 100 ? `${percent} %` : "Arrived, being read");
    },
    onSuccess: () => settle(task, upload.url),
    onError: (error) => lost(task, refusal(error.originalResponse)),
  });
  const [before] = await upload.findPreviousUploads();
  if (before) upload.resumeFromPreviousUpload(before);
  upload.start();
}

/** Asks what became of a file that has arrived. */
async function settle(task, url) {
  try {
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    answered(task, await response.json());
  } catch {
    lost(task, "It has arrived; what became of it stands on the desk in a moment.");
  }
}

function answered(task, json) {
  task.line.bar.hidden = true;
  if (!json?.state) {
    lost(task, json?.detail);
    return;
  }
  const link = json.id ? { url: `/desk/p/${json.id}`, label: "Open" } : null;
  if (json.state === "duplicate") {
    counts.duplicate += 1;
    const url = `/desk/p/${json.duplicate_of}`;
    say(task.line, "Already here: the same file.", "waiting", { url, label: "See it" });
  } else if (json.state === "refused" || json.state === "skipped") {
    counts.refused += 1;
    say(task.line, json.reason || "Not taken in.", "stop");
  } else if (json.state === "failed") {
    lost(task, json.reason);
    return;
  } else {
    counts.ready += 1;
    say(task.line, json.reason || (json.state === "ready" ? "Ready." : "Taken in."), "good", link);
  }
  finish();
}

function refusal(response) {
  const status = response?.getStatus() ?? 0;
  let json = null;
  try {
    json = JSON.parse(response?.getBody() ?? "");
  } catch {
    // A page instead of an answer: the session ended, or a proxy spoke.
  }
  if (json?.detail) return json.detail;
  if (status === 413) return "Larger than this archive takes.";
  if (status === 401 || status === 403) return "The session has ended. Sign in in another tab, then try again.";
  if (!status) return "The connection was lost. What has arrived is kept.";
  return `The archive answered ${status}. What has arrived is kept.`;
}

/** It did not come through, and can be sent again: it goes on where it stopped. */
function lost(task, reason = "The connection was lost. What has arrived is kept.") {
  counts.failed += 1;
  task.line.bar.hidden = true;
  say(task.line, reason, "stop");
  const again = element("button", "Try again", { type: "button", className: "compact" });
  again.addEventListener("click", () => {
    counts.failed -= 1;
    task.line.bar.hidden = false;
    task.line.bar.value = 0;
    say(task.line, "Waiting");
    waiting.push(task);
    pump();
  });
  task.line.words.append(" ", again);
  finish();
}

function tell() {
  const done = counts.ready + counts.duplicate + counts.refused + counts.failed;
  const parts = [`${done} of ${counts.all} done`];
  if (counts.duplicate) parts.push(`${counts.duplicate} already here`);
  if (counts.refused) parts.push(`${counts.refused} refused: see why below`);
  if (counts.failed) parts.push(`${counts.failed} not sent`);
  summary.textContent = `${parts.join(", ")}.`;
  if (done !== counts.all || !counts.ready) return;
  summary.append(" ", element("a", "Show them on the desk", { href: "/desk/" }));
}

/** Every file under a dropped entry; folders are walked. */
async function walk(entry, visit) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    visit(file, entry.fullPath.replace(/^\//, ""));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!batch.length) return;
    for (const child of batch) if (!child.name.startsWith(".")) await walk(child, visit);
  }
}

let depth = 0;
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth += 1;
  document.body.classList.add("dropping");
});
addEventListener("dragover", (event) => {
  if (carriesFiles(event)) event.preventDefault();
});
addEventListener("dragleave", () => {
  depth = Math.max(0, depth - 1);
  if (!depth) document.body.classList.remove("dropping");
});
addEventListener("drop", async (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = 0;
  document.body.classList.remove("dropping");
  // Entries must be taken before the first await: the list is emptied when the event ends.
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.length) for (const file of event.dataTransfer.files) add(file, file.name);
  for (const entry of entries) await walk(entry, add);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  for (const file of field.files) add(file, file.name);
  field.value = "";
});
field.addEventListener("change", () => form.requestSubmit());
// Choosing files is enough when the script runs: the second button would ask twice.
form.querySelector("[data-upload-button]").hidden = true;

addEventListener("beforeunload", (event) => {
  if (running || waiting.length) event.preventDefault();
});

/** Says what was begun earlier and has not arrived whole: dropping the same files goes on. */
async function tellUnfinished() {
  const note = document.getElementById("unfinished");
  let waiting;
  try {
    waiting = await (await fetch(form.dataset.pieces, { headers: { Accept: "application/json" } })).json();
  } catch {
    return;
  }
  if (!Array.isArray(waiting) || !waiting.length) return;
  const names = waiting.map((one) => `${one.path} (${Math.floor((100 * one.offset) / one.size)} %)`);
  const many = waiting.length === 1 ? "1 file has" : `${waiting.length} files have`;
  note.append(
    element("p", `${many} not arrived whole. Drop the same files again, and they go on where they stopped.`),
    element("p", names.slice(0, 5).join(", ") + (names.length > 5 ? ` and ${names.length - 5} more` : ""), { className: "quiet small" }),
  );
  const forget = element("button", "Forget them", { type: "button", className: "compact" });
  forget.addEventListener("click", async () => {
    for (const one of waiting) {
      await fetch(`${form.dataset.pieces}/${one.upload}`, {
        method: "DELETE",
        headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token },
      });
    }
    note.hidden = true;
  });
  note.append(forget);
  note.hidden = false;
}

tellUnfinished();
